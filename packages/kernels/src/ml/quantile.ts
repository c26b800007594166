/**
 * Quantile of numbers, interpolated linearly between the two nearest ones; NaN without numbers or with NaN among them. Source:
 * `numpy.quantile`.
 *
 * @param fraction - from 0 for the smallest to 1 for the largest number
 */
export function quantileOf(values: ArrayLike<number>, fraction: number): number {
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  // NaN is sorted to the end.
  if (last < 0 || Number.isNaN(sorted[last])) return NaN;
  const place = fraction * last;
  const below = Math.floor(place);
  const above = Math.min(below + 1, last);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
