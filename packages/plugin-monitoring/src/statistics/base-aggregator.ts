import { Component, trait } from '@cherenkit/core';
import type { ElementStatistics, EventValues } from '@cherenkit/kernels';
import { Column } from '@cherenkit/tables';
import { BaseChunking } from './base-chunking.js';
import type { PythonValue } from './python-pickle.js';

/** Values of the events of a chunk. */
export interface EventSample {
  /** Values of all elements of one event after the other. */
  readonly values: EventValues;
  /** Shape of the values of an event: gain channels and pixels. */
  readonly shape: readonly number[];
  /** Unit of the values, if they have one. */
  readonly unit: string | undefined;
}

/** Kind of the tables that an aggregator fills. */
export type AggregatedContent = 'pixel_statistics' | 'pixel_histograms';

/**
 * Combines the values of the events of a chunk: to statistics, or to histograms. Source: ctapipe 0.32 `BaseAggregator`.
 *
 * Aggregators of other statistics extend {@link StatisticsAggregator}.
 */
export abstract class BaseAggregator extends Component.withTraits({
  chunkingType: trait.componentName(BaseChunking, {
    default: 'SizeChunking',
    help: 'How events are divided into chunks.',
  }),
}) {
  static override readonly kind: string = 'BaseAggregator';
  static override readonly methods: readonly string[] = ['aggregate'];

  /** Kind of the tables of the results. */
  readonly content: AggregatedContent = 'pixel_statistics';

  /** Divides the events into chunks. */
  readonly chunking: BaseChunking = this.context.create(BaseChunking, this.traits.chunkingType);

  /** Combines the events of a chunk, over all events, for each gain channel and pixel. @returns columns with one row */
  abstract aggregate(sample: EventSample): readonly Column[];

  /** Further attributes of the table of the results. */
  get attributes(): Readonly<
    Record<string, string | Float64Array | readonly PythonValue[] | ReadonlyMap<string, PythonValue>>
  > {
    return {};
  }
}

/**
 * Computes statistics of the values of the events of a chunk. Source: ctapipe 0.32 `StatisticsAggregator`.
 *
 * @example
 * ```ts
 * import { StatisticsAggregator, type EventSample } from '@cherenkit/plugin-monitoring';
 * import type { ElementStatistics } from '@cherenkit/kernels';
 *
 * class FirstEventAggregator extends StatisticsAggregator {
 *   static override readonly help = 'Uses the first event of each chunk.';
 *
 *   override statistics({ values, shape }: EventSample): ElementStatistics {
 *     const first = values.slice(0, shape.reduce((product, length) => product * length, 1));
 *     const zeros = new Float64Array(first.length);
 *     return { nEvents: new Int32Array(first.length).fill(1), mean: Float64Array.from(first), median: first, std: zeros };
 *   }
 * }
 * ```
 */
export abstract class StatisticsAggregator extends BaseAggregator {
  static override readonly methods: readonly string[] = ['statistics'];

  /** Computes the statistics of the events of a chunk for each gain channel and pixel. */
  abstract statistics(sample: EventSample): ElementStatistics;

  override aggregate(sample: EventSample): readonly Column[] {
    const { shape, unit } = sample;
    const { nEvents, mean, median, std } = this.statistics(sample);
    const medianType = median instanceof Float32Array ? 'float32' : 'float64';
    return [
      eventCounts(nEvents, shape),
      new Column({ name: 'mean', type: 'float64', shape, unit }, mean),
      new Column({ name: 'median', type: medianType, shape, unit }, median),
      new Column({ name: 'std', type: 'float64', shape, unit }, std),
    ];
  }
}

/** Column of the number of events of each gain channel and pixel. */
export function eventCounts(nEvents: Int32Array, shape: readonly number[]): Column {
  return new Column({ name: 'n_events', type: 'int64', shape }, BigInt64Array.from(nEvents, BigInt));
}

/** Number of elements of the values of an event. */
export function elementsOf({ shape }: Pick<EventSample, 'shape'>): number {
  return shape.reduce((product, length) => product * length, 1);
}
