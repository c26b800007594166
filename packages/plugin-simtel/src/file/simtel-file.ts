import { decompressed, type ByteSource } from '@cherenkit/io';
import type { EventioObject } from '../eventio/eventio-object.js';
import { eventioObjects } from '../eventio/eventio-reader.js';
import { ReadingContext } from '../eventio/reading-context.js';
import type { Histogram } from '../objects/histograms.js';
import { ContainerType, objectName } from '../objects/object-types.js';
import { EventAssembler } from './event-assembler.js';
import { HeaderCollector, type SimtelHeader } from './simtel-header.js';
import type { SimtelEvent } from './simtel-event.js';

const CALIBRATION_TYPES: ReadonlySet<number> = new Set([
  ContainerType.CALIBRATION_EVENT,
  ContainerType.CALIBRATION_PHOTOELECTRONS,
]);
/** Objects with recorded data. The header must be complete before them. */
const RECORDED_TYPES: ReadonlySet<number> = new Set([ContainerType.ARRAY_EVENT, ContainerType.CALIBRATION_EVENT]);

/** Objects after the header. */
interface EventObjects {
  /** Objects read while looking for the end of the header. */
  readonly early: readonly EventioObject[];
  readonly rest: AsyncGenerator<EventioObject>;
}

/** Options of {@link SimtelFile.open}. */
export interface SimtelFileOptions {
  /** Ids of the telescopes to read. Default: all. */
  readonly allowedTels?: ReadonlySet<number> | undefined;
  /** Whether to skip calibration events. Default: false. */
  readonly skipCalibration?: boolean;
}

/**
 * Reader of a sim_telarray file: header, events and histograms as they are stored, independent of Cherenkit's event model.
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
 *   console.log(file.header.runHeader.run, file.header.mcRunHeader.eRange);
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
  /** Continuation after the header; undefined once `events` was called. */
  #eventObjects: EventObjects | undefined;
  #header: SimtelHeader | undefined;
  #histograms: readonly Histogram[] | undefined;

  private constructor(source: ByteSource, options: SimtelFileOptions) {
    this.context = new ReadingContext(source.name, objectName);
    this.#source = source;
    this.#options = options;
  }

  /**
   * Opens a file and reads its header. The caller disposes `source`.
   *
   * @throws SimtelError (65) if it is not a sim_telarray file, or the header is incomplete or corrupt
   */
  static async open(source: ByteSource, options: SimtelFileOptions = {}): Promise<SimtelFile> {
    const file = new SimtelFile(source, options);
    await file.#readHeader();
    return file;
  }

  /** Data stored before the first event. */
  get header(): SimtelHeader {
    if (this.#header === undefined) throw new Error('The header of the file was not read.');
    return this.#header;
  }

  /** Histograms at the end of the file; undefined before the end is reached and if there are none. */
  get histograms(): readonly Histogram[] | undefined {
    return this.#histograms;
  }

  /** Number of skipped objects by type, for types that are not supported. */
  get skippedObjects(): ReadonlyMap<number, number> {
    return this.#skippedObjects;
  }

  /**
   * Iterates over the recorded events. Further calls start again at the beginning of the file.
   *
   * @throws SimtelError (65) at the first error in the file, after yielding the events before it
   */
  async *events(): AsyncGenerator<SimtelEvent> {
    const { early, rest } = this.#eventObjects ?? { early: [], rest: this.#objects() };
    this.#eventObjects = undefined;
    const assembler = new EventAssembler(this.#options.allowedTels);
    try {
      for (const object of early) assembler.add(object); // none completes an event
      for await (const object of rest) {
        this.#countSkipped(object);
        if (!this.#isNeeded(object)) continue;
        const event = assembler.add(object);
        this.#histograms = assembler.histograms;
        if (event !== undefined && this.#isSelected(event)) yield event;
      }
    } catch (error) {
      const last = assembler.flush();
      if (last !== undefined && this.#isSelected(last)) yield last;
      throw error;
    }
    const last = assembler.flush();
    if (last !== undefined && this.#isSelected(last)) yield last;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#eventObjects?.rest.return(undefined);
    this.#eventObjects = undefined;
  }

  #objects(): AsyncGenerator<EventioObject> {
    return eventioObjects(decompressed(this.#source), this.context, {
      needsPayload: (header) => this.#isNeeded(header),
    });
  }

  #isNeeded({ type }: Pick<EventioObject, 'type'>): boolean {
    return isSupported(type) && !(this.#options.skipCalibration === true && CALIBRATION_TYPES.has(type));
  }

  /** Calibration events without their enclosing object are recognized only after assembly. */
  #isSelected({ type }: SimtelEvent): boolean {
    return !(this.#options.skipCalibration === true && type === 'calibration');
  }

  #countSkipped({ type }: EventioObject): void {
    if (!isSupported(type)) this.#skippedObjects.set(type, (this.#skippedObjects.get(type) ?? 0) + 1);
  }

  async #readHeader(): Promise<void> {
    const rest = this.#objects();
    const collector = new HeaderCollector(this.context);
    const early: EventioObject[] = [];
    let end = 0;
    try {
      for (let next = await rest.next(); !next.done; next = await rest.next()) {
        const object = next.value;
        this.#countSkipped(object);
        if (!EventAssembler.types.has(object.type)) {
          collector.add(object);
          end = object.payloadOffset + object.header.length;
          continue;
        }
        // In merged files, showers of the first part precede telescope definitions of the second.
        early.push(object);
        if (collector.isComplete || RECORDED_TYPES.has(object.type)) break;
      }
      this.#header = collector.finish(end);
    } catch (error) {
      await rest.return(undefined);
      throw error;
    }
    this.#eventObjects = { early: early.filter((object) => this.#isNeeded(object)), rest };
  }
}

function isSupported(type: number): boolean {
  return HeaderCollector.types.has(type) || EventAssembler.types.has(type);
}
