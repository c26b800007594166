import type { Neighbors } from '../camera/neighbors.js';
import type { RandomStream } from '../random/random-stream.js';
import type { PhotoElectrons } from '../units.js';

/**
 * An image seen with a wider point spread function: from each pixel a random part of the light moves to its neighbours.
 *
 * Each pixel has as many ways out as the pixel with most neighbours, so light leaves the camera at its border.
 * Source: ctapipe 0.32 `_smear_psf_randomly`.
 *
 * @param image - charge per pixel; not changed
 * @param fraction - expected part of a pixel's light that moves
 */
export function smearImage(
  { offsets, indices }: Neighbors,
  image: Float32Array,
  fraction: number,
  random: RandomStream,
): Float32Array {
  let waysOut = 0;
  for (let pixel = 0; pixel < image.length; pixel++) waysOut = Math.max(waysOut, offsets[pixel + 1] - offsets[pixel]);
  const smeared = image.slice();
  for (let pixel = 0; pixel < image.length; pixel++) {
    if (!(image[pixel] > 0)) continue;
    // A Poisson number that is dealt out evenly is as many independent Poisson numbers.
    const expected = (image[pixel] * fraction) / waysOut;
    for (let way = 0; way < waysOut; way++) {
      const moved = random.poisson(expected);
      smeared[pixel] -= moved;
      const neighbor = offsets[pixel] + way;
      if (neighbor < offsets[pixel + 1]) smeared[indices[neighbor]] += moved;
    }
  }
  return smeared;
}

/** Noise that is added to an image, different for dim pixels and for bright ones. */
export interface ImageNoise {
  /** Pixels above this are bright. */
  readonly transitionCharge: PhotoElectrons;
  /** Expected noise of a dim pixel. */
  readonly levelDim: PhotoElectrons;
  /** Expected noise of a bright pixel. */
  readonly levelBright: PhotoElectrons;
  /** Added to dim pixels: what an extractor that looks for peaks finds more in more noise. */
  readonly biasDim: PhotoElectrons;
  /** Subtract the expected noise. */
  readonly correctBias: boolean;
}

/** Adds Poisson noise to an image, in place. Source: ctapipe 0.32 `ImageModifier`. */
export function addNoise(image: Float32Array, noise: ImageNoise, random: RandomStream): void {
  for (let pixel = 0; pixel < image.length; pixel++) {
    const isBright = image[pixel] > noise.transitionCharge;
    const level = isBright ? noise.levelBright : noise.levelDim;
    image[pixel] += random.poisson(level);
    if (noise.correctBias) image[pixel] -= level;
    if (!isBright) image[pixel] += noise.biasDim;
  }
}
