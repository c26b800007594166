/** Events of a scan of cuts. */
export interface ScannedEvents {
  /** Energy bin of each event, negative for none. */
  readonly bins: Int32Array;
  readonly ghScore: Float64Array;
  readonly weight: Float64Array;
  /** Number of telescopes of each event. */
  readonly multiplicity: ArrayLike<number>;
}

/** Cuts of a scan per energy bin, `cuts[bin * n + i]`. */
export interface ScannedCuts {
  /** Least gammaness: descending within a bin. */
  readonly gh: Float64Array;
  readonly nGh: number;
  /** Largest angle to the source, ascending within a bin. */
  readonly theta: Float64Array;
  readonly nTheta: number;
}

/**
 * Sums of weights of the events that pass each combination of cuts on gammaness and direction, in one pass: each event is put in
 * the cell of the tightest cuts that it passes, and the cells are accumulated.
 *
 * @param theta - angle to the source of each event; undefined: no cut on the direction, and one combination per cut on gammaness
 * @returns `sums[(bin * nGh + gh) * nTheta + theta]`
 */
export function passedWeights(
  events: ScannedEvents,
  theta: Float64Array | undefined,
  minMultiplicity: number,
  cuts: ScannedCuts,
  nBins: number,
): Float64Array {
  const { nGh } = cuts;
  const nTheta = theta === undefined ? 1 : cuts.nTheta;
  const sums = new Float64Array(nBins * nGh * nTheta);
  const { bins, ghScore, weight, multiplicity } = events;
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i];
    if (bin < 0 || multiplicity[i] < minMultiplicity) continue;
    let g = 0;
    while (g < nGh && !(ghScore[i] >= cuts.gh[bin * nGh + g])) g++;
    if (g === nGh) continue;
    let t = 0;
    if (theta !== undefined) {
      while (t < nTheta && !(theta[i] <= cuts.theta[bin * nTheta + t])) t++;
      if (t === nTheta) continue;
    }
    sums[(bin * nGh + g) * nTheta + t] += weight[i];
  }
  for (let bin = 0; bin < nBins; bin++) accumulate(sums, bin * nGh * nTheta, nGh, nTheta);
  return sums;
}

/** Replaces the cells of a matrix by the sums of all cells up to them. */
function accumulate(sums: Float64Array, start: number, nRows: number, nColumns: number): void {
  for (let row = 0; row < nRows; row++) {
    for (let column = 0; column < nColumns; column++) {
      const at = start + row * nColumns + column;
      if (column > 0) sums[at] += sums[at - 1];
    }
  }
  for (let at = start + nColumns; at < start + nRows * nColumns; at++) sums[at] += sums[at - nColumns];
}

/** Events that pass a cut in their bin: 1, else 0. @param isMinimum - whether values must be at least, or at most, the cut */
export function passesBinnedCut(
  values: ArrayLike<number>,
  bins: Int32Array,
  cut: ArrayLike<number>,
  isMinimum: boolean,
): Uint8Array {
  const passed = new Uint8Array(bins.length);
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i];
    if (bin < 0) continue;
    passed[i] = Number(isMinimum ? values[i] >= cut[bin] : values[i] <= cut[bin]);
  }
  return passed;
}
