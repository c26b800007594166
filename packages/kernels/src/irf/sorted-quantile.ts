/**
 * Quantile of sorted values with linear interpolation, rounded as numpy does; NaN if there are none.
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

/** Values of the events in each bin, without NaN, sorted. @param bins - bin of each event, negative for none */
export function sortedInBins(values: Float64Array, bins: Int32Array, nBins: number): Float64Array[] {
  const counts = new Int32Array(nBins);
  for (let i = 0; i < bins.length; i++) if (bins[i] >= 0 && !Number.isNaN(values[i])) counts[bins[i]]++;
  const groups = Array.from(counts, (count) => new Float64Array(count));
  counts.fill(0);
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i];
    if (bin >= 0 && !Number.isNaN(values[i])) groups[bin][counts[bin]++] = values[i];
  }
  return groups.map((group) => group.sort());
}
