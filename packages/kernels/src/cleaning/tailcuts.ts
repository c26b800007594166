import type { Neighbors } from '../camera/neighbors.js';
import { ABOVE_BOUNDARY, ABOVE_PICTURE, checkPixels, keepMarked, markLevels, type Thresholds } from './mark-above.js';

/** Parameters of {@link tailcutsClean}. */
export interface TailcutsOptions {
  /** Keep picture pixels without a neighbour above the boundary threshold. Default: false. */
  readonly keepIsolatedPixels?: boolean;
  /** Number of picture neighbours that a picture pixel needs; ignored if isolated pixels are kept. Default: 0. */
  readonly minPictureNeighbors?: number;
}

// Further bits of the mask, used while it is computed.
const IN_PICTURE = 4;
const SELECTED = 8;

/**
 * Two-level image cleaning: selects the pixels at or above the picture threshold, and those at or above the boundary
 * threshold that touch one of them (ctapipe 0.32 `tailcuts_clean`).
 *
 * Unless isolated pixels are kept, a picture pixel also needs a neighbour at or above the boundary threshold.
 *
 * @param image - charge per pixel, p.e.; NaN is below any threshold
 * @param mask - result, 1 for each selected pixel
 * @returns number of selected pixels
 * @throws RangeError unless image and mask have the camera's number of pixels
 *
 * @example
 * ```ts
 * import { buildPixelLookup, findNeighbors, neighborRule, tailcutsClean } from '@cherenkit/kernels';
 *
 * const x = Float64Array.of(0, 0.05, 0.1, 0, 0.05, 0.1); // two rows of square pixels, in m
 * const y = Float64Array.of(0, 0, 0, 0.05, 0.05, 0.05);
 * const neighbors = findNeighbors(buildPixelLookup(x, y), neighborRule('square', 'square'));
 * const image = Float32Array.of(12, 15, 6, 0, 7, 1);
 * const mask = new Uint8Array(image.length);
 * const nSelected = tailcutsClean(neighbors, image, 10, 5, { minPictureNeighbors: 1 }, mask);
 * console.log(nSelected, mask); // 4 pixels: 1 1 1 0 1 0
 * ```
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
  checkPixels('tailcutsClean', nPixels, { image, mask });

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
