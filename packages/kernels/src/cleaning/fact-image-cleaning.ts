import type { Neighbors } from '../camera/neighbors.js';
import type { Nanoseconds } from '../units.js';
import { applyTimeDeltaCleaning } from './apply-time-delta-cleaning.js';
import { ABOVE_BOUNDARY, ABOVE_PICTURE, checkPixels, keepMarked, markLevels, type Thresholds } from './mark-above.js';

export interface FactCleaningOptions {
  /** A pixel needs so many neighbours in each step: none for no steps that look at times. */
  readonly minPictureNeighbors: number;
  /** The times of neighbours differ by less. */
  readonly timeLimit: Nanoseconds;
}

// what else is known of a pixel while its place in the mask is worked on
const IN_PICTURE = 4;
const SELECTED = 8;

/**
 * The cleaning of FACT: picture pixels with neighbours, what is above the boundary threshold in and around them, and of
 * these the pixels whose neighbours are of the same time (ctapipe 0.32 `fact_image_cleaning`; F. Temme, PhD thesis, TU Dortmund
 * 2016).
 *
 * @param image - charges, one per pixel; NaN is below any threshold
 * @param peakTime - per pixel, ns; NaN is at no time
 * @param mask - result, 1 for each pixel that is kept
 * @returns how many pixels are kept
 * @throws RangeError when image, times or mask have another number of pixels than the camera
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
  checkPixels(neighbors.offsets.length - 1, { 'an image': image, 'peak times': peakTime, 'a mask': mask });
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

/** Sets a bit for those of the pixels that have another one and so many neighbours that have it, too. */
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
