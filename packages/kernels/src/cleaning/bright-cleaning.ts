import type { PhotoElectrons } from '../units.js';

export interface BrightCleaningOptions {
  /** Without effect where the mean of the brightest pixels is below this. */
  readonly threshold: PhotoElectrons;
  /** Pixels below this part of the mean of the brightest are dropped. */
  readonly fraction: number;
  /** So many pixels are the brightest. */
  readonly nPixels: number;
}

/**
 * Drops from a mask the pixels that are dim beside the brightest ones of the image, whether these are in the mask or not
 * (ctapipe 0.32 `bright_cleaning`).
 *
 * @param image - charges, one per pixel; NaN is none of the brightest
 * @param mask - 1 for each pixel that is in; changed in place
 * @returns how many pixels are left
 */
export function brightCleaning(
  image: Float32Array,
  { threshold, fraction, nPixels }: BrightCleaningOptions,
  mask: Uint8Array,
): number {
  const mean = meanOfBrightest(image, nPixels);
  const isBright = !(mean < threshold);
  let count = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (isBright && !(image[pixel] >= fraction * mean)) mask[pixel] = 0;
    count += mask[pixel];
  }
  return count;
}

/** NaN for the mean of no pixels, which nothing is above. */
function meanOfBrightest(image: Float32Array, nPixels: number): number {
  const brightest = new Float64Array(Math.min(nPixels, image.length)).fill(-Infinity);
  const last = brightest.length - 1;
  for (let pixel = 0; pixel < image.length; pixel++) {
    if (!(image[pixel] > brightest[last])) continue;
    let place = last;
    for (; place > 0 && brightest[place - 1] < image[pixel]; place--) brightest[place] = brightest[place - 1];
    brightest[place] = image[pixel];
  }
  let sum = 0;
  for (let place = 0; place <= last; place++) sum += brightest[place];
  return sum / brightest.length;
}
