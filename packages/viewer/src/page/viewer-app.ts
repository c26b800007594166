import { ArrayEvent, counted, subarrayFrom, type SubarrayDescription } from '@cherenkit/core';
import type { Theme } from '@cherenkit/display';
import type {
  Config,
  Configured,
  EventPlace,
  EventRow,
  OpenedFile,
  PixelValues,
  ViewedEvent,
  WaveformSet,
} from '../protocol.js';
import { isOfSource } from '../source-sections.js';
import { GroundView, SkyView } from './array-views.js';
import { CameraGrid } from './camera-grid.js';
import { settingsOf } from './config-text.js';
import { EventHistograms } from './event-histograms.js';
import { EventList } from './event-list.js';
import { FocusView } from './focus-view.js';
import { byId } from './make-element.js';
import {
  focusedTelescope,
  imagedTelescopes,
  type Lapse,
  type PageActions,
  type PageModel,
  type PageView,
} from './page-model.js';
import { DEFAULT_FIELD, DEFAULT_STATE, hashOf, stateOf, type PageState } from './page-state.js';
import { pageTheme } from './page-theme.js';
import { ResultTables } from './result-tables.js';
import { SettingsPanel } from './settings-panel.js';
import { WaveformView } from './waveform-view.js';
import { embeddedScript, Superseded, WorkerClient, WorkerFailure, type WorkerNotice } from './worker-client.js';

/** Pixels whose waveforms are shown while none is chosen. */
const BRIGHTEST = 3;
/** Name of simulated events in place of that of a file. */
const SIMULATED = 'toymodel:';
/** First bytes of HDF5 files. */
const HDF5_SIGNATURE = '\u0089HDF';
/** Pause before the address is written, ms: browsers limit how often it may change. */
const ADDRESS_DELAY = 300;

const KEEP_EVENTS = {
  label: 'Show the events before',
  section: { EventSource: { allow_truncated: true } },
};

/** Settings that are offered after an error, by its code. */
const REMEDIES: Readonly<Record<string, { readonly label: string; readonly section: Config }>> = {
  EFFECTIVE_FOCAL_LENGTH_UNKNOWN: {
    label: 'Use the equivalent focal length',
    section: { EventSource: { focal_length_choice: 'EQUIVALENT' } },
  },
  SIMTEL_TRUNCATED: KEEP_EVENTS,
  SIMTEL_CORRUPT: KEEP_EVENTS,
  INPUT_TRUNCATED: KEEP_EVENTS,
  NO_EVENTS: {
    label: 'Show calibration events',
    section: { SimTelEventSource: { skip_calibration_events: false } },
  },
};

/** The viewer: keeps the state, calls the worker, and shows what it answers. */
export class ViewerApp implements PageActions {
  #state: PageState = DEFAULT_STATE;
  #theme: Theme;
  #client: WorkerClient | undefined;
  #file: OpenedFile | undefined;
  #subarray: SubarrayDescription | undefined;
  #configured: Configured | undefined;
  #viewed: ViewedEvent | undefined;
  #values: PixelValues | undefined;
  #waveforms: WaveformSet | undefined;
  #lapse: Lapse | undefined;
  #rows: EventRow[] = [];
  #generation = 0;
  #isListed = false;
  #addressTimer: ReturnType<typeof setTimeout> | undefined;
  /** The file that is open, or could not be opened. */
  #source: { readonly source: File | string; readonly name: string } | undefined;
  #frame = 0;
  #nResults = 0;
  #nWaveforms = 0;
  readonly #views: readonly PageView[];
  readonly #focus: FocusView;
  readonly #list: EventList;

