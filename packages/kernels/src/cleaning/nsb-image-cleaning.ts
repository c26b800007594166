import type { Neighbors } from '../camera/neighbors.js';
import { largestIsland, numberOfIslands } from '../image/morphology-parameters.js';
import type { Nanoseconds, PhotoElectrons } from '../units.js';
import { applyTimeDeltaCleaning } from './apply-time-delta-cleaning.js';
import { brightCleaning, type BrightCleaningOptions } from './bright-cleaning.js';
import type { Thresholds } from './mark-above.js';
import { tailcutsClean, type TailcutsOptions } from './tailcuts.js';

export interface NsbCleaningOptions extends TailcutsOptions {
  /** Drop pixels without neighbours of their time; missing for no such step. */
  readonly timeDelta?: {
    readonly peakTime: Float32Array;
    readonly minNeighbors: number;
    readonly timeLimit: Nanoseconds;
  };
  /** Drop dim pixels of bright images; missing for no such step. */
  readonly bright?: BrightCleaningOptions;
  readonly largestIslandOnly?: boolean;
}

/**
 * The cleaning of LST: tail-cuts whose picture threshold follows the night-sky background of each pixel, then three steps
 * that may be left out (ctapipe 0.32 `nsb_image_cleaning`; H. Abe et al., ApJ 956 (2023) 80).
 *
 * @param image - charges, one per pixel; NaN is below any threshold
 * @param picture - see {@link pictureAboveNoise}
 * @param mask - result, 1 for each pixel that is kept
 * @returns how many pixels are kept
 * @throws RangeError when image or mask have another number of pixels than the camera
 */
export function nsbImageCleaning(
  neighbors: Neighbors,
  image: Float32Array,
  picture: Thresholds,
  boundary: Thresholds,
  options: NsbCleaningOptions,
  mask: Uint8Array,
): number {
  const { timeDelta, bright, largestIslandOnly = false } = options;
  let count = tailcutsClean(neighbors, image, picture, boundary, options, mask);
  if (count === 0) return 0;
  if (timeDelta) {
    const { peakTime, minNeighbors, timeLimit } = timeDelta;
    count = applyTimeDeltaCleaning(neighbors, mask, peakTime, minNeighbors, timeLimit);
  }
  if (bright) count = brightCleaning(image, bright, mask);
  if (largestIslandOnly) {
    mask.set(largestIsland(numberOfIslands(neighbors, mask)));
    count = mask.reduce((sum, bit) => sum + bit, 0);
  }
  return count;
}

/**
 * The picture threshold of each pixel: a multiple of its pedestal's standard deviation, and at least the same for all.
 *
 * @param pedestalStd - per pixel; a pixel where it is NaN is above no threshold
 */
export function pictureAboveNoise(
  pedestalStd: Float32Array | Float64Array,
  factor: number,
  minimum: PhotoElectrons,
): Float64Array {
  const thresholds = new Float64Array(pedestalStd.length);
  for (let pixel = 0; pixel < thresholds.length; pixel++) {
    thresholds[pixel] = Math.max(pedestalStd[pixel] * factor, minimum);
  }
  return thresholds;
}
