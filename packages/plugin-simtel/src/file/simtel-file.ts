import { decompressedChunks, type ByteSource } from '@cherenkit/io';
import type { EventioObject } from '../eventio/eventio-object.js';
import { ByteWindow } from '../eventio/byte-window.js';
import { objectsIn } from '../eventio/eventio-reader.js';
import { ReadingContext } from '../eventio/reading-context.js';
import type { Histogram } from '../objects/histograms.js';
import { ContainerType, objectName } from '../objects/object-types.js';
import { EventAssembler } from './event-assembler.js';
import { HeaderCollector, type SimtelHeader } from './simtel-header.js';
import type { SimtelEvent } from './simtel-event.js';
import { SimtelRun, type ObjectIdentity, type RunObjects } from './simtel-run.js';

const CALIBRATION_TYPES: ReadonlySet<number> = new Set([
  ContainerType.CALIBRATION_EVENT,
  ContainerType.CALIBRATION_PHOTOELECTRONS,
]);
/** Options of {@link SimtelFile.open}. */
export interface SimtelFileOptions {
  /** Ids of the telescopes to read. Default: all. */
  readonly allowedTels?: ReadonlySet<number> | undefined;
  /** Whether to skip calibration events. Default: false. */
  readonly skipCalibration?: boolean;
}

/** The first run, whose header was read, and the objects after it. */
interface FirstRun {
  readonly run: SimtelRun;
  readonly objects: FileObjects;
}

/**
 * Reader of a sim_telarray file: its runs with header, events and histograms as they are stored, independent of Cherenkit's event
 * model. A concatenated file has several runs.
 *
 * Objects of other types are skipped and counted.
 *
 * @example
 * ```ts
 * import { openFile } from '@cherenkit/io';
 * import { SimtelFile } from '@cherenkit/plugin-simtel/eventio';
 *
 * export async function printEvents(path: string): Promise<void> {
 *   await using source = await openFile(path);
 *   await using file = await SimtelFile.open(source, { skipCalibration: true });
 *   console.log(file.header.runHeader.run, file.header.mcRunHeader?.eRange);
 *   for await (const { recorded, shower } of file.events()) {
 *     console.log(recorded.eventId, shower?.energy, [...recorded.telescopes.keys()]);
 *   }
 * }
 * ```
 */
export class SimtelFile implements AsyncDisposable {
  readonly context: ReadingContext;
  readonly #source: ByteSource;
  readonly #options: SimtelFileOptions;
  readonly #skippedObjects = new Map<number, number>();
  /** Undefined once its events were requested. */
  #first: FirstRun | undefined;
  #header: SimtelHeader | undefined;
  #histograms: readonly Histogram[] | undefined;

  private constructor(source: ByteSource, options: SimtelFileOptions) {
    this.context = new ReadingContext(source.name, objectName);
    this.#source = source;
    this.#options = options;
  }

  /**
   * Opens a file and reads the header of its first run. The caller disposes `source`.
   *
   * @throws SimtelError (65) if it is not a sim_telarray file, or the header is incomplete or corrupt
   */
  static async open(source: ByteSource, options: SimtelFileOptions = {}): Promise<SimtelFile> {
    const file = new SimtelFile(source, options);
    file.#first = await file.#beginFirstRun();
    file.#header = file.#first.run.header;
    return file;
  }

  /** Data of the first run that are stored before its events. */
  get header(): SimtelHeader {
    if (this.#header === undefined) throw new Error('The header of the file was not read.');
    return this.#header;
  }

  /** Histograms at the end of the last run; undefined before the end is reached and if there are none. */
  get histograms(): readonly Histogram[] | undefined {
    return this.#histograms;
  }

  /** Number of skipped objects by type, for types that are not supported. */
  get skippedObjects(): ReadonlyMap<number, number> {
    return this.#skippedObjects;
  }

  /**
   * Iterates over the runs. The events of a run must be read before the next run. Further calls start again at the beginning of
   * the file.
   *
   * @throws SimtelError (65) at the first error in the file
   */
  async *runs(): AsyncGenerator<SimtelRun> {
    const { run: first, objects } = this.#first ?? (await this.#beginFirstRun());
    this.#first = undefined;
    try {
      yield first;
      for (let { following } = first; following !== undefined;) {
        const run = await SimtelRun.begin(objects, following);
        yield run;
        ({ following } = run);
      }
    } finally {
      await objects.close();
    }
  }

  /**
   * Iterates over the recorded events of all runs. Further calls start again at the beginning of the file.
   *
   * @throws SimtelError (65) at the first error in the file, after yielding the events before it
   */
  async *events(): AsyncGenerator<SimtelEvent> {
    for await (const run of this.runs()) {
      for await (const event of run.events()) yield event;
      this.#histograms = run.histograms;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#first?.objects.close();
    this.#first = undefined;
  }

  async #beginFirstRun(): Promise<FirstRun> {
    const objects = new FileObjects(this.#source, this.context, this.#options, this.#skippedObjects);
    try {
      return { run: await SimtelRun.begin(objects), objects };
    } catch (error) {
      await objects.close();
      throw error;
    }
  }
}

/** The top-level objects of a file, in order. */
class FileObjects implements RunObjects {
  readonly allowedTels: ReadonlySet<number> | undefined;
  readonly #skipCalibration: boolean;
  readonly #chunks: AsyncGenerator<Uint8Array>;
  readonly #window: ByteWindow;
  readonly #objects: AsyncGenerator<EventioObject>;
  readonly #skipped: Map<number, number>;
  #isUsed: (object: ObjectIdentity) => boolean = () => true;

  /** @param skipped - counts the objects of types that are not supported */
  constructor(
    source: ByteSource,
    readonly context: ReadingContext,
    { allowedTels, skipCalibration = false }: SimtelFileOptions,
    skipped: Map<number, number>,
  ) {
    this.allowedTels = allowedTels;
    this.#skipCalibration = skipCalibration;
    this.#skipped = skipped;
    const content = decompressedChunks(source);
    this.#chunks = content.chunks;
    this.#window = new ByteWindow(content);
    this.#objects = objectsIn(this.#window, context, {
      needsPayload: (header) => this.isNeeded(header) && this.#isUsed(header),
    });
  }

  async next(isUsed: (object: ObjectIdentity) => boolean = () => true): Promise<EventioObject | undefined> {
    this.#isUsed = isUsed;
    const next = await this.#objects.next();
    if (next.done) return undefined;
    const { type } = next.value;
    if (!isSupported(type)) this.#skipped.set(type, (this.#skipped.get(type) ?? 0) + 1);
    return next.value;
  }

  isNeeded({ type }: ObjectIdentity): boolean {
    return isSupported(type) && !(this.#skipCalibration && CALIBRATION_TYPES.has(type));
  }

  isSelected({ type }: SimtelEvent): boolean {
    return !(this.#skipCalibration && type === 'calibration');
  }

  free(offset: number): void {
    this.#window.free(offset);
  }

  async close(): Promise<void> {
    await this.#objects.return(undefined);
    await this.#chunks.return(undefined);
  }
}

function isSupported(type: number): boolean {
  return HeaderCollector.types.has(type) || EventAssembler.types.has(type);
}
