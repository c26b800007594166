import type { PhotoElectrons } from '../units.js';

/** Parameters of {@link brightCleaning}. */
export interface BrightCleaningOptions {
  /** Minimum mean charge of the brightest pixels; dimmer images are left unchanged. */
  readonly threshold: PhotoElectrons;
  /** Pixels below this fraction of the mean of the brightest pixels are removed. */
  readonly fraction: number;
  /** Number of brightest pixels to average. */
  readonly nPixels: number;
}

/**
 * Removes from a mask the pixels that are dim compared with the brightest pixels of the image; the latter need not be
 * selected (ctapipe 0.32 `bright_cleaning`).
 *
 * @param image - charge per pixel, p.e.; NaN is not among the brightest
 * @param mask - 1 for each selected pixel; changed in place
 * @returns number of pixels that remain
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

/** NaN for no pixels. */
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
