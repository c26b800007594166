import type { Neighbors } from '../camera/neighbors.js';
import { brightestIsland, numberOfIslands } from '../image/morphology-parameters.js';
import { pairwiseSum, selectedPixels } from '../image/pixel-plane.js';
import type { Nanoseconds } from '../units.js';
import type { Thresholds } from './mark-above.js';

/**
 * Removes from a mask the pixels whose peak time is far from the charge-squared-weighted mean time of the brightest
 * island (ctapipe 0.32 `apply_time_average_cleaning`).
 *
 * For bright pixels, of at least twice the picture threshold, the limit is doubled: images of distant showers are
 * spread in time. Where the mean time is undefined (a NaN peak time, or no charge), all pixels are removed.
 *
 * @param mask - 1 for each selected pixel; changed in place
 * @param image - charge per pixel, p.e.
 * @param peakTime - per pixel, ns
 * @param timeLimit - pixels with at least this difference from the mean time are removed
 * @returns number of pixels that remain
 */
export function applyTimeAverageCleaning(
  neighbors: Neighbors,
  mask: Uint8Array,
  image: Float32Array,
  peakTime: Float32Array,
  picture: Thresholds,
  timeLimit: Nanoseconds,
): number {
  const islands = numberOfIslands(neighbors, mask);
  if (islands.nIslands === 0) return 0;
  const average = meanTime(selectedPixels(brightestIsland(islands, image)), image, peakTime);
  let count = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (mask[pixel] === 0) continue;
    const isBright = image[pixel] >= (typeof picture === 'number' ? Math.fround(2 * picture) : 2 * picture[pixel]);
    const limit = isBright ? 2 * timeLimit : timeLimit;
    mask[pixel] = Math.abs(Math.fround(peakTime[pixel] - average)) < limit ? 1 : 0;
    count += mask[pixel];
  }
  return count;
}

/** Single precision in numpy's order of summation, because a pixel may lie exactly on the limit. */
function meanTime(selected: Int32Array, image: Float32Array, peakTime: Float32Array): Nanoseconds {
  const weights = new Float32Array(selected.length);
  const weighted = new Float32Array(selected.length);
  for (let k = 0; k < selected.length; k++) {
    const pixel = selected[k];
    weights[k] = image[pixel] * image[pixel];
    weighted[k] = peakTime[pixel] * weights[k];
  }
  return Math.fround(pairwiseSum(weighted) / pairwiseSum(weights));
}
