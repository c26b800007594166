import type { Neighbors } from '../camera/neighbors.js';
import { largestIsland, numberOfIslands } from '../image/morphology-parameters.js';
import type { Nanoseconds, PhotoElectrons } from '../units.js';
import { applyTimeDeltaCleaning } from './apply-time-delta-cleaning.js';
import { brightCleaning, type BrightCleaningOptions } from './bright-cleaning.js';
import type { Thresholds } from './mark-above.js';
import { tailcutsClean, type TailcutsOptions } from './tailcuts.js';

/** Parameters of {@link nsbImageCleaning}. */
export interface NsbCleaningOptions extends TailcutsOptions {
  /** Removes pixels without neighbours of about the same peak time; undefined skips this step. */
  readonly timeDelta?: {
    readonly peakTime: Float32Array;
    readonly minNeighbors: number;
    readonly timeLimit: Nanoseconds;
  };
  /** Removes dim pixels from bright images; undefined skips this step. */
  readonly bright?: BrightCleaningOptions;
  readonly largestIslandOnly?: boolean;
}

/**
 * Image cleaning of LST: tail cuts with a picture threshold that follows the night-sky background of each pixel, and
 * three optional steps (ctapipe 0.32 `nsb_image_cleaning`; H. Abe et al., ApJ 956 (2023) 80).
 *
 * @param image - charge per pixel, p.e.; NaN is below any threshold
 * @param picture - see {@link pictureAboveNoise}
 * @param mask - result, 1 for each selected pixel
 * @returns number of selected pixels
 * @throws RangeError unless image and mask have the camera's number of pixels
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
 * Picture threshold of each pixel: a multiple of the standard deviation of its pedestal, but not below `minimum`.
 *
 * @param pedestalStd - per pixel, p.e.; a NaN gives a NaN threshold, above which no charge is
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
