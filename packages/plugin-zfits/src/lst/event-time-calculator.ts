import { CherenkitError, Component, ExitCode, trait, type Time } from '@cherenkit/core';
import type { LstTriggerData, ModuleCounters, UctsData } from './lst-trigger-data.js';

/** UCTS times that are ahead of those of the modules by more are of the next event, ns. */
const JUMP = 1000n;

/** An event as the calculator needs it. */
export interface TimedEvent extends LstTriggerData {
  readonly eventId: bigint;
  readonly counters: readonly ModuleCounters[];
  /** Flag of each module: 0 if it does not work. */
  readonly moduleStatus: ArrayLike<number>;
}

/** Time and UCTS trigger type that belong to an event. */
export interface EventTime {
  /** TAI since 1970, ns. */
  readonly nanoseconds: bigint;
  /** Undefined without UCTS. */
  readonly uctsTrigger: number | undefined;
}

/**
 * Computes the times of events of LST-1 before 2024 from the counters of a module, relative to a reference: by default, the UCTS
 * time of the first event. Source: ctapipe_io_lst 0.31 `EventTimeCalculator`.
 *
 * The UCTS data of an event may belong to the next one, after a jump. The calculator keeps the data of such events and must
 * therefore see all events of a run.
 */
export class EventTimeCalculator extends Component.withTraits({
  timestamp: trait.oneOf(['ucts', 'dragon'], {
    default: 'dragon',
    help: 'Source of the times: the counters of a module (dragon), or the central time stamping (ucts).',
  }),
  dragonReferenceTime: trait.optional(
    trait.string({
      help: 'Time of the reference event: TAI since 1970 in ns, as text. Default: that of the first event.',
    }),
  ),
  dragonReferenceCounter: trait.optional(
    trait.integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, help: 'Counter of the reference event, ns.' }),
  ),
  dragonModuleId: trait.optional(
    trait.integer({ minimum: 0, help: 'Module whose counters are used. Default: the first one that works.' }),
  ),
  extractReference: trait.boolean({
    default: true,
    help: 'Take the reference from the first event, if none is given. That is right for the first file of a run only.',
  }),
}) {
  static override readonly kind: string = 'EventTimeCalculator';
  static override readonly help = 'Computes the times of events of LST-1 from the counters of the modules.';

  #reference: { readonly module: number; readonly time: bigint; readonly counter: bigint } | undefined;
  /** UCTS data of events before, which belong to the next ones. */
  readonly #queue: UctsData[] = [];

  /**
   * @param moduleIds - id of each module in arrays of modules
   * @throws CherenkitError LST_TIME_REFERENCE (65) for a first event without UCTS data
   */
  timeOf(event: TimedEvent, moduleIds: ArrayLike<number>): EventTime {
    const { module, time, counter } = (this.#reference ??= this.#findReference(event, moduleIds));
    const dragon = time + nanosecondsOf(event.counters[module]) - counter;
    if (event.ucts === undefined) return { nanoseconds: dragon, uctsTrigger: undefined };
    let current = event.ucts;
    if (this.#queue.length > 0) {
      this.#queue.push(current);
      current = this.#queue.shift() ?? current;
    }
    const delta = current.timestamp - dragon;
    if (delta < -JUMP) {
      this.context.logger.warning(`Event ${event.eventId}: the time of its module is ${-delta} ns ahead of UCTS.`);
    }
    if (delta > JUMP) {
      this.context.logger.warning(`Event ${event.eventId}: UCTS data of the next event (${delta} ns ahead).`);
      this.#queue.unshift(current);
      current = { timestamp: dragon, triggerType: event.tibTrigger ?? 0 };
    }
    const nanoseconds = this.traits.timestamp === 'dragon' ? dragon : current.timestamp;
    return { nanoseconds, uctsTrigger: current.triggerType };
  }

  #findReference(event: TimedEvent, moduleIds: ArrayLike<number>): { module: number; time: bigint; counter: bigint } {
    const { dragonReferenceTime, dragonReferenceCounter, dragonModuleId, extractReference } = this.traits;
    const working = Array.from(event.moduleStatus).findIndex((status) => status !== 0);
    const module = dragonModuleId === undefined ? working : Array.from(moduleIds).indexOf(dragonModuleId);
    if (event.counters[module] === undefined) {
      const found = dragonModuleId === undefined ? 'no module works' : `there is no module ${dragonModuleId}`;
      throw this.#mistake(event, `${found}; set dragon_module_id to one of the modules of the camera`);
    }
    if (dragonReferenceTime !== undefined && dragonReferenceCounter !== undefined) {
      return { module, time: BigInt(dragonReferenceTime), counter: BigInt(dragonReferenceCounter) };
    }
    const { ucts } = event;
    if (!extractReference || ucts === undefined) {
      const reason = extractReference ? 'it has no UCTS time' : 'extract_reference is off';
      throw this.#mistake(event, `${reason}; set dragon_reference_time and dragon_reference_counter`);
    }
    if (event.eventId !== 1n) {
      this.context.logger.info(
        `The times are relative to event ${event.eventId}, not to the first one of the run: they may be wrong after jumps of UCTS.`,
      );
    }
    return { module, time: ucts.timestamp, counter: nanosecondsOf(event.counters[module]) };
  }

  #mistake({ eventId }: TimedEvent, problem: string): CherenkitError {
    const message = `Event ${eventId}: no reference for the times of events: ${problem}.`;
    return new CherenkitError('LST_TIME_REFERENCE', ExitCode.BAD_INPUT, message);
  }
}

function nanosecondsOf({ pps, tenMhz }: ModuleCounters): bigint {
  return BigInt(pps) * 1_000_000_000n + BigInt(tenMhz) * 100n;
}

/** Time of nanoseconds of TAI since 1970. */
export function timeOfNanoseconds(nanoseconds: bigint): Time {
  const seconds = nanoseconds / 1_000_000_000n;
  return { seconds: Number(seconds), quarterNanoseconds: 4 * Number(nanoseconds - seconds * 1_000_000_000n) };
}
