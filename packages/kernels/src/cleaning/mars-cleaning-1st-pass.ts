import type { Neighbors } from '../camera/neighbors.js';
import { selectedPixels } from '../image/pixel-plane.js';
import { keepMarked, markAbove, type Thresholds } from './mark-above.js';
import { tailcutsClean, type TailcutsOptions } from './tailcuts.js';

// Bits of the mask while it is computed; the first is the result of tailcutsClean.
const FROM_TAILCUTS = 1;
const ABOVE_BOUNDARY = 2;
const SELECTED = 4;

/**
 * Tail-cuts cleaning with a second row of boundary pixels (ctapipe 0.32 `mars_cleaning_1st_pass`).
 *
 * Adds to the result of {@link tailcutsClean} the pixels at or above the boundary threshold that touch a selected
 * pixel.
 *
 * @param image - charge per pixel, p.e.; NaN is below any threshold
 * @param mask - result, 1 for each selected pixel
 * @returns number of selected pixels
 * @throws RangeError unless image and mask have the camera's number of pixels
 */
export function marsCleaning_1stPass(
  neighbors: Neighbors,
  image: Float32Array,
  picture: Thresholds,
  boundary: Thresholds,
  options: TailcutsOptions,
  mask: Uint8Array,
): number {
  const { offsets, indices } = neighbors;
  tailcutsClean(neighbors, image, picture, boundary, options, mask);
  markAbove(image, boundary, ABOVE_BOUNDARY, mask);
  const { keepIsolatedPixels = false } = options;
  const pixels = selectedPixels(mask);
  for (let k = 0; k < pixels.length; k++) {
    const pixel = pixels[k];
    const level = mask[pixel];
    let around = 0;
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) around |= mask[indices[j]];
    const isNew = (level & ABOVE_BOUNDARY) !== 0 && (around & FROM_TAILCUTS) !== 0;
    const stays = (level & FROM_TAILCUTS) !== 0 && (keepIsolatedPixels || (around & ABOVE_BOUNDARY) !== 0);
    if (isNew || stays) mask[pixel] |= SELECTED;
  }
  return keepMarked(mask, SELECTED, pixels);
}
