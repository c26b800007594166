import type { RandomStream } from '../../random/index.js';
import { floatBelow } from '../float-below.js';
import { sortFloats } from './sort-floats.js';

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
    sortFloats(values);
    const distinct = firstDistinct(values, maxBins + 1);
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

/** The first distinct values of sorted ones. */
function firstDistinct(sorted: Float32Array, limit: number): number[] {
  const distinct: number[] = [];
  for (const value of sorted) {
    if (value !== distinct.at(-1)) distinct.push(value);
    if (distinct.length === limit) break;
  }
  return distinct;
}

/**
 * Bin of each feature of each row: the number of thresholds below it, at most 255.
 *
 * @param features - of one row after the other
 * @param bins - result, of all rows, one feature after the other
 */
export function binFeatures(features: Float32Array, thresholds: readonly Float32Array[], bins: Uint8Array): void {
  const nFeatures = thresholds.length;
  let next = 0;
  for (let feature = 0; feature < nFeatures; feature++) {
    const padded = new Float32Array(256).fill(Infinity);
    padded.set(thresholds[feature]);
    for (let i = feature; i < features.length; i += nFeatures) bins[next++] = numberBelow(padded, features[i]);
  }
}

/** Number of thresholds below a value: a binary search without branches, which would often be predicted wrongly. */
function numberBelow(thresholds: Float32Array, value: number): number {
  let n = Number(thresholds[127] < value) << 7;
  n += Number(thresholds[n + 63] < value) << 6;
  n += Number(thresholds[n + 31] < value) << 5;
  n += Number(thresholds[n + 15] < value) << 4;
  n += Number(thresholds[n + 7] < value) << 3;
  n += Number(thresholds[n + 3] < value) << 2;
  n += Number(thresholds[n + 1] < value) << 1;
  return n + Number(thresholds[n] < value);
}
