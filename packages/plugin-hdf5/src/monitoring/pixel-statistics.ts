import { addDuration, compareTimes, durationBetween, StatisticsContainer, type Time } from '@cherenkit/core';
import type { Nanoseconds } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';

/** Columns of the statistics, which are the fields of `StatisticsContainer`. */
const STATISTICS = ['mean', 'median', 'std'] as const;

type Statistics = Record<(typeof STATISTICS)[number], Float64Array>;

/** Statistics of the calibration events of an interval; NaN for outliers. */
interface Chunk {
  readonly start: Time;
  readonly end: Time;
  readonly statistics: Statistics;
}

/** Statistics of the pixels of a camera, in intervals of time that may overlap. Source: ctapipe 0.32 `StatisticsInterpolator`. */
export class PixelStatistics {
  /** Beginning of the first row of the last table that has rows, for simulations. */
  readonly first: Time | undefined;
  /** In the order of their beginning; of chunks that begin at the same time, the last one is preferred. */
  readonly #chunks: readonly Chunk[];
  /** Since `first`. */
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  /** Statistics of the latest event, and the chunks that they are from. */
  #latest: { readonly chunks: string; readonly statistics: Statistics } | undefined;

  /** @param tables - see `dataModel.PIXEL_STATISTICS` */
  constructor(tables: readonly Table[]) {
    this.first = tables
      .findLast(({ nRows }) => nRows > 0)
      ?.column('time_start')
      .timeAt(0);
    this.#chunks = tables.flatMap(chunksOf).sort((a, b) => compareTimes(a.start, b.start));
    this.#starts = Float64Array.from(this.#chunks, ({ start }) => this.#since(start));
    this.#ends = Float64Array.from(this.#chunks, ({ end }) => this.#since(end));
  }

  /** Number of chunks that end before they begin. */
  get nReversed(): number {
    return this.#ends.filter((end, i) => end < this.#starts[i]).length;
  }

  /** Intervals between the chunks, in which there are no statistics. */
  gaps(tolerance: Nanoseconds): { readonly start: Time; readonly end: Time }[] {
    const [starts, ends, { first }] = [this.#starts, this.#ends, this];
    if (first === undefined) return [];
    const gaps: { start: Time; end: Time }[] = [];
    let [covered] = ends;
    for (let i = 1; i < starts.length; i++) {
      if (starts[i] > covered + tolerance) {
        gaps.push({ start: addDuration(first, covered), end: addDuration(first, starts[i]) });
      }
      covered = Math.max(covered, ends[i]);
    }
    return gaps;
  }

  /**
   * Returns the statistics of the latest chunk that contains a time. Pixels that are NaN there have the values of earlier chunks
   * that contain the time too, as far as these have values.
   *
   * @param tolerance - by which chunks last longer, and the earliest one begins before
   * @returns undefined if no chunk contains the time
   */
  at(time: Time, tolerance: Nanoseconds): StatisticsContainer | undefined {
    const at = this.#since(time);
    const containing: number[] = [];
    for (let i = this.#starts.length - 1; i >= 0; i--) {
      const isBegun = this.#starts[i] <= at + (i === 0 ? tolerance : 0);
      if (isBegun && at <= this.#ends[i] + tolerance) containing.push(i);
    }
    if (containing.length === 0) return undefined;
    const chunks = containing.join();
    if (this.#latest?.chunks !== chunks) {
      this.#latest = { chunks, statistics: filled(containing.map((i) => this.#chunks[i].statistics)) };
    }
    return new StatisticsContainer(this.#latest.statistics);
  }

  #since(time: Time): Nanoseconds {
    return this.first ? durationBetween(this.first, time) : NaN;
  }
}

/** Replaces each NaN of the first statistics by the first value that the next ones have. */
function filled([first, ...others]: readonly Statistics[]): Statistics {
  const fill = (name: keyof Statistics): Float64Array => {
    if (others.length === 0 || !first[name].some((value) => Number.isNaN(value))) return first[name];
    return first[name].map((value, pixel) => {
      if (!Number.isNaN(value)) return value;
      return others.find((other) => !Number.isNaN(other[name][pixel]))?.[name][pixel] ?? NaN;
    });
  };
  return { mean: fill('mean'), median: fill('median'), std: fill('std') };
}

function chunksOf(table: Table): Chunk[] {
  const { count } = table.column('mean');
  const isOutlier = table.has('outlier_mask') ? table.numbers('outlier_mask') : undefined;
  const partsOf = (name: string): ((row: number) => Float64Array) => {
    const values = Float64Array.from(table.numbers(name), (value, i) => (isOutlier?.[i] === 1 ? NaN : value));
    return (row) => values.subarray(row * count, (row + 1) * count);
  };
  const [mean, median, std] = STATISTICS.map(partsOf);
  const [starts, ends] = [table.column('time_start'), table.column('time_end')];
  return Array.from({ length: table.nRows }, (_, row) => ({
    start: starts.timeAt(row),
    end: ends.timeAt(row),
    statistics: { mean: mean(row), median: median(row), std: std(row) },
  }));
}
