/** The page. */
import type { ServedFile, ServedRun } from '../index.js';
import type { Addresses, Config } from '../protocol.js';
import { byId } from './make-element.js';
import { ViewerApp } from './viewer-app.js';

// Set by `cherenkit view`, which serves files beside the page.
const served = servedRun();
const app = new ViewerApp(served.addresses);

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
  openFiles([...(event.dataTransfer?.files ?? [])]);
});

/**
 * Opens the file that is first in the order of names: of a run, the one with the first stream or the triggers of the array. A
 * configuration among the files is read afterwards.
 */
function openFiles(files: readonly File[]): void {
  const isConfig = ({ name }: File): boolean => /\.(ya?ml|toml|json)$/i.test(name);
  const config = files.find(isConfig);
  const others = files.filter((each) => each !== config);
  const [first] = others.filter((each) => !isConfig(each)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const opened = first ? app.open(first, first.name, others) : Promise.resolve();
  if (config) void Promise.all([config.text(), opened]).then(([text]) => app.readConfig(text, config.name));
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

void app.start(served.config).then(() => {
  const name = contentOf('cherenkit-file');
  if (name) {
    const isUrl = /^[a-z]+:[^\\]/.test(name);
    void app.open(isUrl ? name : addressOf('file'), name.split(/[\\/]/).pop(), served.others);
  } else {
    // After the page was painted.
    requestAnimationFrame(() => setTimeout(() => app.prepare()));
  }
});

/** What is served beside the page, with absolute addresses: workers have no address of their own. */
function servedRun(): { others: readonly ServedFile[]; addresses: Addresses; config: Config } {
  const content = contentOf('cherenkit-run');
  const run = (content ? JSON.parse(content) : { others: [], addresses: {}, config: {} }) as ServedRun;
  const others = run.others.map(({ name, address }) => ({ name, address: addressOf(address) }));
  const addresses = Object.entries(run.addresses).map(([path, address]) => [path, addressOf(address)]);
  return { others, addresses: Object.fromEntries(addresses) as Addresses, config: run.config as Config };
}

function contentOf(name: string): string | undefined {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;
}

function addressOf(relative: string): string {
  return new URL(relative, location.href).href;
}
