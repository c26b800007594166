import { trait, type CameraMonitoringContainer } from '@cherenkit/core';
import { nsbImageCleaning, pictureAboveNoise, type Thresholds } from '@cherenkit/kernels';
import { requirePeakTime } from './require-peak-time.js';
import { TailcutsImageCleaner } from './tailcuts-image-cleaner.js';

/**
 * Tail-cuts whose picture threshold follows the night-sky background of each pixel, and steps against pixels of other times,
 * dim pixels of bright images, and small islands.
 *
 * The background is the standard deviation of the pedestals in the camera's monitoring; where that has none, as for
 * simulations, the threshold is the same for all. Source: ctapipe 0.32 `NSBImageCleaner`.
 */
export class NSBImageCleaner extends TailcutsImageCleaner.withTraits({
  timeLimit: trait.perTelescope(
    trait.optional(
      trait.number({
        default: 2,
        unit: 'ns',
        help: 'The peak times of neighbours differ by less than this; none for no look at the times.',
      }),
    ),
  ),
  timeNumNeighbors: trait.perTelescope(
    trait.integer({ default: 1, minimum: 0, help: 'A pixel needs so many kept neighbours of its time.' }),
  ),
  brightCleaningNPixels: trait.perTelescope(
    trait.integer({ default: 3, minimum: 0, help: 'So many pixels are the brightest of an image.' }),
  ),
  brightCleaningFraction: trait.perTelescope(
    trait.number({ default: 0.03, help: 'Pixels below this part of the mean of the brightest are dropped.' }),
  ),
  brightCleaningThreshold: trait.perTelescope(
    trait.optional(
      trait.number({
        default: 267,
        unit: 'pe',
        help: 'Dim pixels are dropped where the mean of the brightest reaches this; none for nowhere.',
      }),
    ),
  ),
  largestIslandOnly: trait.perTelescope(trait.boolean({ default: false, help: 'Keep the largest island alone.' })),
  pedestalFactor: trait.perTelescope(
    trait.number({
      default: 2.5,
      help: 'The picture threshold of a pixel is so many standard deviations of its pedestal, if that is more.',
    }),
  ),
}) {
  static override readonly help = 'Tail-cuts that follow the night-sky background, as for LST.';

  /** @throws CherenkitError PEAK_TIME_MISSING */
  override clean(
    telId: number,
    image: Float32Array,
    peakTime?: Float32Array,
    monitoring?: CameraMonitoringContainer,
  ): Uint8Array {
    const { traits } = this;
    const { neighbors } = this.context.subarray.telescope(telId).camera.geometry;
    const timeLimit = traits.timeLimit.for(telId);
    const threshold = traits.brightCleaningThreshold.for(telId);
    const mask = new Uint8Array(image.length);
    nsbImageCleaning(
      neighbors,
      image,
      this.#pictureThreshold(telId, image.length, monitoring),
      traits.boundaryThresholdPe.for(telId),
      {
        keepIsolatedPixels: traits.keepIsolatedPixels.for(telId),
        minPictureNeighbors: traits.minPictureNeighbors.for(telId),
        ...(timeLimit !== undefined && {
          timeDelta: {
            peakTime: requirePeakTime(this, telId, peakTime),
            minNeighbors: traits.timeNumNeighbors.for(telId),
            timeLimit,
          },
        }),
        ...(threshold !== undefined && {
          bright: {
            threshold,
            fraction: traits.brightCleaningFraction.for(telId),
            nPixels: traits.brightCleaningNPixels.for(telId),
          },
        }),
        largestIslandOnly: traits.largestIslandOnly.for(telId),
      },
      mask,
    );
    return mask;
  }

  #pictureThreshold(telId: number, nPixels: number, monitoring?: CameraMonitoringContainer): Thresholds {
    const minimum = this.traits.pictureThresholdPe.for(telId);
    const std = monitoring?.pixelStatistics.pedestalImage.std;
    if (std === undefined) return minimum;
    // Of two channels the first, of high gain: only signals far above any threshold are read from the other.
    return pictureAboveNoise(std.subarray(0, nPixels), this.traits.pedestalFactor.for(telId), minimum);
  }
}
