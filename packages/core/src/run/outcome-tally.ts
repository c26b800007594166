import type { ArrayEvent } from '../event/index.js';
import type { EventFailures } from '../framework/component/index.js';
import { addRunStatistics, type Counts, type RunOutcome, type RunStatistics } from '../output/index.js';
import type { EventSource } from '../source/index.js';
import type { Pipeline } from './process-event.js';

/** The steps with statistics. */
type CountedSteps = Pick<Pipeline, 'imageProcessor' | 'showerProcessor' | 'muonProcessor'>;

/**
 * Counts processed events for the outcome of a run.
 *
 * @example
 * ```ts
 * const tally = new OutcomeTally();
 * for await (const event of source) tally.add(event, processEvent(event, pipeline));
 * console.log(tally.outcome(source, pipeline).reconstructed);
 * ```
 */
export class OutcomeTally {
  #events = 0;
  #telescopeEvents = 0;
  readonly #reconstructed = new Map<string, number>();
  readonly #notReconstructed = new Map<string, number>();
  readonly #rejected = new Map<string, number>();
  readonly #rejectedBySource = new Map<string, number>();
  /** What the source of this thread had rejected when it was asked last. */
  #seenOfSource: ReadonlyMap<string, number> = new Map();
  /** Statistics of the parts of other threads. */
  #otherStatistics: RunStatistics | undefined;

  /** @param source - whose rejections so far are not counted */
  constructor(source?: Pick<EventSource, 'outcome'>) {
    if (source) this.#seenOfSource = new Map(source.outcome.rejected);
  }

  /**
   * Counts an event.
   *
   * @param isWritten - false for a rejected event
   */
  add(event: ArrayEvent, isWritten: boolean): void {
    for (const { level, component, reason } of event.rejections) {
      increment(this.#rejected, `${level}s, ${component}: ${reason}`);
    }
    if (!isWritten) return;
    this.#events += 1;
    this.#telescopeEvents += Math.max(event.dl1.tel.size, event.r1.tel.size, event.r0.tel.size);
    for (const [name, { isValid, reason = 'unknown' }] of event.dl2.stereo.geometry) {
      increment(this.#reconstructed, name, Number(isValid));
      if (!isValid) increment(this.#notReconstructed, `${name}: ${reason}`);
    }
  }

  /**
   * Adds the outcome of a part of the events that another thread processed. Parts and events are added in the order of the
   * input.
   *
   * @param source - the source of this thread
   */
  addPart(part: RunOutcome, source: Pick<EventSource, 'outcome'>): void {
    this.#addRejectionsOf(source);
    this.#events += part.events;
    this.#telescopeEvents += part.telescopeEvents;
    addCounts(this.#reconstructed, part.reconstructed);
    addCounts(this.#notReconstructed, part.notReconstructed);
    addCounts(this.#rejected, part.rejected);
    addCounts(this.#rejectedBySource, part.rejectedBySource);
    this.#otherStatistics = this.#otherStatistics
      ? addRunStatistics(this.#otherStatistics, part.statistics)
      : part.statistics;
  }

  /** Counts what the source has rejected since the last call, so that reasons are in the order of the events. */
  #addRejectionsOf({ outcome: { rejected } }: Pick<EventSource, 'outcome'>): void {
    for (const [reason, count] of rejected) {
      const more = count - (this.#seenOfSource.get(reason) ?? 0);
      if (more > 0) increment(this.#rejectedBySource, reason, more);
    }
    this.#seenOfSource = new Map(rejected);
  }

  /**
   * Returns the outcome, after the last event. Results that the input has of other reconstructors than those of the steps are
   * not counted.
   */
  outcome(source: EventSource, steps: CountedSteps, failures?: EventFailures): RunOutcome {
    const { run, outcome } = source;
    this.#addRejectionsOf(source);
    const statistics = statisticsOf(steps);
    const names = steps.showerProcessor?.prefixes ?? [];
    const withoutResults = this.#events > 0 ? (steps.showerProcessor?.withoutResults ?? []) : [];
    return {
      events: this.#events,
      telescopeEvents: this.#telescopeEvents,
      reconstructed: {
        ...Object.fromEntries([...this.#reconstructed].filter(([name]) => names.includes(name))),
        ...Object.fromEntries(withoutResults.map((name) => [name, 0])),
      },
      notReconstructed: Object.fromEntries(
        [...this.#notReconstructed].filter(([reason]) => names.some((name) => reason.startsWith(`${name}: `))),
      ),
      rejected: Object.fromEntries([...this.#rejected].sort()),
      rejectedBySource: Object.fromEntries(this.#rejectedBySource),
      skippedBySource: Object.fromEntries(outcome.skipped ?? []),
      duplicates: 0,
      failures: failures?.all ?? [],
      statistics: this.#otherStatistics ? addRunStatistics(statistics, this.#otherStatistics) : statistics,
      truncated: outcome.truncated,
      simulatedShowerDistributions: outcome.simulatedShowerDistributions,
      simulationConfig: outcome.simulationConfig ?? run.simulationConfig,
    };
  }
}

/** Statistics of the steps so far. */
export function statisticsOf({ imageProcessor, showerProcessor, muonProcessor }: CountedSteps): RunStatistics {
  return {
    images: imageProcessor?.statistics,
    reconstructors: Object.fromEntries(showerProcessor?.statistics ?? []),
    muons: Object.fromEntries(muonProcessor?.statistics ?? []),
  };
}

function addCounts(sums: Map<string, number>, counts: Counts): void {
  for (const [key, count] of Object.entries(counts)) increment(sums, key, count);
}

function increment(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
