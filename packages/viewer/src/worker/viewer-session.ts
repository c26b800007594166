import {
  byteSourceFrom,
  CherenkitError,
  ConfigurationError,
  ExitCode,
  FunctionLogger,
  nameSome,
  LOGGER,
  objectLayer,
  plainSubarray,
  provide,
  readConfigFile,
  Run,
  type ArrayEvent,
  type ConfigNode,
  type Json,
  type PluginRegistry,
} from '@cherenkit/core';
import type { ByteSource } from '@cherenkit/io';
import type {
  Config,
  Configured,
  EventRequest,
  EventResult,
  EventRow,
  OpenedFile,
  OpenRequest,
  PixelRequest,
  PixelValues,
  ViewedEvent,
  ViewerCalls,
  WaveformRequest,
  WaveformSet,
} from '../protocol.js';
import { describeComponents } from './describe-components.js';
import { eventRow } from './event-row.js';
import { resultOf } from './event-result.js';
import { EventSteps } from './event-steps.js';
import { EventStore, type ReadOptions } from './event-store.js';
import { isOfSource } from '../source-sections.js';
import { pixelFieldsOf } from './pixel-fields.js';
import { nameOf, openServed, withAddresses } from './served-input.js';

/** Configurations whose components are kept. */
const MAX_STEPS = 6;
/** Images of an event that are kept: those of the two configurations that are compared. */
const MAX_CALIBRATED = 2;
const NONE: ReadonlySet<number> = new Set();

/** An open file with its events, and the components that process them. */
export class ViewerSession implements AsyncDisposable {
  readonly #steps = new Map<string, EventSteps>();
  /** Images of the events in memory, by the settings of the calibration. */
  readonly #calibrated = new WeakMap<ArrayEvent, Map<string, ArrayEvent>>();

  private constructor(
    private readonly plugins: PluginRegistry,
    private readonly opened: OpenRequest,
    private readonly first: Run,
    readonly store: EventStore,
    readonly warnings: readonly string[],
  ) {}

  /** @throws CherenkitError of the input, ConfigurationError */
  static async open(request: OpenRequest, plugins: PluginRegistry): Promise<ViewerSession> {
    const warnings: string[] = [];
    const openRun = (): Promise<Run> => openInput(request, plugins, warnings);
    const run = await openRun();
    const unread = unreadFiles(request, run);
    if (unread !== undefined) warnings.push(unread);
    return new ViewerSession(plugins, request, run, new EventStore(openRun, run), warnings);
  }

  async describe(): Promise<OpenedFile> {
    const { name, config } = this.opened;
    const { subarray, dataLevels, isSimulation, waveformUnit = 'p.e.' } = this.first.source.run;
    return {
      name,
      size: this.first.input?.size,
      array: plainSubarray(subarray),
      dataLevels,
      isSimulation,
      chargeUnit: waveformUnit,
      nEvents: this.store.count,
      configured: await this.configure(config),
      warnings: [...this.warnings],
    };
  }

  async configure(config: Config): Promise<Configured> {
    try {
      const { run } = await this.#stepsOf(config);
      const components = describeComponents(run.plan, this.plugins.catalog);
      const source = describeComponents(
        { ...run.plan, children: new Map([sourcePlan(this.first)]) },
        this.plugins.catalog,
      );
      const warnings = run.warnings.map(({ message, at }) => (at ? `${at.source}: ${message}` : message));
      return { problems: [], warnings, components: [...components, ...source] };
    } catch (error) {
      if (!CherenkitError.is(error)) throw error;
      return { problems: problemsOf(error), warnings: [], components: undefined };
    }
  }

