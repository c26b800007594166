import { lowerBound } from '../../numeric/index.js';
import type { RandomStream } from '../../random/index.js';
import { floatBelow } from '../float-below.js';

/** Number of rows of which quantiles are computed; more are sampled. */
const MAX_SAMPLED = 200_000;

/**
 * Thresholds between the bins of each feature: the midpoints between its values if these are few, otherwise quantiles. Source: the
 * `_BinMapper` of scikit-learn.
 *
 * @param features - of one row after the other
 * @param maxBins - at most 255
 */
export function binThresholds(
  features: Float32Array,
  nFeatures: number,
  maxBins: number,
  random: RandomStream,
): Float32Array[] {
  const nRows = features.length / nFeatures;
  const nSampled = Math.min(nRows, MAX_SAMPLED);
  const sampled = Int32Array.from({ length: nSampled }, (_, i) =>
    nRows <= MAX_SAMPLED ? i : Math.floor(random.uniform() * nRows),
  );
  const values = new Float32Array(nSampled);
  return Array.from({ length: nFeatures }, (_, feature) => {
    for (let i = 0; i < nSampled; i++) values[i] = features[sampled[i] * nFeatures + feature];
    values.sort();
    const distinct = values.filter((value, i) => i === 0 || value !== values[i - 1]);
    if (distinct.length <= maxBins) {
      return Float32Array.from({ length: Math.max(0, distinct.length - 1) }, (__, i) =>
        middle(distinct[i], distinct[i + 1]),
      );
    }
    const quantiles = Float32Array.from({ length: maxBins - 1 }, (__, i) => {
      const place = ((i + 1) / maxBins) * (nSampled - 1);
      return middle(values[Math.floor(place)], values[Math.ceil(place)]);
    });
    return quantiles.filter((value, i) => i === 0 || value !== quantiles[i - 1]);
  });
}

function middle(below: number, above: number): number {
  return floatBelow((below + above) / 2);
}

/** Bin of each feature of each row: the number of thresholds below it. */
export function binFeatures(features: Float32Array, thresholds: readonly Float32Array[], bins: Uint8Array): void {
  const nFeatures = thresholds.length;
  for (let feature = 0; feature < nFeatures; feature++) {
    for (let i = feature; i < features.length; i += nFeatures) bins[i] = lowerBound(thresholds[feature], features[i]);
  }
}
