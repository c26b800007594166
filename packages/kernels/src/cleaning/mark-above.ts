import type { PhotoElectrons } from '../units.js';

/** One threshold for the camera, or one for each pixel. */
export type Thresholds = PhotoElectrons | Float32Array | Float64Array;

/**
 * Sets a bit in the mask for each pixel at or above its threshold; NaN is below any.
 *
 * Compares in the image's own precision, as numpy does with one threshold for the camera.
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

/** @throws RangeError when something has another number of pixels than the camera */
export function checkPixels(nPixels: number, pixels: Readonly<Record<string, { readonly length: number }>>): void {
  const values = Object.entries(pixels);
  if (values.every(([, { length }]) => length === nPixels)) return;
  const found = values.map(([name, { length }]) => `${name} of ${length}`).join(' and ');
  throw new RangeError(`${found[0].toUpperCase()}${found.slice(1)} do not fit ${nPixels} pixels.`);
}

/** Makes a mask of 1 and 0 of one in which a bit tells which pixels are kept; returns how many are. */
export function keepMarked(mask: Uint8Array, bit: number): number {
  let count = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    mask[pixel] = (mask[pixel] & bit) === 0 ? 0 : 1;
    count += mask[pixel];
  }
  return count;
}
