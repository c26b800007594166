/** Divides each row along the last axis by its sum and by the size of each bin: a probability density. Rows without events are 0. */
function normalizedRows(counts: Float64Array, sizes: Float64Array): Float64Array {
  const n = sizes.length;
  const density = new Float64Array(counts.length);
  for (let start = 0; start < counts.length; start += n) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += counts[start + i];
    if (sum === 0) continue;
    for (let i = 0; i < n; i++) density[start + i] = counts[start + i] / sum / sizes[i];
  }
  return density;
}

/**
 * Effective area from counts of selected and simulated events, in the unit of the area. NaN where nothing was simulated.
 *
 * @param counts - by offset, then energy
 * @param simulated - expected number of simulated showers, in the same order
 */
export function effectiveArea(counts: Float64Array, simulated: Float64Array, area: number): Float64Array {
  return counts.map((count, i) => (count / simulated[i]) * area);
}

/**
 * Energy dispersion: probability density of reconstructed over true energy. Its integral over the range of the axis is 1, or 0
 * without events.
 *
 * @param counts - the migration is the last axis
 */
export function energyDispersion(counts: Float64Array, migrationEdges: Float64Array): Float64Array {
  return normalizedRows(counts, widths(migrationEdges));
}

/**
 * Point spread function: probability density per solid angle, 1/sr. Its integral over the range of the axis is 1, or 0 without events.
 *
 * @param counts - the angle to the source is the last axis
 * @param solidAngles - of the rings of this axis, sr
 */
export function pointSpread(counts: Float64Array, solidAngles: Float64Array): Float64Array {
  return normalizedRows(counts, solidAngles);
}

/**
 * Background rate per energy, solid angle and time.
 *
 * @param weighted - sums of weights, with the energy as the last axis
 * @param energyEdges - in the unit of the rate
 * @param solidAngles - of the bins of the field of view, in their order, sr
 */
export function backgroundRate(
  weighted: Float64Array,
  energyEdges: Float64Array,
  solidAngles: Float64Array,
  seconds: number,
): Float64Array {
  const energies = widths(energyEdges);
  const n = energies.length;
  return weighted.map((sum, i) => sum / energies[i % n] / seconds / solidAngles[Math.floor(i / n)]);
}

/** Reorders an array of two axes: `result[j * n + i] = values[i * m + j]`. */
export function transposed(values: Float64Array, n: number, m: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) result[j * n + i] = values[i * m + j];
  return result;
}

function widths(edges: Float64Array): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, i) => edges[i + 1] - edges[i]);
}