  constructor() {
    this.#theme = pageTheme(this.#state.theme);
    this.#focus = new FocusView(this);
    this.#list = new EventList(this);
    this.#views = [
      new CameraGrid(this),
      this.#focus,
      new GroundView(this),
      new SkyView(),
      new WaveformView(this),
      new SettingsPanel(this, (text) => void this.#readConfig(text, 'settings.yaml')),
      this.#list,
      new EventHistograms(this),
      new ResultTables(),
    ];
    const redraw = (): void => {
      this.#theme = pageTheme(this.#state.theme);
      this.#draw();
    };
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
    const observer = new ResizeObserver(() => this.#draw());
    for (const id of ['focus-picture', 'ground-picture', 'sky-picture', 'waveform-picture']) observer.observe(byId(id));
    window.addEventListener('hashchange', () => void this.#readAddress());
  }

  /** Shows what the address says. */
  async start(): Promise<void> {
    await this.#readAddress();
    this.#draw();
  }

  get state(): PageState {
    return this.#state;
  }

  get isOpen(): boolean {
    return this.#file !== undefined;
  }

  /** Simulates events of an array. */
  simulate(): Promise<void> {
    return this.open('toymodel:?events=20&array=south', SIMULATED);
  }

  /** Opens a file, or an address. */
  async open(source: File | string, name = typeof source === 'string' ? source : source.name): Promise<void> {
    this.#say(`Opening ${name} …`, true);
    this.#source = { source, name };
    this.#client?.terminate();
    this.#file =
      this.#subarray =
      this.#viewed =
      this.#values =
      this.#waveforms =
      this.#lapse =
      this.#configured =
        undefined;
    this.#rows = [];
    this.#generation = 0;
    this.#isListed = false;
    try {
      const isHdf5 = await startsWith(source, HDF5_SIGNATURE);
      this.#client = new WorkerClient(await embeddedScript(isHdf5 ? 'hdf5-worker' : 'worker'), (notice) =>
        this.#receive(notice),
      );
      const { config } = this.#state;
      const file = await this.#client.call('open', { source, name, config });
      this.#file = file;
      this.#subarray = subarrayFrom(file.array);
      this.#configured = file.configured;
      const isSame = this.#state.file === name && this.#state.size === (file.size ?? 0);
      const { eventId, obsId } = this.#state;
      const remembered: EventPlace | undefined = isSame && eventId !== undefined ? { eventId, obsId } : undefined;
      if (!isSame) {
        const { theme, cmap, norm, config: settings, other } = this.#state;
        this.#state = {
          ...DEFAULT_STATE,
          theme,
          cmap,
          norm,
          config: settings,
          other,
          file: name,
          size: file.size ?? 0,
        };
      }
      document.body.classList.add('has-file');
      document.title = `${name} – Cherenkit viewer`;
      byId('file-name').textContent = name;
      this.#warn(file.warnings);
      this.#say('');
      await this.#view(remembered ?? { index: 0 });
      if (!this.#viewed && remembered) await this.#view({ index: 0 });
      if (!this.#viewed && file.nEvents === undefined)
        this.#say('The file has no events of showers.', false, 'NO_EVENTS');
    } catch (error) {
      this.#fail(error);
    }
    this.#draw();
  }

  update(changes: Partial<PageState>): void {
    const before = this.#state;
    this.#state = { ...before, ...changes };
    const { config, without, other, field, theme } = this.#state;
    if (theme !== before.theme) this.#theme = pageTheme(theme);
    if (changes.telId !== undefined || changes.pixels) this.#stopLapse();
    if (this.#source && sourceSections(config) !== sourceSections(before.config)) {
      this.#writeAddress();
      return void this.open(this.#source.source, this.#source.name);
    }
    const isProcessed = config !== before.config || without !== before.without || other !== before.other;
    if (this.#viewed && isProcessed) {
      if (config !== before.config) void this.#configure(config);
      void this.#view({ index: this.#viewed.index });
    } else if (field !== before.field) {
      void this.#loadValues();
    }
    if (this.#viewed && (changes.telId !== undefined || changes.pixels)) void this.#loadWaveforms();
    this.#draw();
    this.#writeAddress();
  }

  goTo(index: number): void {
    void this.#view({ index });
  }

  /** Goes to an event by its id. */
  find(eventId: number): void {
    void this.#view({ eventId });
  }

  /** Goes to the event before or after, in the order of the list. */
  step(by: 1 | -1): void {
    if (!this.#viewed) return;
    const { index, hasNext } = this.#viewed;
    const shown = this.#list.shown;
    const place = shown.findIndex((row) => row.index === index);
    const next = place < 0 ? undefined : shown[place + by];
    if (next) this.goTo(next.index);
    else if (by === 1 && hasNext && !this.#isListed && Object.keys(this.#state.ranges).length === 0)
      this.goTo(index + 1);
    else this.#say(by === 1 ? 'This is the last event.' : 'This is the first event.');
  }

  /** Chooses the telescope before or after. */
  stepTelescope(by: 1 | -1): void {
    const model = this.#model;
    const telIds = imagedTelescopes(model);
    const focused = focusedTelescope(model);
    if (focused === undefined) return;
    const telId = telIds[(telIds.indexOf(focused) + by + telIds.length) % telIds.length];
    this.update({ telId, pixels: [] });
  }

  toggleTelescope(): void {
    this.#focus.toggleTelescope();
  }

  /** Reads a configuration file that was dropped. */
  async readConfigFile(file: File): Promise<void> {
    await this.#readConfig(await file.text(), file.name);
  }

  /** Keeps the settings as B, and goes on with A; or ends the comparison. */
  toggleComparison(): void {
    const { config, without, other } = this.#state;
    this.update({ other: other ? undefined : { config, without } });
  }

  /** Shows the waveforms of all cameras sample by sample, or ends it. */
  async toggleLapse(): Promise<void> {
    if (this.#lapse) {
      this.#stopLapse();
      this.#draw();
      return;
    }
    const viewed = this.#viewed;
    if (!this.#client || !viewed) return;
    const sets = new Map<number, WaveformSet>();
    for (const telId of imagedTelescopes(this.#model)) {
      const { config } = this.#state;
      const set = await this.#client.call('waveforms', { index: viewed.index, telId, pixels: undefined, config });
      if (set.nSamples > 1) sets.set(telId, set);
    }
    if (sets.size === 0) return this.#say('The event has no waveforms.');
    const end = Math.max(...[...sets.values()].map(({ nSamples, samplingRate }) => nSamples / samplingRate));
    this.#lapse = { sets, time: 0, end, isPlaying: !matchMedia('(prefers-reduced-motion: reduce)').matches };
    this.#play();
  }

  /** Stops at a time of the waveforms, ns. */
  showTime(time: number): void {
    if (!this.#lapse) return;
    this.#lapse = { ...this.#lapse, time, isPlaying: false };
    this.#play();
  }

  #play(): void {
    const lapse = this.#lapse;
    if (!lapse) return;
    this.#draw();
    byId('lapse-time').textContent = `${lapse.time.toFixed(0)} ns`;
    const slider = byId<HTMLInputElement>('lapse-slider');
    slider.hidden = false;
    slider.max = String(lapse.end - 1);
    if (lapse.isPlaying) slider.value = String(lapse.time);
    else return;
    setTimeout(() => {
      if (this.#lapse !== lapse) return;
      const time = lapse.time + 1 >= lapse.end ? 0 : lapse.time + 1;
      this.#lapse = { ...lapse, time };
      this.#play();
    }, 90);
  }

  /** Stops the waveforms at the time that is shown. */
  pauseLapse(): void {
    if (this.#lapse) this.showTime(this.#lapse.time);
  }

  /** Ends the waveforms sample by sample. */
  endLapse(): void {
    this.#stopLapse();
    this.#draw();
  }

  #stopLapse(): void {
    this.#lapse = undefined;
    byId('lapse-time').textContent = '';
    byId('lapse-slider').hidden = true;
  }

  async #view(place: EventPlace): Promise<void> {
    if (!this.#client) return;
    const { config, without, other } = this.#state;
    try {
      const viewed = await this.#client.callLatest('event', { place, config, without, other });
      const isOther = this.#viewed?.index !== viewed.index;
      this.#viewed = withContainers(viewed);
      this.#nResults++;
      if (isOther) {
        this.#stopLapse();
        const { obsId, eventId } = viewed.result.event.index;
        const pixels = this.#state.eventId === eventId || this.#state.eventId === undefined ? this.#state.pixels : [];
        this.#state = { ...this.#state, obsId, eventId, pixels };
        this.#writeAddress();
      }
      this.#say('');
      this.#draw();
      await Promise.all([this.#loadWaveforms(), this.#loadValues()]);
    } catch (error) {
      // Mistakes of the configuration are shown with the settings.
      if (error instanceof WorkerFailure && error.code === 'CONFIGURATION_INVALID') return;
      this.#fail(error);
    }
  }

  async #configure(config: Config): Promise<void> {
    try {
      const configured = await this.#client?.callLatest('configure', { config });
      if (!configured) return;
      const components = configured.components ?? this.#configured?.components;
      this.#configured = { ...configured, components };
      this.#draw();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #readConfig(text: string, name: string): Promise<void> {
    try {
      const parsed = await this.#client?.call('parse', { text, name });
      if (!parsed) return this.#say('Open a file first.');
      if (parsed.problems.length === 0) this.update(settingsOf(parsed.config, this.#subarray?.telIds ?? []));
      else this.#configured = { components: undefined, warnings: [], ...this.#configured, problems: parsed.problems };
      this.#draw();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #loadValues(): Promise<void> {
    const { field, config } = this.#state;
    const index = this.#viewed?.index;
    if (field === DEFAULT_FIELD || index === undefined) {
      this.#values = undefined;
      this.#draw();
      return;
    }
    try {
      this.#values = await this.#client?.callLatest('pixels', { index, name: field, config });
      this.#draw();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #loadWaveforms(): Promise<void> {
    const model = this.#model;
    const telId = focusedTelescope(model);
    const viewed = this.#viewed;
    if (telId === undefined || !viewed || (viewed.samples.get(telId) ?? 0) < 2) {
      this.#waveforms = undefined;
      this.#draw();
      return;
    }
    const { image } = viewed.result.event.dl1.tel.get(telId) ?? {};
    const chosen = this.#state.pixels.filter((pixel) => pixel < (image?.length ?? Infinity));
    const pixels = chosen.length > 0 ? chosen : brightest(image ?? [], BRIGHTEST);
    try {
      const { config } = this.#state;
      this.#waveforms = await this.#client?.callLatest('waveforms', { index: viewed.index, telId, pixels, config });
      this.#nWaveforms++;
      this.#draw();
    } catch (error) {
      this.#fail(error);
    }
  }

  #receive(notice: WorkerNotice): void {
    if (notice.kind === 'progress') {
      const { nRead, fraction } = notice;
      const share = fraction === undefined ? '' : ` (${(100 * fraction).toFixed(0)}%)`;
      return this.#say(`Reading: ${nRead} events${share} …`, true);
    }
    if (notice.generation < this.#generation) return;
    if (notice.generation > this.#generation) {
      this.#generation = notice.generation;
      this.#rows = [];
    }
    this.#rows = [...this.#rows, ...notice.rows];
    this.#isListed = notice.isComplete;
    this.#draw();
  }

  get #model(): PageModel {
    return {
      state: this.#state,
      theme: this.#theme,
      file: this.#file,
      subarray: this.#subarray,
      configured: this.#configured,
      viewed: this.#viewed,
      values: this.#values,
      waveforms: this.#waveforms,
      lapse: this.#lapse,
      rows: this.#rows,
      isListed: this.#isListed,
    };
  }

  /** Shows the model with the next picture of the screen. */
  #draw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      const model = this.#model;
      const start = performance.now();
      for (const view of this.#views) view.show(model);
      this.#showHeader(model);
      // For measurements, and in the profiles of browsers.
      performance.clearMeasures('draw');
      performance.measure('draw', { start, detail: { results: this.#nResults, waveforms: this.#nWaveforms } });
    });
  }

  #showHeader({ viewed, state }: PageModel): void {
    const { event } = viewed?.result ?? {};
    const input = byId<HTMLInputElement>('event-id');
    if (event && document.activeElement !== input) input.value = String(event.index.eventId);
    const energy = event?.simulation?.shower?.energy ?? NaN;
    const parts = event
      ? [
          `run ${event.index.obsId}`,
          ...(Number.isFinite(energy) ? [`${Number(energy.toPrecision(3))} TeV`] : []),
          counted(event.dl1.tel.size, 'telescope'),
        ]
      : [];
    byId('event-summary').textContent = parts.join(' · ');
    byId('compare').setAttribute('aria-pressed', String(state.other !== undefined));
    byId('compare-note').hidden = state.other === undefined;
    byId('play').setAttribute('aria-pressed', String(this.#lapse !== undefined));
    document.documentElement.dataset['theme'] = state.theme;
  }

  async #readAddress(): Promise<void> {
    const state = await stateOf(location.hash);
    if (!state) return;
    const isOther = JSON.stringify(state) !== JSON.stringify(this.#state);
    if (!isOther) return;
    this.#state = state;
    this.#theme = pageTheme(state.theme);
    document.documentElement.dataset['theme'] = state.theme;
    if (!this.#file) {
      if (state.file === SIMULATED) await this.simulate();
      else if (state.file !== '')
        byId('wanted').textContent = `This link shows ${state.file}, event ${state.eventId ?? ''}: choose this file.`;
      return;
    }
    void this.#configure(state.config);
    if (state.eventId !== undefined) await this.#view({ eventId: state.eventId, obsId: state.obsId });
    this.#draw();
  }

  #writeAddress(): void {
    clearTimeout(this.#addressTimer);
    this.#addressTimer = setTimeout(() => {
      void hashOf(this.#state).then((hash) =>
        history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash),
      );
    }, ADDRESS_DELAY);
  }

  #fail(error: unknown): void {
    if (error instanceof Superseded) return;
    const failure = error as Partial<WorkerFailure>;
    this.#say(this.#forPage(failure.message ?? String(error)), false, failure.code ?? 'failed');
    this.#draw(); // the id of the event that is shown, in place of one that is unknown
  }

  #warn(warnings: readonly string[]): void {
    const list = byId('warnings');
    list.hidden = warnings.length === 0;
    list.textContent = warnings.map((text) => this.#forPage(text)).join('\n');
  }

  /** A message of the worker with the name of the file in place of its address, without options of the command. */
  #forPage(message: string): string {
    const { source, name } = this.#source ?? { source: '', name: '' };
    const named = typeof source === 'string' && source !== '' ? message.replaceAll(source, name) : message;
    return named
      .replace(/[;:,]? ?(?:use )?--[a-z][^.]*/gi, '')
      .replace(/Available: .*EventSource.*/, 'The viewer reads sim_telarray and HDF5 files.');
  }

  /** Does what the button beside the message says. */
  applyRemedy(): void {
    this.update({ config: { ...this.#state.config, ...this.#remedy } });
  }

  #remedy: Config = {};

  /** @param code - of an error */
  #say(text: string, isBusy = false, code = ''): void {
    const status = byId('status');
    status.textContent = text;
    status.classList.toggle('is-error', code !== '');
    document.body.classList.toggle('is-busy', isBusy);
    const remedy = REMEDIES[code];
    const button = byId('remedy');
    button.hidden = remedy === undefined;
    button.textContent = remedy?.label ?? '';
    this.#remedy = remedy?.section ?? {};
  }
}

function withContainers(viewed: ViewedEvent): ViewedEvent {
  const made = (result: ViewedEvent['result']): ViewedEvent['result'] => ({
    ...result,
    event: ArrayEvent.from(result.event),
  });
  return { ...viewed, result: made(viewed.result), other: viewed.other && made(viewed.other) };
}

/** Indices of the largest values. */
function brightest(values: ArrayLike<number>, count: number): number[] {
  const order = Array.from(values, (_, i) => i).filter((i) => Number.isFinite(values[i]));
  return order.sort((a, b) => values[b] - values[a]).slice(0, count);
}

async function startsWith(source: File | string, signature: string): Promise<boolean> {
  if (typeof source === 'string' && source.startsWith('toymodel:')) return false;
  const start =
    typeof source === 'string'
      ? await (await fetch(source, { headers: { range: `bytes=0-${signature.length - 1}` } })).arrayBuffer()
      : await source.slice(0, signature.length).arrayBuffer();
  return String.fromCharCode(...new Uint8Array(start).subarray(0, signature.length)) === signature;
}

function sourceSections(config: Config): string {
  return JSON.stringify(Object.entries(config).filter(([name]) => isOfSource(name)));
}
