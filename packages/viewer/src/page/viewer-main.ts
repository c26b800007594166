/** The page. */
import { byId } from './make-element.js';
import { ViewerApp } from './viewer-app.js';

const app = new ViewerApp();

const chooser = byId<HTMLInputElement>('file');

chooser.addEventListener('change', () => {
  const [file] = chooser.files ?? [];
  if (file) void app.open(file);
});
for (const id of ['open', 'open-large']) byId(id).addEventListener('click', () => chooser.click());
byId('simulate').addEventListener('click', () => void app.simulate());
byId('remedy').addEventListener('click', () => app.applyRemedy());

window.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('is-dropping');
});
window.addEventListener('dragleave', ({ relatedTarget }) => {
  if (relatedTarget === null) document.body.classList.remove('is-dropping');
});
window.addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('is-dropping');
  const [file] = event.dataTransfer?.files ?? [];
  if (!file) return;
  if (/\.(ya?ml|toml|json)$/i.test(file.name)) void app.readConfigFile(file);
  else void app.open(file);
});

const eventId = byId<HTMLInputElement>('event-id');
eventId.addEventListener('change', () => {
  if (eventId.value !== '') app.find(Number(eventId.value));
  eventId.blur();
});
byId('previous').addEventListener('click', () => app.step(-1));
byId('next').addEventListener('click', () => app.step(1));
byId('compare').addEventListener('click', () => app.toggleComparison());
byId('play').addEventListener('click', () => void app.toggleLapse());
const lapseSlider = byId<HTMLInputElement>('lapse-slider');
lapseSlider.addEventListener('input', () => app.showTime(Number(lapseSlider.value)));
byId('theme').addEventListener('click', cycleTheme);
const help = byId<HTMLDialogElement>('help');
byId('show-help').addEventListener('click', showHelp);

function showHelp(): void {
  app.pauseLapse();
  help.showModal();
}

function cycleTheme(): void {
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const { theme } = app.state;
  const shown = theme === 'auto' ? (isDark ? 'dark' : 'light') : theme;
  const next = shown === 'dark' ? 'light' : 'dark';
  app.update({ theme: (next === 'dark') === isDark ? 'auto' : next });
}

const KEYS: Readonly<Record<string, () => void>> = {
  ArrowRight: () => app.step(1),
  ArrowLeft: () => app.step(-1),
  n: () => app.step(1),
  p: () => app.step(-1),
  ']': () => app.stepTelescope(1),
  '[': () => app.stepTelescope(-1),
  x: () => app.toggleTelescope(),
  c: () => app.toggleComparison(),
  ' ': () => void app.toggleLapse(),
  z: () => app.update({ zoom: !app.state.zoom }),
  t: cycleTheme,
  o: () => chooser.click(),
  Escape: () => app.endLapse(),
  '?': showHelp,
};

window.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  const { tagName = '' } = (event.target ?? {}) as Partial<HTMLElement>;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(tagName)) return;
  if (event.key === ' ' && /^(BUTTON|SUMMARY)$/.test(tagName)) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

void app.start().then(() => {
  // Set by `cherenkit view`, which serves a file beside the page.
  const name = document.querySelector<HTMLMetaElement>('meta[name="cherenkit-file"]')?.content;
  if (name)
    void app.open(/^[a-z]+:[^\\]/.test(name) ? name : new URL('file', location.href).href, name.split(/[\\/]/).pop());
});
