import type { Neighbors } from '../camera/neighbors.js';
import type { RandomStream } from '../random/random-stream.js';
import type { PhotoElectrons } from '../units.js';

/**
 * Image as seen with a wider point spread function: a random fraction of each pixel's charge moves to its neighbours.
 *
 * Each pixel distributes its charge over the same number of neighbours, the largest in the camera; at the border,
 * charge for the missing ones is lost. Source: ctapipe 0.32 `_smear_psf_randomly`.
 *
 * @param image - charge per pixel; not changed
 * @param fraction - expected fraction of the charge that moves
 */
export function smearImage(
  { offsets, indices }: Neighbors,
  image: Float32Array,
  fraction: number,
  random: RandomStream,
): Float32Array {
  let nTargets = 0;
  for (let pixel = 0; pixel < image.length; pixel++) nTargets = Math.max(nTargets, offsets[pixel + 1] - offsets[pixel]);
  const smeared = image.slice();
  for (let pixel = 0; pixel < image.length; pixel++) {
    if (!(image[pixel] > 0)) continue;
    // Splitting a Poisson variable evenly gives independent Poisson variables.
    const expected = (image[pixel] * fraction) / nTargets;
    for (let target = 0; target < nTargets; target++) {
      const moved = random.poisson(expected);
      smeared[pixel] -= moved;
      const neighbor = offsets[pixel] + target;
      if (neighbor < offsets[pixel + 1]) smeared[indices[neighbor]] += moved;
    }
  }
  return smeared;
}

/** Noise to add to images, separately for dim and bright pixels. */
export interface ImageNoise {
  /** Pixels with a larger charge are bright. */
  readonly transitionCharge: PhotoElectrons;
  /** Mean noise of a dim pixel. */
  readonly levelDim: PhotoElectrons;
  /** Mean noise of a bright pixel. */
  readonly levelBright: PhotoElectrons;
  /** Offset added to dim pixels: the bias of peak-searching extractors, which grows with the noise. */
  readonly biasDim: PhotoElectrons;
  /** Subtract the mean noise. */
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
