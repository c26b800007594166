import type { Neighbors } from '../camera/neighbors.js';
import type { Nanoseconds } from '../units.js';
import { applyTimeAverageCleaning } from './apply-time-average-cleaning.js';
import { ABOVE_BOUNDARY, ABOVE_PICTURE, checkPixels, keepMarked, markLevels, type Thresholds } from './mark-above.js';

export interface TimeConstrainedOptions {
  /** A core pixel needs so many neighbours above the picture threshold, a boundary pixel so many core pixels of its time. */
  readonly minPictureNeighbors: number;
  /** Core pixels are nearer to the mean time of the brightest island. */
  readonly timeLimitCore: Nanoseconds;
  /** The time of a boundary pixel differs by less from that of a core pixel that it touches. */
  readonly timeLimitBoundary: Nanoseconds;
}

// what is known of a pixel while its place in the mask is worked on; the first is a mask's own bit
const CORE = 1;
const IN_PICTURE = 4;
const SELECTED = 8;

/**
 * The cleaning of MAGIC: core pixels of the time of the brightest island, and around them pixels of the time of their core
 * pixels (ctapipe 0.32 `time_constrained_clean`; E. Aliu et al., Astropart. Phys. 30 (2009) 293).
 *
 * @param image - charges, one per pixel; NaN is below any threshold
 * @param peakTime - per pixel, ns; NaN is at no time
 * @param mask - result, 1 for each pixel that is kept
 * @returns how many pixels are kept
 * @throws RangeError when image, times or mask have another number of pixels than the camera
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
  checkPixels(offsets.length - 1, { 'an image': image, 'peak times': peakTime, 'a mask': mask });
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
