import { quantileOf } from '@cherenkit/kernels';

/** Numbers of values in bins of equal width. */
export interface Histogram {
  /** One more than bins. */
  readonly edges: Float64Array;
  readonly counts: Float64Array;
  /** Number of finite values outside of the range. */
  readonly outside: number;
}

/**
 * Counts values in bins of equal width, as numpy's `histogram`: a bin holds its lower edge, and the last one its upper edge.
 *
 * @param range - default: smallest and largest value
 */
export function histogram(
  values: ArrayLike<number>,
  {
    bins = 25,
    range,
  }: { readonly bins?: number; readonly range?: readonly [low: number, high: number] | undefined } = {},
): Histogram {
  if (!(Number.isInteger(bins) && bins > 0))
    throw new RangeError(`histogram: expected bins of 1 or more, found ${bins}`);
  const finite = Array.from(values).filter(Number.isFinite);
  let [low, high] = range ?? finite.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  if (!(low <= high)) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => low + (i * (high - low)) / bins);
  const counts = new Float64Array(bins);
  let outside = 0;
  for (const value of finite) {
    if (value < low || value > high) {
      outside++;
      continue;
    }
    let bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
    // Edges are rounded: a value belongs to the bin whose edges enclose it.
    if (value < edges[bin]) bin--;
    else if (bin < bins - 1 && value >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
  return { edges, counts, outside };
}

/** Value below which a part of the values lies, interpolated linearly as by numpy's `quantile`; NaN without finite values. */
export function quantile(values: ArrayLike<number>, part: number): number {
  return quantileOf(Array.from(values).filter(Number.isFinite), part);
}