  /** Reads and processes an event. @throws CherenkitError EVENT_UNKNOWN */
  async view({ place, config, without, other }: EventRequest, options: ReadOptions): Promise<ViewedEvent> {
    const start = performance.now();
    const index = await this.store.find(place, options);
    const event = index === undefined ? undefined : await this.store.at(index, options);
    if (index === undefined || event === undefined) throw eventUnknown(place);
    const read = performance.now();
    const result = await this.#process(event, config, new Set(without));
    const processed = performance.now();
    const compared = other && (await this.#process(event, other.config, new Set(other.without)));
    return {
      index,
      hasNext: this.store.count === undefined || index + 1 < this.store.count,
      result,
      other: compared,
      samples: samplesOf(event),
      pixelFields: new Map(
        Array.from(result.event.dl1.tel.keys(), (telId) => [telId, [...this.#fields(event, result, telId).keys()]]),
      ),
      timing: { read: read - start, process: processed - read, compare: performance.now() - processed },
    };
  }

  /** Reads and processes an event that may be shown next. */
  async prepare(index: number, config: Config, without: readonly number[]): Promise<void> {
    const event = await this.store.at(index);
    if (event) await this.#process(event, config, new Set(without));
  }

  /** Lists an event; undefined beyond the last one. */
  async row(
    index: number,
    config: Config,
    without: readonly number[],
    options: ReadOptions,
  ): Promise<EventRow | undefined> {
    const event = await this.store.at(index, { ...options, isShown: false });
    return event && eventRow(index, await this.#process(event, config, new Set(without)));
  }

  async waveforms({ index, telId, pixels, config }: WaveformRequest): Promise<WaveformSet> {
    const event = await this.store.at(index);
    const steps = await this.#stepsOf(config);
    const calibrated = event && this.#hasWaveforms(event) ? this.#calibrate(event, steps) : event;
    const waveform = calibrated?.dl0.tel.get(telId)?.waveform ?? calibrated?.r1.tel.get(telId)?.waveform;
    const { subarray, run } = this.first.source;
    const { samplingRate, nChannels: nGains } = subarray.telescope(telId).camera.readout;
    const { nSamples = 0, nPixels = 0 } = waveform ?? {};
    const shown = pixels ?? Array.from({ length: nPixels }, (_, pixel) => pixel);
    const samples = new Float32Array(shown.length * nSamples);
    const set = { telId, nSamples, samplingRate, pixels: shown, samples, unit: run.waveformUnit ?? 'p.e.' };
    if (!calibrated || !waveform) return { ...set, pixels: [], windows: [], channels: [], timeShifts: [] };
    const all = waveform.channel(0);
    shown.forEach((pixel, i) => samples.set(all.subarray(pixel * nSamples, (pixel + 1) * nSamples), i * nSamples));
    const { selectedGainChannel } = calibrated.dl0.tel.get(telId) ?? calibrated.r1.tel.get(telId) ?? {};
    const windows = steps.calibrator.windowsOf(calibrated, telId);
    const timeShifts = steps.calibrator.timeShiftOf(calibrated, telId);
    return {
      ...set,
      windows: windows ? shown.map((pixel) => [windows[2 * pixel] ?? 0, windows[2 * pixel + 1] ?? 0] as const) : [],
      channels: nGains > 1 ? shown.map((pixel) => selectedGainChannel?.[pixel] ?? 0) : [],
      timeShifts: shown.map((pixel) => timeShifts?.[pixel] ?? 0),
    };
  }

  /** Values per pixel of all telescopes of an event. */
  async pixels({ index, name, config }: PixelRequest): Promise<PixelValues> {
    const event = await this.store.at(index);
    const values = new Map<number, ArrayLike<number>>();
    if (!event) return { name, values };
    const result = await this.#process(event, config, NONE);
    for (const telId of result.event.dl1.tel.keys()) {
      const found = this.#fields(event, result, telId).get(name);
      if (found) values.set(telId, found);
    }
    return { name, values };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const steps of this.#steps.values()) await steps[Symbol.asyncDispose]();
    await this.store[Symbol.asyncDispose]();
  }

  #fields(event: ArrayEvent, result: EventResult, telId: number): Map<string, ArrayLike<number>> {
    const { nPixels } = this.first.source.subarray.telescope(telId).camera.geometry;
    return pixelFieldsOf(event, result.event, telId, nPixels);
  }

  async #process(event: ArrayEvent, config: Config, without: ReadonlySet<number>): Promise<EventResult> {
    const { dataLevels } = this.first.source.run;
    const isPlain = processingSections(config) === '{}' && without.size === 0;
    const hasImages = [...event.dl1.tel.values()].some(({ image }) => image !== undefined);
    const hasWaveforms = this.#hasWaveforms(event);
    const isStored = dataLevels.includes('DL1_PARAMETERS') && isPlain;
    if ((isStored && event.dl2.stereo.geometry.size > 0) || !(isStored || hasImages || hasWaveforms)) {
      return resultOf(event, 'file', without);
    }
    const steps = await this.#stepsOf(config);
    const images = hasWaveforms && !isStored ? this.#calibrate(event, steps) : event;
    const parametrized = isStored ? event.clone() : steps.parametrize(images);
    steps.reconstruct(parametrized, without);
    return resultOf(parametrized, 'computed', without);
  }

  /** Whether the image of a file with images and waveforms is that of its waveforms is not known: images are taken. */
  #hasWaveforms(event: ArrayEvent): boolean {
    return this.first.source.run.dataLevels.includes('DL1_IMAGES')
      ? false
      : [...event.r1.tel.values(), ...event.dl0.tel.values()].some(({ waveform }) => waveform !== undefined);
  }

  #calibrate(event: ArrayEvent, steps: EventSteps): ArrayEvent {
    const known = this.#calibrated.get(event) ?? new Map<string, ArrayEvent>();
    this.#calibrated.set(event, known);
    const key = calibrationKey(steps);
    const calibrated = known.get(key) ?? steps.calibrate(event);
    known.delete(key);
    known.set(key, calibrated);
    dropFirst(known, MAX_CALIBRATED);
    return calibrated;
  }

  async #stepsOf(config: Config): Promise<EventSteps> {
    const key = processingSections(config);
    let steps = this.#steps.get(key);
    this.#steps.delete(key);
    const { addresses } = this.opened;
    steps ??= await EventSteps.create(
      withAddresses(JSON.parse(key) as Config, addresses),
      this.plugins,
      this.first.source.run,
    );
    this.#steps.set(key, steps);
    for (const dropped of dropFirst(this.#steps, MAX_STEPS)) await dropped[Symbol.asyncDispose]();
    return steps;
  }
}

/** Reads a configuration file. */
export async function parseConfig({
  text,
  name,
}: ViewerCalls['parse']['parameters']): Promise<ViewerCalls['parse']['result']> {
  try {
    const { content, problems } = await readConfigFile(text, name);
    const config = (content ? valueOf(content) : {}) as Config;
    return { config, problems: problems.map(({ message, at }) => `${positionOf(at)}${message}`) };
  } catch (error) {
    if (!CherenkitError.is(error)) throw error;
    return { config: {}, problems: problemsOf(error) };
  }
}

function positionOf(at: { readonly line?: number; readonly column?: number } | undefined): string {
  return at?.line === undefined ? '' : `line ${at.line}, column ${at.column ?? 1}: `;
}

function valueOf(node: ConfigNode): Json {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map(valueOf);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, valueOf(value)]));
}

