import { ArrayEvent, counted, subarrayFrom } from '@cherenkit/core';
import type { ServedFile } from '../index.js';
import type { Addresses, EventPlace, EventResult, ViewedEvent, WaveformSet } from '../protocol.js';
import { settingsOf } from './config-text.js';
import { fileTitle, focusedTelescope, imagedTelescopes } from './page-model.js';
import { DEFAULT_FIELD, DEFAULT_STATE } from './page-state.js';
import type { PageStore } from './page-store.js';
import { embeddedScript, Superseded, WorkerClient, WorkerFailure, type WorkerNotice } from './worker-client.js';

/** Pixels whose waveforms are shown while none is chosen: the brightest after cleaning, if there are any. */
const BRIGHTEST = 3;

/** First bytes of HDF5 files. */
const HDF5_SIGNATURE = '\u0089HDF';

/** Workers in the page: for raw data, and with the HDF5 library. */
type WorkerScript = 'worker' | 'hdf5-worker';

/** A chosen file, or an address. */
interface ChosenFile {
  readonly source: File | string;
  readonly name: string;
  /** Files that were chosen, or are served, together with it: streams and chunks of a run. */
  readonly others: readonly (File | ServedFile)[];
}

/** The file that is open: requests what the state asks for from a worker, and puts the answers into the model. */
export class FileSession {
  #client: WorkerClient | undefined;
  /** A worker for raw data that was started before a file is chosen. */
  #ahead: Promise<WorkerClient> | undefined;
  /** The file that is open, or could not be opened. */
  #source: ChosenFile | undefined;
  /** Number of the settings with which events are listed; rows of earlier settings are ignored. */
  #generation = 0;

  /** @param addresses - of the files that a configuration may name, by path */
  constructor(
    private readonly store: PageStore,
    private readonly addresses: Addresses,
  ) {}

