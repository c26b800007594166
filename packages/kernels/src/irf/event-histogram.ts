/**
 * Index of the bin `[edge, next edge)` of a value; -1 outside, and for NaN. The upper edge of the last bin is outside.
 *
 * @param edges - ascending
 */
export function binIndex(value: number, edges: Float64Array): number {
  if (!(value >= edges[0] && value < edges[edges.length - 1])) return -1;
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (edges[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** Bins of many values, see {@link binIndex}. Source: pyirf 0.14 `calculate_bin_indices`. */
export function binIndices(values: Float64Array, edges: Float64Array): Int32Array {
  const indices = new Int32Array(values.length);
  for (let i = 0; i < indices.length; i++) indices[i] = binIndex(values[i], edges);
  return indices;
}

/** Axis of a histogram: a value per event, and bin edges. */
export interface HistogramAxis {
  readonly values: Float64Array;
  /** Ascending. The last bin includes its upper edge. */
  readonly edges: Float64Array;
}

/** Which events to fill, and with which weights. Default: all, with 1. */
export interface HistogramOptions {
  /** Events to fill: not 0. */
  readonly mask?: Uint8Array | undefined;
  readonly weights?: Float64Array | undefined;
}

/**
 * Fills a histogram of any number of dimensions; values outside the axes do not count. Source: numpy `histogramdd`.
 *
 * @returns contents in C order: the last axis is the fastest
 */
export function histogram(axes: readonly HistogramAxis[], { mask, weights }: HistogramOptions = {}): Float64Array {
  const size = axes.reduce((product, { edges }) => product * (edges.length - 1), 1);
  const contents = new Float64Array(size);
  const nEvents = axes[0].values.length;
  for (let event = 0; event < nEvents; event++) {
    if (mask !== undefined && mask[event] === 0) continue;
    let cell = 0;
    for (const { values, edges } of axes) {
      const nBins = edges.length - 1;
      const value = values[event];
      const bin = value === edges[nBins] ? nBins - 1 : binIndex(value, edges);
      if (bin < 0) {
        cell = -1;
        break;
      }
      cell = cell * nBins + bin;
    }
    if (cell >= 0) contents[cell] += weights === undefined ? 1 : weights[event];
  }
  return contents;
}
