import type { Neighbors } from '../camera/neighbors.js';
import { selectedPixels } from '../image/pixel-plane.js';
import type { Nanoseconds } from '../units.js';
import { keepMarked } from './mark-above.js';

const SELECTED = 1;
const KEPT = 2;

/**
 * Drops the pixels of a mask that have too few neighbours in it whose pulse came at about the same time (ctapipe 0.32
 * `apply_time_delta_cleaning`).
 *
 * @param mask - 1 for each pixel that is in; changed in place
 * @param peakTime - per pixel, ns; NaN is at no time
 * @param minNeighbors - so many neighbours a pixel needs
 * @param timeLimit - the times of such neighbours differ by less
 * @returns how many pixels are left
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
      // Differences have the precision of the times, as in numpy: on the limit that decides.
      if ((mask[neighbor] & SELECTED) !== 0 && Math.abs(Math.fround(time - peakTime[neighbor])) < limit) count++;
    }
    if (count >= minNeighbors) mask[pixel] |= KEPT;
  }
  return keepMarked(mask, KEPT, pixels);
}
