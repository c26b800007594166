import { gaussianFilter } from './gaussian-filter.js';
import { quantileOfSorted } from '../numeric/quantile.js';
import { sortedInBins } from './sorted-in-bins.js';

/** Options of {@link percentileCut}. */
export interface PercentileCutOptions {
  /** Percentile of the values of a bin, 0 to 100. */
  readonly percentile: number;
  /** Cut in bins with too few events. It is not limited. */
  readonly fillValue: number;
  /** Least number of events in a bin. Default: 10. */
  readonly minEvents?: number | undefined;
  /** Limits of the cuts. */
  readonly minValue?: number | undefined;
  readonly maxValue?: number | undefined;
  /** Standard deviation of a Gaussian that smooths the cuts, in bins. Default: none. */
  readonly smoothing?: number | undefined;
}

/** Cuts per bin. */
export interface BinnedCut {
  readonly cut: Float64Array;
  /** Number of events in each bin. */
  readonly nEvents: Int32Array;
}

/**
 * Cut on a quantity that keeps a percentage of the events in each bin of another quantity. Source: pyirf 0.14
 * `calculate_percentile_cut`.
 *
 * @param bins - bin of each event, negative for none
 */
export function percentileCut(
  values: Float64Array,
  bins: Int32Array,
  nBins: number,
  options: PercentileCutOptions,
): BinnedCut {
  const { cuts, nEvents } = percentileCuts(values, bins, nBins, { ...options, percentiles: [options.percentile] });
  const { smoothing } = options;
  return { cut: smoothing === undefined ? cuts : gaussianFilter(cuts, smoothing), nEvents };
}

/**
 * Cuts for several percentages, of which the events are sorted once.
 *
 * @returns `cuts[bin * percentiles.length + i]`, not smoothed
 */
export function percentileCuts(
  values: Float64Array,
  bins: Int32Array,
  nBins: number,
  options: Omit<PercentileCutOptions, 'percentile' | 'smoothing'> & { readonly percentiles: ArrayLike<number> },
): { readonly cuts: Float64Array; readonly nEvents: Int32Array } {
  const { percentiles, fillValue, minEvents = 10, minValue = -Infinity, maxValue = Infinity } = options;
  const nEvents = new Int32Array(nBins);
  for (const bin of bins) if (bin >= 0) nEvents[bin]++;
  const sorted = sortedInBins(values, bins, nBins);
  const cuts = new Float64Array(nBins * percentiles.length).fill(fillValue);
  for (let bin = 0; bin < nBins; bin++) {
    if (nEvents[bin] < minEvents || nEvents[bin] === 0) continue;
    for (let i = 0; i < percentiles.length; i++) {
      const value = quantileOfSorted(sorted[bin], percentiles[i] / 100);
      cuts[bin * percentiles.length + i] = Math.min(Math.max(value, minValue), maxValue);
    }
  }
  return { cuts, nEvents };
}
