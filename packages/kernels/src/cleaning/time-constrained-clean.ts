import type { Neighbors } from '../camera/neighbors.js';
import type { Nanoseconds } from '../units.js';
import { applyTimeAverageCleaning } from './apply-time-average-cleaning.js';
import { ABOVE_BOUNDARY, ABOVE_PICTURE, checkPixels, keepMarked, markLevels, type Thresholds } from './mark-above.js';

/** Parameters of {@link timeConstrainedClean}. */
export interface TimeConstrainedOptions {
  /**
   * Number of picture neighbours that a core pixel needs, and of core neighbours of about its time that a boundary
   * pixel needs.
   */
  readonly minPictureNeighbors: number;
  /** Maximum difference between the peak time of a core pixel and the mean time of the brightest island. */
  readonly timeLimitCore: Nanoseconds;
  /** The peak times of a boundary pixel and of its core neighbours differ by less than this. */
  readonly timeLimitBoundary: Nanoseconds;
}

// Bits of the mask while it is computed; the first is that of the result.
const CORE = 1;
const IN_PICTURE = 4;
const SELECTED = 8;

/**
 * Image cleaning of MAGIC (ctapipe 0.32 `time_constrained_clean`; E. Aliu et al., Astropart. Phys. 30 (2009) 293).
 *
 * Selects core pixels with a peak time near that of the brightest island, and boundary pixels with peak times near
 * those of their core neighbours.
 *
 * @param image - charge per pixel, p.e.; NaN is below any threshold
 * @param peakTime - per pixel, ns; a NaN agrees with no other time
 * @param mask - result, 1 for each selected pixel
 * @returns number of selected pixels
 * @throws RangeError unless image, times and mask have the camera's number of pixels
 */
export function timeConstrainedClean(
  neighbors: Neighbors,
  image: Float32Array,
  peakTime: Float32Array,
  picture: Thresholds,
  boundary: Thresholds,
  { minPictureNeighbors, timeLimitCore, timeLimitBoundary }: TimeConstrainedOptions,
  mask: Uint8Array,
): number {
  const { offsets, indices } = neighbors;
  checkPixels('timeConstrainedClean', offsets.length - 1, { image, peakTime, mask });
  mask.fill(0);
  const pixels = markLevels(image, picture, boundary, mask);
  const levels = mask.slice();
  for (let k = 0; k < pixels.length; k++) {
    const pixel = pixels[k];
    if ((mask[pixel] & ABOVE_PICTURE) === 0) continue;
    let count = 0;
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) if ((mask[indices[j]] & ABOVE_PICTURE) !== 0) count++;
    if (count >= minPictureNeighbors) mask[pixel] |= IN_PICTURE;
  }
  keepMarked(mask, IN_PICTURE, pixels);
  if (applyTimeAverageCleaning(neighbors, mask, image, peakTime, picture, timeLimitCore) === 0) return 0;

  const limit = Math.fround(timeLimitBoundary);
  for (let k = 0; k < pixels.length; k++) {
    const pixel = pixels[k];
    if ((mask[pixel] & CORE) !== 0) mask[pixel] |= SELECTED;
    else if ((levels[pixel] & ABOVE_BOUNDARY) !== 0) {
      let touching = 0;
      let ofItsTime = 0;
      for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) {
        const neighbor = indices[j];
        if ((mask[neighbor] & CORE) === 0) continue;
        touching++;
        if (Math.abs(Math.fround(peakTime[pixel] - peakTime[neighbor])) < limit) ofItsTime++;
      }
      if (touching > 0 && ofItsTime >= minPictureNeighbors) mask[pixel] |= SELECTED;
    }
  }
  return keepMarked(mask, SELECTED, pixels);
}