async function openInput(
  { source, name, others, config, addresses }: OpenRequest,
  plugins: PluginRegistry,
  warnings: string[],
): Promise<Run> {
  const logger = new FunctionLogger((level, message) => {
    if (level === 'warning' && warnings.length < 20 && !warnings.includes(message)) warnings.push(message);
  });
  const isGenerated = typeof source === 'string' && source.startsWith('toymodel:');
  const layers = [
    objectLayer(withAddresses(JSON.parse(sourceSections(config)) as Config, addresses), ''),
    ...(isGenerated ? [objectLayer({ EventSource: { input_url: source } })] : []),
  ];
  const run = await Run.prepare({ layers, components: [] }, { plugins, services: [provide(LOGGER, logger)] });
  try {
    if (isGenerated) await run.open();
    else await run.open(await openSource(source, name, others));
    return run;
  } catch (error) {
    await run[Symbol.asyncDispose]();
    throw error;
  }
}

/** Names files that were chosen together with the input and are not read with it; undefined if there are none. */
function unreadFiles({ name, others }: OpenRequest, { source }: Run): string | undefined {
  const read = new Set([name, ...(source.otherFiles ?? []).map(nameOf)]);
  const unread = others.flatMap((each) => (read.has(each.name) ? [] : [each.name]));
  if (unread.length === 0) return undefined;
  return `Not read, as no files of the run of ${name}: ${nameSome(unread)}. Runs are opened one by one; files of a calibration are read by cherenkit view FILE -c CONFIGURATION.`;
}

function openSource(
  source: File | string,
  name: string,
  others: OpenRequest['others'],
): Promise<ByteSource> | ByteSource {
  if (typeof source !== 'string')
    return byteSourceFrom(
      source,
      name,
      others.filter((each) => each instanceof File),
    );
  return openServed(
    { name, address: source },
    others.filter((each) => 'address' in each),
  );
}

/** The sections of a configuration that change how the file is read, as a text. */
function sourceSections(config: Config): string {
  return JSON.stringify(Object.fromEntries(Object.entries(config).filter(([name]) => isOfSource(name))));
}

/** The other sections, as a text. */
function processingSections(config: Config): string {
  return JSON.stringify(Object.fromEntries(Object.entries(config).filter(([name]) => !isOfSource(name))));
}

function sourcePlan({ sourcePlan }: Run): [string, NonNullable<Run['sourcePlan']>] {
  if (!sourcePlan) throw new Error('The file is not open.');
  return [sourcePlan.id, sourcePlan];
}

function calibrationKey({ run }: EventSteps): string {
  const calibrator = run.plan.children.get('CameraCalibrator');
  const values = (planned: NonNullable<typeof calibrator>): unknown => [
    planned.id,
    [...planned.settings].map(([name, { value }]) => [name, value]),
    [...planned.children.values()].map(values),
  ];
  return calibrator ? JSON.stringify(values(calibrator)) : '';
}

function samplesOf(event: ArrayEvent): Map<number, number> {
  const levels = [...event.r1.tel, ...event.dl0.tel];
  return new Map(levels.flatMap(([telId, { waveform }]) => (waveform ? [[telId, waveform.nSamples] as const] : [])));
}

function problemsOf(error: CherenkitError): readonly string[] {
  if (!(error instanceof ConfigurationError)) return [error.message];
  return error.problems
    .filter(({ severity }) => severity === 'error')
    .map(({ message, at }) => (at && at.source !== '' ? `${at.source}: ${message}` : message));
}

function eventUnknown(place: EventRequest['place']): CherenkitError {
  const wanted = 'index' in place ? `at position ${place.index + 1}` : String(place.eventId);
  return new CherenkitError('EVENT_UNKNOWN', ExitCode.USAGE, `The file has no event ${wanted}.`);
}

/** Removes the first entries of a map until it has at most `limit`; returns them. */
function dropFirst<T>(map: Map<string, T>, limit: number): T[] {
  const dropped: T[] = [];
  for (const [key, value] of map) {
    if (map.size <= limit) break;
    map.delete(key);
    dropped.push(value);
  }
  return dropped;
}
