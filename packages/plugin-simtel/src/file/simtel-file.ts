import { decompressed, type ByteSource } from '@cherenkit/io';
import type { EventioObject } from '../eventio/eventio-object.js';
import { eventioObjects } from '../eventio/eventio-reader.js';
import { ReadingContext } from '../eventio/reading-context.js';
import { Containers } from '../objects/containers.js';
import type { Histogram } from '../objects/histograms.js';
import { objectName } from '../objects/object-names.js';
import { EventAssembler } from './event-assembler.js';
import { HeaderCollector, type SimtelHeader } from './simtel-header.js';
import type { SimtelEvent } from './simtel-event.js';

const OF_CALIBRATION: ReadonlySet<number> = new Set([
  Containers.CALIBRATION_EVENT,
  Containers.CALIBRATION_PHOTOELECTRONS,
]);
/** What telescopes recorded: by then the header has to be complete. */
const RECORDED: ReadonlySet<number> = new Set([Containers.ARRAY_EVENT, Containers.CALIBRATION_EVENT]);

/** The objects behind the header: those that were met while it was read, and the others. */
interface ObjectsOfEvents {
  readonly early: readonly EventioObject[];
  readonly rest: AsyncGenerator<EventioObject>;
}

/** What of a file is wanted. */
export interface SimtelFileOptions {
  /** Telescopes whose data are wanted; all where it is undefined. */
  readonly allowedTels?: ReadonlySet<number> | undefined;
  readonly skipCalibration?: boolean;
}

/**
 * A sim_telarray file: its header, then its events, independent of any event model.
 *
 * Objects that are not needed are passed over and counted.
 */
export class SimtelFile implements AsyncDisposable {
  readonly context: ReadingContext;
  readonly #source: ByteSource;
  readonly #options: SimtelFileOptions;
  readonly #passedOver = new Map<number, number>();
  /** Where reading goes on behind the header; undefined once events were asked for. */
  #begun: ObjectsOfEvents | undefined;
  #header: SimtelHeader | undefined;
  #histograms: readonly Histogram[] | undefined;

  private constructor(source: ByteSource, options: SimtelFileOptions) {
    this.context = new ReadingContext(source.name, objectName);
    this.#source = source;
    this.#options = options;
  }

  /**
   * Reads the header of a file.
   *
   * @throws SimtelError when it is no sim_telarray file, or breaks off within its header
   */
  static async open(source: ByteSource, options: SimtelFileOptions = {}): Promise<SimtelFile> {
    const file = new SimtelFile(source, options);
    await file.#readHeader();
    return file;
  }

  get header(): SimtelHeader {
    if (this.#header === undefined) throw new Error('A file has its header once it is open.');
    return this.#header;
  }

  /** Undefined until the end of the file was reached, and where it has none. */
  get histograms(): readonly Histogram[] | undefined {
    return this.#histograms;
  }

  /** How many objects of each type nothing here knows what to do with. */
  get passedOver(): ReadonlyMap<number, number> {
    return this.#passedOver;
  }

  /**
   * The events that telescopes recorded; asked for again, from the beginning of the file.
   *
   * @throws SimtelError where the file breaks; the events before were yielded
   */
  async *events(): AsyncGenerator<SimtelEvent> {
    const { early, rest } = this.#begun ?? { early: [], rest: this.#objects() };
    this.#begun = undefined;
    const assembler = new EventAssembler(this.#options.allowedTels);
    try {
      for (const object of early) assembler.take(object); // none of them completes an event
      for await (const object of rest) {
        this.#count(object);
        if (!this.#isWanted(object)) continue;
        const event = assembler.take(object);
        this.#histograms = assembler.histograms;
        if (event !== undefined && this.#isWantedEvent(event)) yield event;
      }
    } catch (error) {
      const last = assembler.flush();
      if (last !== undefined && this.#isWantedEvent(last)) yield last;
      throw error;
    }
    const last = assembler.flush();
    if (last !== undefined && this.#isWantedEvent(last)) yield last;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#begun?.rest.return(undefined);
    this.#begun = undefined;
  }

  #objects(): AsyncGenerator<EventioObject> {
    return eventioObjects(decompressed(this.#source), this.context, { isWanted: (header) => this.#isWanted(header) });
  }

  #isWanted({ type }: Pick<EventioObject, 'type'>): boolean {
    return isKnown(type) && !(this.#options.skipCalibration === true && OF_CALIBRATION.has(type));
  }

  /** Calibration events that were taken out of their object are known only once they are put together. */
  #isWantedEvent({ type }: SimtelEvent): boolean {
    return !(this.#options.skipCalibration === true && type === 'calibration');
  }

  #count({ type }: EventioObject): void {
    if (!isKnown(type)) this.#passedOver.set(type, (this.#passedOver.get(type) ?? 0) + 1);
  }

  async #readHeader(): Promise<void> {
    const rest = this.#objects();
    const collector = new HeaderCollector(this.context);
    const early: EventioObject[] = [];
    let end = 0;
    try {
      for (let next = await rest.next(); !next.done; next = await rest.next()) {
        const object = next.value;
        this.#count(object);
        if (!EventAssembler.types.has(object.type)) {
          collector.take(object);
          end = object.contentOffset + object.header.length;
          continue;
        }
        // In a merged file showers of the first part come before telescopes of the second.
        early.push(object);
        if (collector.isComplete || RECORDED.has(object.type)) break;
      }
      this.#header = collector.finish(end);
    } catch (error) {
      await rest.return(undefined);
      throw error;
    }
    this.#begun = { early: early.filter((object) => this.#isWanted(object)), rest };
  }
}

function isKnown(type: number): boolean {
  return HeaderCollector.types.has(type) || EventAssembler.types.has(type);
}
