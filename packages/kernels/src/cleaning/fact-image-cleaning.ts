import type { Neighbors } from '../camera/neighbors.js';
import type { Nanoseconds } from '../units.js';
import { applyTimeDeltaCleaning } from './apply-time-delta-cleaning.js';
import { ABOVE_BOUNDARY, ABOVE_PICTURE, checkPixels, keepMarked, markLevels, type Thresholds } from './mark-above.js';

/** Parameters of {@link factImageCleaning}. */
export interface FactCleaningOptions {
  /** Number of neighbours that a pixel needs in each step; 0 skips the steps that compare times. */
  readonly minPictureNeighbors: number;
  /** The peak times of neighbours differ by less than this. */
  readonly timeLimit: Nanoseconds;
}

// Further bits of the mask, used while it is computed.
const IN_PICTURE = 4;
const SELECTED = 8;

/**
 * Image cleaning of FACT (ctapipe 0.32 `fact_image_cleaning`; F. Temme, PhD thesis, TU Dortmund 2016).
 *
 * Selects picture pixels with enough picture neighbours, and the pixels above the boundary threshold that are among
 * them or touch one; then removes pixels whose neighbours have other peak times.
 *
 * @param image - charge per pixel, p.e.; NaN is below any threshold
 * @param peakTime - per pixel, ns; a NaN agrees with no other time
 * @param mask - result, 1 for each selected pixel
 * @returns number of selected pixels
 * @throws RangeError unless image, times and mask have the camera's number of pixels
 */
export function factImageCleaning(
  neighbors: Neighbors,
  image: Float32Array,
  peakTime: Float32Array,
  picture: Thresholds,
  boundary: Thresholds,
  { minPictureNeighbors, timeLimit }: FactCleaningOptions,
  mask: Uint8Array,
): number {
  checkPixels('factImageCleaning', neighbors.offsets.length - 1, { image, peakTime, mask });
  mask.fill(0);
  const pixels = markLevels(image, picture, boundary, mask);
  keepWithNeighbors(neighbors, mask, pixels, ABOVE_PICTURE, minPictureNeighbors, IN_PICTURE);
  const { offsets, indices } = neighbors;
  for (let k = 0; k < pixels.length; k++) {
    const pixel = pixels[k];
    if ((mask[pixel] & ABOVE_BOUNDARY) === 0) continue;
    let inOrAround = mask[pixel];
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) inOrAround |= mask[indices[j]];
    if ((inOrAround & IN_PICTURE) !== 0) mask[pixel] |= SELECTED;
  }
  const count = keepMarked(mask, SELECTED, pixels);
  if (minPictureNeighbors <= 0) return count;

  applyTimeDeltaCleaning(neighbors, mask, peakTime, minPictureNeighbors, timeLimit);
  keepWithNeighbors(neighbors, mask, pixels, 1, minPictureNeighbors, SELECTED);
  keepMarked(mask, SELECTED, pixels);
  return applyTimeDeltaCleaning(neighbors, mask, peakTime, minPictureNeighbors, timeLimit);
}

/** Sets the bit `kept` for those pixels that have `bit` and at least `minNeighbors` neighbours with `bit`. */
function keepWithNeighbors(
  { offsets, indices }: Neighbors,
  mask: Uint8Array,
  pixels: Int32Array,
  bit: number,
  minNeighbors: number,
  kept: number,
): void {
  for (let k = 0; k < pixels.length; k++) {
    const pixel = pixels[k];
    if ((mask[pixel] & bit) === 0) continue;
    let count = 0;
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) if ((mask[indices[j]] & bit) !== 0) count++;
    if (count >= minNeighbors) mask[pixel] |= kept;
  }
}
