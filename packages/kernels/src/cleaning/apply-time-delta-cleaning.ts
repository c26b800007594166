import type { Neighbors } from '../camera/neighbors.js';
import { selectedPixels } from '../image/pixel-plane.js';
import type { Nanoseconds } from '../units.js';
import { keepMarked } from './mark-above.js';

const SELECTED = 1;
const KEPT = 2;

/**
 * Removes from a mask the pixels with too few selected neighbours of about the same peak time (ctapipe 0.32
 * `apply_time_delta_cleaning`).
 *
 * @param mask - 1 for each selected pixel; changed in place
 * @param peakTime - per pixel, ns; a NaN agrees with no other time
 * @param minNeighbors - required number of neighbours within the time limit
 * @param timeLimit - the peak times of two such neighbours differ by less than this
 * @returns number of pixels that remain
 */
export function applyTimeDeltaCleaning(
  { offsets, indices }: Neighbors,
  mask: Uint8Array,
  peakTime: Float32Array,
  minNeighbors: number,
  timeLimit: Nanoseconds,
): number {
  const limit = Math.fround(timeLimit);
  const pixels = selectedPixels(mask);
  for (let k = 0; k < pixels.length; k++) {
    const pixel = pixels[k];
    const time = peakTime[pixel];
    let count = 0;
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) {
      const neighbor = indices[j];
      // Differences in single precision, as in numpy: a pixel may lie exactly on the limit.
      if ((mask[neighbor] & SELECTED) !== 0 && Math.abs(Math.fround(time - peakTime[neighbor])) < limit) count++;
    }
    if (count >= minNeighbors) mask[pixel] |= KEPT;
  }
  return keepMarked(mask, KEPT, pixels);
}
