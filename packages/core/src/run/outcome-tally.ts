import type { ArrayEvent } from '../event/index.js';
import type { EventFailures } from '../framework/component/index.js';
import type { RunOutcome } from '../output/index.js';
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
   * Returns the outcome, after the last event. Results that the input has of other reconstructors than those of the steps are
   * not counted.
   */
  outcome({ run, outcome }: EventSource, steps: CountedSteps, failures?: EventFailures): RunOutcome {
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
      rejectedBySource: Object.fromEntries(outcome.rejected),
      skippedBySource: Object.fromEntries(outcome.skipped ?? []),
      duplicates: 0,
      failures: failures?.all ?? [],
      statistics: {
        images: steps.imageProcessor?.statistics,
        reconstructors: Object.fromEntries(steps.showerProcessor?.statistics ?? []),
        muons: Object.fromEntries(steps.muonProcessor?.statistics ?? []),
      },
      truncated: outcome.truncated,
      simulatedShowerDistributions: outcome.simulatedShowerDistributions,
      simulationConfig: outcome.simulationConfig ?? run.simulationConfig,
    };
  }
}

function increment(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
