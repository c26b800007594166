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
