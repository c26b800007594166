import type { Neighbors } from '../camera/neighbors.js';
import { ABOVE_BOUNDARY, ABOVE_PICTURE, checkPixels, keepMarked, markLevels, type Thresholds } from './mark-above.js';

export interface TailcutsOptions {
  /** Keep picture pixels that have no neighbour above the boundary threshold. */
  readonly keepIsolatedPixels?: boolean;
  /** A picture pixel needs so many picture neighbours; without effect if isolated pixels are kept. */
  readonly minPictureNeighbors?: number;
}

// what else is known of a pixel while its place in the mask is worked on
const IN_PICTURE = 4;
const SELECTED = 8;

/**
 * Two-level cleaning: pixels at or above the picture threshold, and those at or above the boundary threshold that touch
 * one of them (ctapipe 0.32 `tailcuts_clean`).
 *
 * Unless isolated pixels are kept, a picture pixel also needs a neighbour at or above the boundary threshold.
 *
 * @param image - charges, one per pixel; NaN is below any threshold
 * @param mask - result, 1 for each pixel that is kept
 * @returns how many pixels are kept
 * @throws RangeError when image or mask have another number of pixels than the camera
 */
export function tailcutsClean(
  neighbors: Neighbors,
  image: Float32Array | Float64Array,
  picture: Thresholds,
  boundary: Thresholds,
  options: TailcutsOptions,
  mask: Uint8Array,
): number {
  const { keepIsolatedPixels = false, minPictureNeighbors = 0 } = options;
  const { offsets, indices } = neighbors;
  const nPixels = offsets.length - 1;
  checkPixels(nPixels, { 'an image': image, 'a mask': mask });

  mask.fill(0);
  const pixels = markLevels(image, picture, boundary, mask);

  const needed = keepIsolatedPixels ? 0 : minPictureNeighbors;
  for (let k = 0; k < pixels.length; k++) {
    const pixel = pixels[k];
    if ((mask[pixel] & ABOVE_PICTURE) === 0) continue;
    let count = 0;
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) count += mask[indices[j]] & ABOVE_PICTURE;
    if (count >= needed) mask[pixel] |= IN_PICTURE;
  }

  for (let k = 0; k < pixels.length; k++) {
    const pixel = pixels[k];
    const level = mask[pixel];
    let around = 0;
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) around |= mask[indices[j]];
    const isPicture = (level & IN_PICTURE) !== 0 && (keepIsolatedPixels || (around & ABOVE_BOUNDARY) !== 0);
    const isBoundary = (level & ABOVE_BOUNDARY) !== 0 && (around & IN_PICTURE) !== 0;
    if (isPicture || isBoundary) mask[pixel] |= SELECTED;
  }

  return keepMarked(mask, SELECTED, pixels);
}