  /** Starts a worker for raw data while no file is open, so that the first one opens sooner. */
  prepare(): void {
    if (this.#source) return;
    this.#ahead ??= this.#startWorker('worker');
    // Opening a file shows the error.
    this.#ahead.catch(() => undefined);
  }

  /** Opens a file, or an address, and shows the event of the state, or the first one. */
  async open(chosen: ChosenFile): Promise<void> {
    const { store } = this;
    const { source, name, others } = chosen;
    this.#source = chosen;
    this.#client?.terminate();
    this.#generation = 0;
    store.closeFile();
    store.say(`Opening ${fileTitle(name)} …`, { isBusy: true });
    try {
      const isHdf5 = await startsWith(source, HDF5_SIGNATURE);
      if (isHdf5) store.say(`Opening ${name}: loading the HDF5 library …`, { isBusy: true });
      const client = await this.#worker(isHdf5 ? 'hdf5-worker' : 'worker');
      // Another file was chosen in the meantime.
      if (this.#source !== chosen) return client.terminate();
      this.#client?.terminate();
      this.#client = client;
      store.say(`Opening ${fileTitle(name)}: reading the array …`, { isBusy: true });
      const { config, ...state } = store.model.state;
      const file = await client.call('open', { source, name, others, config, addresses: this.addresses });
      const isSame = state.file === name && state.size === (file.size ?? 0);
      store.change({
        file,
        subarray: subarrayFrom(file.array),
        configured: file.configured,
        warnings: file.warnings.map((text) => this.#forPage(text)),
        message: { text: '' },
      });
      // Of the state of another file, only the settings and colours are kept.
      const { theme, cmap, norm, other } = state;
      if (!isSame)
        store.changeState({ ...DEFAULT_STATE, theme, cmap, norm, config, other, file: name, size: file.size ?? 0 });
      const { eventId, obsId } = store.model.state;
      const isShown = eventId !== undefined && (await this.view({ eventId, obsId }));
      if (isShown || (await this.view({ index: 0 }))) return;
      if (store.model.message.code === 'EVENT_UNKNOWN')
        store.say('The file has no events of showers.', { code: 'NO_EVENTS' });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Opens the file again, as its settings have changed. */
  async reopen(): Promise<void> {
    if (this.#source) await this.open(this.#source);
  }

  /** Shows an event. @returns whether the file has it */
  async view(place: EventPlace): Promise<boolean> {
    const { store } = this;
    const { config, without, other } = store.model.state;
    if (!this.#client) return false;
    try {
      const viewed = withContainers(await this.#client.callLatest('event', { place, config, without, other }));
      const { state, viewed: before, answers } = store.model;
      const { obsId, eventId } = viewed.result.event.index;
      if (before?.index !== viewed.index) {
        const pixels = state.eventId === eventId || state.eventId === undefined ? state.pixels : [];
        store.changeState({ obsId, eventId, pixels });
        store.change({ lapse: undefined });
      }
      store.change({ viewed, answers: { ...answers, results: answers.results + 1 }, message: { text: '' } });
      await Promise.all([this.loadWaveforms(), this.loadValues()]);
      return true;
    } catch (error) {
      // Mistakes of the configuration are shown with the settings.
      if (!(error instanceof WorkerFailure && error.code === 'CONFIGURATION_INVALID')) this.fail(error);
      return error instanceof Superseded;
    }
  }

  /** Checks the settings of the state. */
  async configure(): Promise<void> {
    const { store } = this;
    try {
      const configured = await this.#client?.callLatest('configure', { config: store.model.state.config });
      if (!configured) return;
      const components = configured.components ?? store.model.configured?.components;
      store.change({ configured: { ...configured, components } });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Reads the text of a configuration file. @returns its settings; undefined if there are mistakes, which are shown */
  async settingsFrom(text: string, name: string): Promise<ReturnType<typeof settingsOf> | undefined> {
    const { store } = this;
    try {
      const parsed = await this.#client?.call('parse', { text, name });
      if (!parsed) {
        store.say('Open a file first.');
        return undefined;
      }
      const { configured, subarray } = store.model;
      if (parsed.problems.length === 0) return settingsOf(parsed.config, subarray?.telIds ?? []);
      store.change({ configured: { components: undefined, warnings: [], ...configured, problems: parsed.problems } });
    } catch (error) {
      this.fail(error);
    }
    return undefined;
  }

  /** Loads the values per pixel that the state chooses. */
  async loadValues(): Promise<void> {
    const { store } = this;
    const { field, config } = store.model.state;
    const index = store.model.viewed?.index;
    if (field === DEFAULT_FIELD || index === undefined) {
      if (store.model.values) store.change({ values: undefined });
      return;
    }
    try {
      store.change({ values: await this.#client?.callLatest('pixels', { index, name: field, config }) });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Loads the waveforms of the chosen pixels of the telescope that is shown large, or of its brightest ones. */
  async loadWaveforms(): Promise<void> {
    const { store } = this;
    const { viewed, state } = store.model;
    const telId = focusedTelescope(store.model);
    if (telId === undefined || !viewed || (viewed.samples.get(telId) ?? 0) < 2) {
      store.change({ waveforms: undefined });
      return;
    }
    const { image, imageMask } = viewed.result.event.dl1.tel.get(telId) ?? {};
    const chosen = state.pixels.filter((pixel) => pixel < (image?.length ?? Infinity));
    const signal = image && imageMask?.includes(1) ? image.map((value, i) => (imageMask[i] ? value : NaN)) : image;
    const pixels = chosen.length > 0 ? chosen : brightest(signal ?? [], BRIGHTEST);
    try {
      const { config } = state;
      const waveforms = await this.#client?.callLatest('waveforms', { index: viewed.index, telId, pixels, config });
      const { answers } = store.model;
      store.change({ waveforms, answers: { ...answers, waveforms: answers.waveforms + 1 } });
    } catch (error) {
      this.fail(error);
    }
  }

  /** All waveforms of the event that is shown, by telescope. */
  async allWaveforms(): Promise<ReadonlyMap<number, WaveformSet>> {
    const { viewed, state } = this.store.model;
    const sets = new Map<number, WaveformSet>();
    for (const telId of viewed ? imagedTelescopes(this.store.model) : []) {
      const request = { index: viewed?.index ?? 0, telId, pixels: undefined, config: state.config };
      const set = await this.#client?.call('waveforms', request);
      if (set && set.nSamples > 1) sets.set(telId, set);
    }
    return sets;
  }

  /** Shows an error. */
  fail(error: unknown): void {
    if (error instanceof Superseded) return;
    const { message = String(error), code = '' } = error as Partial<WorkerFailure>;
    this.store.say(this.#forPage(message), { code });
  }

  /** The worker that was started ahead, or a new one. */
  #worker(script: WorkerScript): Promise<WorkerClient> {
    const ahead = script === 'worker' ? this.#ahead : undefined;
    if (ahead) this.#ahead = undefined;
    return ahead ?? this.#startWorker(script);
  }

  async #startWorker(script: WorkerScript): Promise<WorkerClient> {
    return new WorkerClient(await embeddedScript(script), (notice) => this.#receive(notice));
  }

  #receive(notice: WorkerNotice): void {
    const { store } = this;
    if (notice.kind === 'progress') {
      const { nRead, fraction } = notice;
      const share = fraction === undefined ? '' : ` (${(100 * fraction).toFixed(0)}%)`;
      return store.say(`Reading: ${counted(nRead, 'event')}${share} …`, { isBusy: true });
    }
    const { generation, rows, isComplete, warnings, problem } = notice;
    if (generation < this.#generation) return;
    const before = generation > this.#generation ? [] : store.model.rows;
    this.#generation = generation;
    store.change({
      rows: [...before, ...rows],
      isListed: isComplete,
      warnings: warnings.map((text) => this.#forPage(text)),
      listProblem: problem && { ...problem, message: this.#forPage(problem.message) },
    });
  }

  /** A message of the worker with names of files in place of their addresses, without options of the command. */
  #forPage(message: string): string {
    const { source = '', name = '', others = [] } = this.#source ?? {};
    const served = others.flatMap((each) => ('address' in each ? [[each.address, each.name] as const] : []));
    const named = Object.entries(this.addresses).map(([path, address]) => [address, path] as const);
    // Some addresses begin with others.
    const names = [
      ...served,
      ...named,
      ...(typeof source === 'string' && source !== '' ? [[source, name] as const] : []),
    ];
    return names
      .reduce((text, [address, shown]) => text.replaceAll(address, shown), message)
      .replace(/[;:,]? ?(?:use )?--[a-z][^.]*/gi, '')
      .replace(/Available: .*EventSource.*/, 'The viewer reads sim_telarray, HDF5 and zfits files.');
  }
}

function withContainers(viewed: ViewedEvent): ViewedEvent {
  const made = (result: EventResult): EventResult => ({ ...result, event: ArrayEvent.from(result.event) });
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
