import { trait } from '@cherenkit/core';
import { factImageCleaning } from '@cherenkit/kernels';
import { requirePeakTime } from './require-peak-time.js';
import { TailcutsImageCleaner } from './tailcuts-image-cleaner.js';

/**
 * Image cleaning of FACT: tail cuts in which pixels need neighbours with a similar peak time. `keepIsolatedPixels` is
 * ignored.
 *
 * Source: ctapipe 0.32 `FACTImageCleaner`.
 */
export class FACTImageCleaner extends TailcutsImageCleaner.withTraits({
  timeLimitNs: trait.perTelescope(
    trait.number({ default: 5, unit: 'ns', help: 'Limit of the difference in peak time between neighbours.' }),
  ),
}) {
  static override readonly help = 'Two-level cleaning with a limit on the peak times of neighbours, as for FACT.';

  /** @throws CherenkitError PEAK_TIME_MISSING (2) */
  override clean(telId: number, image: Float32Array, peakTime?: Float32Array): Uint8Array {
    const { pictureThresholdPe, boundaryThresholdPe, minPictureNeighbors, timeLimitNs } = this.traits;
    const { neighbors } = this.context.subarray.telescope(telId).camera.geometry;
    const mask = new Uint8Array(image.length);
    factImageCleaning(
      neighbors,
      image,
      requirePeakTime(this, telId, peakTime),
      pictureThresholdPe.for(telId),
      boundaryThresholdPe.for(telId),
      { minPictureNeighbors: minPictureNeighbors.for(telId), timeLimit: timeLimitNs.for(telId) },
      mask,
    );
    return mask;
  }
}
