import { CherenkitError, Component, ExitCode, PROVENANCE, timeFromUnix, trait, type Time } from '@cherenkit/core';
import type { TriggerDevices, UctsData } from '../source/trigger-devices.js';
import type { ModuleCounters } from './module-counters.js';
import { readRunSummary, type RunReference } from './run-summary.js';

/** UCTS times that are ahead of those of the modules by more are of the next event, ns. */
const JUMP = 1000n;

/** An event as the calculator needs it. */
export interface TimedEvent extends TriggerDevices {
  readonly eventId: bigint;
  readonly modules: ModuleCounters;
  /** Flag of each module: 0 if it does not work. */
  readonly moduleStatus: ArrayLike<number>;
}

/** What the calculator needs of a run. */
export interface TimedRun {
  readonly telId: number;
  readonly runId: number;
  /** Id of each module in arrays of modules. */
  readonly moduleIds: ArrayLike<number>;
  /** Unix time (UTC), s. */
  readonly startTime: number;
}

/** Time of an event, TAI since 1970 in ns, and the counter of one of its modules, ns. */
interface Reference {
  readonly module: number;
  readonly time: bigint;
  readonly counter: bigint;
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
  timestamp: trait.perTelescope(
    trait.oneOf(['ucts', 'dragon'], {
      default: 'dragon',
      help: 'Source of the times: the counters of a module (dragon), or the central time stamping (ucts).',
    }),
  ),
  dragonReferenceTime: trait.perTelescope(
    trait.optional(
      trait.bigInteger({
        unit: 'ns',
        help: 'Time of the reference event, TAI since 1970. Default: that of the first event.',
      }),
    ),
  ),
  dragonReferenceCounter: trait.perTelescope(
    trait.optional(trait.bigInteger({ unit: 'ns', help: 'Counter of the reference event.' })),
  ),
  dragonModuleId: trait.perTelescope(
    trait.optional(
      trait.integer({ minimum: 0, help: 'Module whose counters are used. Default: the first one that works.' }),
    ),
  ),
  runSummaryPath: trait.perTelescope(
    trait.optional(
      trait.path({
        help: 'File of the run summary of the night (ECSV), with the reference of each run. Values of other traits replace those of the file.',
      }),
    ),
  ),
  extractReference: trait.boolean({
    default: true,
    help: 'Take the reference from the first event, if none is given. That is right for the first file of a run only.',
  }),
}) {
  static override readonly kind: string = 'EventTimeCalculator';
  static override readonly help = 'Computes the times of events of LST-1 from the counters of the modules.';

  #reference: Reference | undefined;
  /** UCTS data of events before, which belong to the next ones. */
  readonly #queue: UctsData[] = [];

  /** Time of the event before, TAI since 1970, ns. */
  #last: bigint | undefined;

  #summary: RunReference | undefined;

  /**
   * Reads the run summary, if there is one.
   *
   * @throws CherenkitError LST_TIME_REFERENCE (65) if it does not have the run
   */
  async load({ telId, runId }: TimedRun): Promise<void> {
    const path = this.traits.runSummaryPath.for(telId);
    if (path === undefined) return;
    this.context.service(PROVENANCE).addInput({ url: path, role: 'run summary' });
    this.#summary = await readRunSummary(path, runId);
    if (!this.#summary.isPrecise) {
      this.context.logger.warning(
        `${path}: the reference of run ${runId} is the start of the run: times of events are wrong by some seconds.`,
      );
    }
  }

  /**
   * The time of an event. Without the counter of the module, it is that of UCTS, or of the event before, or the start of the run.
   *
   * @throws CherenkitError LST_TIME_REFERENCE (65) for a first event without UCTS data
   */
  timeOf(event: TimedEvent, run: TimedRun): EventTime {
    const ucts = this.#nextUcts(event);
    const dragon = this.#timeOfModule(event, run);
    const found =
      dragon === undefined ? this.#withoutModule(event, run, ucts) : this.#checked(event, run, dragon, ucts);
    this.#last = found.nanoseconds;
    return found;
  }

  /** The UCTS data that belong to an event: after a jump, those that came with the event before. */
  #nextUcts({ ucts }: TimedEvent): UctsData | undefined {
    if (ucts === undefined || this.#queue.length === 0) return ucts;
    this.#queue.push(ucts);
    return this.#queue.shift();
  }

  /** Time by the counter of the module, TAI since 1970, ns; undefined if the event has no counter of it. */
  #timeOfModule(event: TimedEvent, run: TimedRun): bigint | undefined {
    const { modules } = event;
    if (modules.pps.length === 0) return undefined;
    this.#reference ??= this.#findReference(event, run);
    if (this.#reference === undefined) return undefined;
    const { module, time, counter } = this.#reference;
    return module < modules.pps.length ? time + nanosecondsOf(modules, module) - counter : undefined;
  }

  #withoutModule({ eventId }: TimedEvent, run: TimedRun, ucts: UctsData | undefined): EventTime {
    const warning = `Event ${eventId} has no counter of the module that gives the times. Such events have the time of UCTS, or else that of the event before.`;
    this.context.warnOnce(warning, 'counters');
    const nanoseconds = ucts?.timestamp ?? this.#last ?? startOf(run);
    return { nanoseconds, uctsTrigger: ucts?.triggerType };
  }

  /** Time and trigger of an event; UCTS data that are of the next event are kept for it. */
  #checked({ eventId, tibTrigger }: TimedEvent, run: TimedRun, dragon: bigint, ucts: UctsData | undefined): EventTime {
    if (ucts === undefined) return { nanoseconds: dragon, uctsTrigger: undefined };
    let current = ucts;
    const delta = current.timestamp - dragon;
    if (delta < -JUMP) {
      this.context.logger.warning(`Event ${eventId}: the time of its module is ${-delta} ns ahead of UCTS.`);
    }
    if (delta > JUMP) {
      this.context.logger.warning(`Event ${eventId}: UCTS data of the next event (${delta} ns ahead).`);
      this.#queue.unshift(current);
      current = { timestamp: dragon, triggerType: tibTrigger ?? 0 };
    }
    const nanoseconds = this.traits.timestamp.for(run.telId) === 'dragon' ? dragon : current.timestamp;
    return { nanoseconds, uctsTrigger: current.triggerType };
  }

  /** The reference; undefined if the event lacks the counter of a module that the camera has. */
  #findReference(event: TimedEvent, run: TimedRun): Reference | undefined {
    const { traits } = this;
    const { extractReference } = traits;
    const moduleId = traits.dragonModuleId.for(run.telId);
    const summary = this.#summary;
    const working = summary?.moduleIndex ?? Array.from(event.moduleStatus).findIndex((status) => status !== 0);
    const module = moduleId === undefined ? working : Array.from(run.moduleIds).indexOf(moduleId);
    if (event.modules.pps[module] === undefined) {
      if (module >= 0 && module < run.moduleIds.length) return undefined;
      const found = moduleId === undefined ? 'no module works' : `there is no module ${moduleId}`;
      throw this.#mistake(event, `${found}; set dragon_module_id to one of the modules of the camera`);
    }
    const time = traits.dragonReferenceTime.for(run.telId) ?? summary?.time;
    const counter = traits.dragonReferenceCounter.for(run.telId) ?? summary?.counter;
    if (time !== undefined && counter !== undefined) return { module, time, counter };
    const { ucts } = event;
    const isFirst = event.eventId === 1n;
    if (!extractReference || (ucts === undefined && !isFirst)) {
      const reason = extractReference ? 'it has no UCTS time' : 'extract_reference is off';
      throw this.#mistake(
        event,
        `${reason}; set run_summary_path, or dragon_reference_time and dragon_reference_counter`,
      );
    }
    if (ucts === undefined) {
      this.context.logger.warning(
        'Event 1 has no UCTS time: times are relative to the start of the run, wrong by some seconds.',
      );
    } else if (!isFirst) {
      this.context.logger.info(
        `The times are relative to event ${event.eventId}, not to the first one of the run: they may be wrong after jumps of UCTS.`,
      );
    }
    return { module, time: ucts?.timestamp ?? startOf(run), counter: nanosecondsOf(event.modules, module) };
  }

  #mistake({ eventId }: TimedEvent, problem: string): CherenkitError {
    const message = `Event ${eventId}: no reference for the times of events: ${problem}.`;
    return new CherenkitError('LST_TIME_REFERENCE', ExitCode.BAD_INPUT, message);
  }
}

function nanosecondsOf({ pps, tenMhz }: ModuleCounters, module: number): bigint {
  return BigInt(pps[module]) * 1_000_000_000n + BigInt(tenMhz[module]) * 100n;
}

/** Time of nanoseconds of TAI since 1970. */
export function timeOfNanoseconds(nanoseconds: bigint): Time {
  const seconds = nanoseconds / 1_000_000_000n;
  return { seconds: Number(seconds), quarterNanoseconds: 4 * Number(nanoseconds - seconds * 1_000_000_000n) };
}

/** Start of the run, TAI since 1970, ns. */
function startOf({ startTime }: TimedRun): bigint {
  return nanosecondsOfTime(timeFromUnix(Math.floor(startTime), (startTime % 1) * 1e9));
}

function nanosecondsOfTime({ seconds, quarterNanoseconds }: Time): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(Math.floor(quarterNanoseconds / 4));
}
