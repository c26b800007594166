import { trait } from '@cherenkit/core';
import { timeConstrainedClean } from '@cherenkit/kernels';
import { requirePeakTime } from './require-peak-time.js';
import { TailcutsImageCleaner } from './tailcuts-image-cleaner.js';

/**
 * Core pixels of the time of the brightest island, and boundary pixels of the time of their core pixels.
 *
 * `keepIsolatedPixels` is without effect here. Source: ctapipe 0.32 `TimeConstrainedImageCleaner`.
 */
export class TimeConstrainedImageCleaner extends TailcutsImageCleaner.withTraits({
  timeLimitCoreNs: trait.perTelescope(
    trait.number({
      default: 4.5,
      unit: 'ns',
      help: 'Core pixels are nearer than this to the mean time of the brightest island, bright ones than twice this.',
    }),
  ),
  timeLimitBoundaryNs: trait.perTelescope(
    trait.number({
      default: 1.5,
      unit: 'ns',
      help: 'The peak times of a boundary pixel and of its core pixels differ by less than this.',
    }),
  ),
}) {
  static override readonly help = 'Two-level cleaning with limits on the peak times, as for MAGIC.';

  /** @throws CherenkitError PEAK_TIME_MISSING */
  override clean(telId: number, image: Float32Array, peakTime?: Float32Array): Uint8Array {
    const { traits } = this;
    const { neighbors } = this.context.subarray.telescope(telId).camera.geometry;
    const mask = new Uint8Array(image.length);
    timeConstrainedClean(
      neighbors,
      image,
      requirePeakTime(this, telId, peakTime),
      traits.pictureThresholdPe.for(telId),
      traits.boundaryThresholdPe.for(telId),
      {
        minPictureNeighbors: traits.minPictureNeighbors.for(telId),
        timeLimitCore: traits.timeLimitCoreNs.for(telId),
        timeLimitBoundary: traits.timeLimitBoundaryNs.for(telId),
      },
      mask,
    );
    return mask;
  }
}
