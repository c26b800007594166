/** The page. */
import { byId } from './make-element.js';
import { ViewerApp } from './viewer-app.js';

const app = new ViewerApp();

const chooser = byId<HTMLInputElement>('file');

chooser.addEventListener('change', () => {
  openFiles([...(chooser.files ?? [])]);
});
for (const id of ['open', 'open-large']) byId(id).addEventListener('click', () => chooser.click());
byId('simulate').addEventListener('click', () => void app.simulate());

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
  const files = [...(event.dataTransfer?.files ?? [])];
  const config = files.find(({ name }) => /\.(ya?ml|toml|json)$/i.test(name));
  if (config) void config.text().then((text) => app.readConfig(text, config.name));
  else openFiles(files);
});

/** Opens the file that is first in the order of names: of a run, the one with the first stream or the triggers of the array. */
function openFiles(files: readonly File[]): void {
  const [first] = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (first) void app.open(first, first.name, files);
}

const eventId = byId<HTMLInputElement>('event-id');
eventId.addEventListener('change', () => {
  if (eventId.value !== '') app.find(Number(eventId.value));
  eventId.blur();
});
byId('previous').addEventListener('click', () => app.step(-1));
byId('next').addEventListener('click', () => app.step(1));
byId('compare').addEventListener('click', () => app.toggleComparison());
byId('play').addEventListener('click', () => void app.lapse.toggle());
const lapseSlider = byId<HTMLInputElement>('lapse-slider');
lapseSlider.addEventListener('input', () => app.lapse.showTime(Number(lapseSlider.value)));
byId('theme').addEventListener('click', cycleTheme);
const help = byId<HTMLDialogElement>('help');
byId('show-help').addEventListener('click', showHelp);

function showHelp(): void {
  app.lapse.pause();
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
  ' ': () => void app.lapse.toggle(),
  z: () => app.update({ zoom: !app.state.zoom }),
  t: cycleTheme,
  o: () => chooser.click(),
  Escape: () => app.lapse.end(),
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
  if (name) {
    void app.open(/^[a-z]+:[^\\]/.test(name) ? name : new URL('file', location.href).href, name.split(/[\\/]/).pop());
  } else {
    // After the page was painted.
    requestAnimationFrame(() => setTimeout(() => app.prepare()));
  }
});
