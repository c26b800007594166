import type { PhotoElectrons } from '../units.js';

/** Threshold on the charge: one for the camera, or one per pixel. */
export type Thresholds = PhotoElectrons | Float32Array | Float64Array;

/**
 * Sets a bit in the mask for each pixel at or above its threshold; NaN is below any.
 *
 * A single threshold is compared in the precision of the image, as in numpy.
 */
export function markAbove(
  image: Float32Array | Float64Array,
  thresholds: Thresholds,
  bit: number,
  mask: Uint8Array,
): void {
  if (typeof thresholds === 'number') {
    const threshold = image instanceof Float32Array ? Math.fround(thresholds) : thresholds;
    for (let pixel = 0; pixel < mask.length; pixel++) if (image[pixel] >= threshold) mask[pixel] |= bit;
  } else {
    for (let pixel = 0; pixel < mask.length; pixel++) if (image[pixel] >= thresholds[pixel]) mask[pixel] |= bit;
  }
}

/** @throws RangeError unless all arrays have one entry per pixel */
export function checkPixels(
  kernel: string,
  nPixels: number,
  arrays: Readonly<Record<string, { readonly length: number }>>,
): void {
  const entries = Object.entries(arrays);
  if (entries.every(([, { length }]) => length === nPixels)) return;
  const found = entries.map(([name, { length }]) => `${name} of ${length}`).join(', ');
  throw new RangeError(`${kernel}: expected ${nPixels} pixels, found ${found}`);
}

/** Bits of the mask for pixels at or above the picture threshold, and the boundary threshold. */
export const ABOVE_PICTURE = 1;
export const ABOVE_BOUNDARY = 2;

/** Indices of the marked pixels. Allocated once, since it is as large as a camera. */
let marked = new Int32Array(0);

/**
 * Marks the pixels of an empty mask that are above the thresholds. Later steps visit only these few pixels.
 *
 * @returns indices of the marked pixels, ascending
 */
export function markLevels(
  image: Float32Array | Float64Array,
  picture: Thresholds,
  boundary: Thresholds,
  mask: Uint8Array,
): Int32Array {
  if (marked.length < mask.length) marked = new Int32Array(mask.length);
  let count = 0;
  if (typeof picture === 'number' && typeof boundary === 'number') {
    const isSingle = image instanceof Float32Array;
    const high = isSingle ? Math.fround(picture) : picture;
    const low = isSingle ? Math.fround(boundary) : boundary;
    const lowest = Math.min(high, low);
    for (let pixel = 0; pixel < mask.length; pixel++) {
      const charge = image[pixel];
      if (!(charge >= lowest)) continue;
      marked[count++] = pixel;
      mask[pixel] = (charge >= high ? ABOVE_PICTURE : 0) | (charge >= low ? ABOVE_BOUNDARY : 0);
    }
  } else {
    markAbove(image, picture, ABOVE_PICTURE, mask);
    markAbove(image, boundary, ABOVE_BOUNDARY, mask);
    for (let pixel = 0; pixel < mask.length; pixel++) if (mask[pixel] !== 0) marked[count++] = pixel;
  }
  return marked.slice(0, count);
}

/** Reduces a mask of bits to 1 for the given pixels with `bit` and 0 for the others; returns the number of ones. */
export function keepMarked(mask: Uint8Array, bit: number, pixels: Int32Array): number {
  let count = 0;
  for (let k = 0; k < pixels.length; k++) {
    const kept = (mask[pixels[k]] & bit) === 0 ? 0 : 1;
    mask[pixels[k]] = kept;
    count += kept;
  }
  return count;
}
