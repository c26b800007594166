import type { EventioObject } from '../eventio/eventio-object.js';
import { MemoryBudget } from '../eventio/memory-budget.js';
import type { ReadingContext } from '../eventio/reading-context.js';
import type { Histogram } from '../objects/histograms.js';
import { HISTORY_META } from '../objects/history-meta.js';
import { HISTORY } from '../objects/history.js';
import { MC_SHOWER } from '../objects/mc-shower.js';
import { ContainerType } from '../objects/object-types.js';
import { RUN_HEADER } from '../objects/run-header.js';
import { EventAssembler } from './event-assembler.js';
import type { SimtelEvent } from './simtel-event.js';
import { HeaderCollector, type SimtelHeader } from './simtel-header.js';

/** Limit of the memory for objects that are read before the header of their run is complete, bytes. */
const MAX_EARLY_MEMORY = 2 ** 26;

/** Objects with data that telescopes recorded: the header must be complete before the first of them. */
const RECORDED_TYPES: ReadonlySet<number> = new Set([ContainerType.ARRAY_EVENT, ContainerType.CALIBRATION_EVENT]);

/** Objects that sim_telarray writes before the run header. */
const BEFORE_RUN_HEADER: ReadonlySet<number> = new Set([HISTORY.type, HISTORY_META.type]);

/** Type and id of an object, which are known before its payload is read. */
export type ObjectIdentity = Pick<EventioObject, 'type' | 'id'>;

/** The objects of a file from which runs are read, and which of them to read. */
export interface RunObjects {
  readonly context: ReadingContext;
  /** Telescopes whose data are wanted; undefined for all. */
  readonly allowedTels: ReadonlySet<number> | undefined;
  /**
   * Returns the next object of the file; undefined at its end.
   *
   * @param isUsed - whether the payload of an object is used; otherwise it is skipped without being copied. Default: always
   */
  next(isUsed?: (object: ObjectIdentity) => boolean): Promise<EventioObject | undefined>;
  /** Frees the memory of the objects before an offset in the file. They must not be used any more. */
  free(offset: number): void;
  isNeeded(object: ObjectIdentity): boolean;
  isSelected(event: SimtelEvent): boolean;
}

/** One run of a sim_telarray file: its header, then its events. A file has several of them if it was concatenated from others. */
export class SimtelRun {
  /** Number of calibration events that `skipCalibration` left out so far. */
  skippedCalibrationEvents = 0;
  readonly #objects: RunObjects;
  readonly #early: readonly EventioObject[];
  readonly #assembler: EventAssembler;
  /** Offset of the latest object. */
  #latest = 0;
  #following: readonly EventioObject[] | undefined;
  #histograms: readonly Histogram[] | undefined;

  private constructor(
    readonly header: SimtelHeader,
    /** Byte of the decompressed file where the run begins. */
    readonly offset: number,
    objects: RunObjects,
    early: readonly EventioObject[],
  ) {
    this.#objects = objects;
    this.#early = early;
    this.#assembler = new EventAssembler(objects.allowedTels, header.telescopes);
  }

  /**
   * Reads the header of a run.
   *
   * @param begin - objects of this run that were read already
   * @throws SimtelError if the header is incomplete
   */
  static async begin(objects: RunObjects, begin: readonly EventioObject[] = []): Promise<SimtelRun> {
    const collector = new HeaderCollector(objects.context);
    const early: EventioObject[] = [];
    const budget = new MemoryBudget(MAX_EARLY_MEMORY, 'the objects of events before the last telescope description');
    let end = 0;
    const add = (object: EventioObject): void => {
      collector.add(object);
      end = object.payloadOffset + object.header.length;
    };
    begin.forEach(add);
    for (let object = await objects.next(); object; object = await objects.next()) {
      if (!EventAssembler.types.has(object.type)) {
        add(object);
        continue;
      }
      // In merged files, showers of the first part precede telescope definitions of the second.
      if (collector.isComplete || RECORDED_TYPES.has(object.type)) {
        early.push(object);
        break;
      }
      budget.spend(object, object.payload.length);
      early.push(object.copy());
    }
    objects.context.headerEnd = end;
    const hasShower = early.some(({ type }) => type === MC_SHOWER.type);
    return new SimtelRun(collector.finish(end, hasShower), begin[0]?.offset ?? 0, objects, early);
  }

  /** Undefined until the end of the run, and if it has none. */
  get histograms(): readonly Histogram[] | undefined {
    return this.#histograms;
  }

  /** The first objects of the next run in the file; undefined if there is none, and before all events were read. */
  get following(): readonly EventioObject[] | undefined {
    return this.#following;
  }

  /** The objects from which an event was read, see {@link EventAssembler.objectsOf}. */
  objectsOf(event: SimtelEvent): readonly EventioObject[] {
    return this.#assembler.objectsOf(event);
  }

  /**
   * Frees the memory of the events that were yielded. They and their objects must not be used any more. Calling it is optional: it
   * spares the garbage collector work.
   */
  freeEvents(): void {
    this.#objects.free(Math.min(this.#latest, this.#assembler.oldestOffset));
  }

  /**
   * The events that telescopes recorded.
   *
   * @throws SimtelError if the file is damaged; the events before were yielded
   */
  async *events(): AsyncGenerator<SimtelEvent> {
    const objects = this.#objects;
    const assembler = this.#assembler;
    const isUsed = (object: ObjectIdentity): boolean =>
      object.type === RUN_HEADER.type || BEFORE_RUN_HEADER.has(object.type) || assembler.uses(object);
    let history: EventioObject[] = [];
    let budget = newHistoryBudget();
    try {
      for (const object of this.#early) {
        const event = this.#add(object, assembler);
        if (event !== undefined) yield event;
      }
      for (let object = await objects.next(isUsed); object; object = await objects.next(isUsed)) {
        if (object.type === RUN_HEADER.type) {
          this.#following = [...history, object];
          break;
        }
        this.#latest = object.offset;
        if (BEFORE_RUN_HEADER.has(object.type)) {
          budget.spend(object, object.payload.length);
          history.push(object.copy());
        } else if (history.length > 0) {
          history = [];
          budget = newHistoryBudget();
        }
        const event = this.#add(object, assembler);
        if (event !== undefined) yield event;
      }
    } catch (error) {
      const last = this.#selected(assembler.flush());
      if (last !== undefined) yield last;
      throw error;
    }
    const last = this.#selected(assembler.flush());
    if (last !== undefined) yield last;
  }

  #add(object: EventioObject, assembler: EventAssembler): SimtelEvent | undefined {
    if (!this.#objects.isNeeded(object)) {
      if (object.type === ContainerType.CALIBRATION_EVENT) this.skippedCalibrationEvents++;
      return undefined;
    }
    const event = assembler.add(object);
    this.#histograms = assembler.histograms;
    return this.#selected(event);
  }

  /** Calibration events outside of a calibration object are recognized only once they are assembled. */
  #selected(event: SimtelEvent | undefined): SimtelEvent | undefined {
    if (event === undefined || this.#objects.isSelected(event)) return event;
    this.skippedCalibrationEvents++;
    return undefined;
  }
}

function newHistoryBudget(): MemoryBudget {
  return new MemoryBudget(MAX_EARLY_MEMORY, 'the history before a run header');
}
