import { trait } from '@cherenkit/core';
import { timeConstrainedClean } from '@cherenkit/kernels';
import { requirePeakTime } from './require-peak-time.js';
import { TailcutsImageCleaner } from './tailcuts-image-cleaner.js';

/**
 * Image cleaning of MAGIC: tail cuts with core pixels at the time of the brightest island, and boundary pixels at the
 * time of their core neighbours. `keepIsolatedPixels` is ignored.
 *
 * Source: ctapipe 0.32 `TimeConstrainedImageCleaner`.
 */
export class TimeConstrainedImageCleaner extends TailcutsImageCleaner.withTraits({
  timeLimitCoreNs: trait.perTelescope(
    trait.number({
      default: 4.5,
      unit: 'ns',
      help: 'Limit of the difference between the peak time of a core pixel and the mean of the brightest island; twice this for bright pixels.',
    }),
  ),
  timeLimitBoundaryNs: trait.perTelescope(
    trait.number({
      default: 1.5,
      unit: 'ns',
      help: 'Limit of the difference in peak time between a boundary pixel and its core neighbours.',
    }),
  ),
}) {
  static override readonly help = 'Two-level cleaning with limits on the peak times, as for MAGIC.';

  /** @throws CherenkitError PEAK_TIME_MISSING (2) */
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
