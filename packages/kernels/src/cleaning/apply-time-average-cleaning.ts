import type { Neighbors } from '../camera/neighbors.js';
import { brightestIsland, numberOfIslands } from '../image/morphology-parameters.js';
import { pairwiseSum, selectedPixels } from '../image/pixel-plane.js';
import type { Nanoseconds } from '../units.js';
import type { Thresholds } from './mark-above.js';

/**
 * Drops the pixels of a mask whose pulse came far from the mean time of the brightest island, in which each pixel weighs
 * with its charge squared (ctapipe 0.32 `apply_time_average_cleaning`).
 *
 * Bright pixels, from twice the picture threshold on, are given twice the time: showers far from the telescope make images
 * that take long. Where the mean time is not defined (a NaN among the times, or no charge) no pixel is near it.
 *
 * @param mask - 1 for each pixel that is in; changed in place
 * @param image - charges, one per pixel
 * @param peakTime - per pixel, ns
 * @param timeLimit - pixels are kept that are nearer to the mean time
 * @returns how many pixels are left
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

/** In single precision and in numpy's order, since a pixel may lie on the limit. */
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
