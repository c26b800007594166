/**
 * Quantile of sorted values with linear interpolation, rounded as `numpy.quantile` does; NaN if there are none.
 *
 * @param fraction - 0 to 1
 */
export function quantileOfSorted(sorted: Float64Array, fraction: number): number {
  const last = sorted.length - 1;
  if (last < 0) return NaN;
  const place = last * fraction;
  const below = Math.min(Math.floor(place), last);
  const above = Math.min(below + 1, last);
  const t = place - below;
  const difference = sorted[above] - sorted[below];
  return t >= 0.5 ? sorted[above] - difference * (1 - t) : sorted[below] + difference * t;
}

/**
 * Quantile of numbers, see {@link quantileOfSorted}; NaN without numbers or with NaN among them.
 *
 * @param fraction - from 0 for the smallest to 1 for the largest number
 */
export function quantileOf(values: ArrayLike<number>, fraction: number): number {
  const sorted = Float64Array.from(values).sort();
  // NaN is sorted to the end.
  return Number.isNaN(sorted.at(-1)) ? NaN : quantileOfSorted(sorted, fraction);
}
