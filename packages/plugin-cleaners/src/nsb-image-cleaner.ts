import { trait, type CameraMonitoringContainer } from '@cherenkit/core';
import { nsbImageCleaning, pictureAboveNoise, selectGain, type Thresholds } from '@cherenkit/kernels';
import { requirePeakTime } from './require-peak-time.js';
import { TailcutsImageCleaner } from './tailcuts-image-cleaner.js';

/**
 * Image cleaning of LST: tail cuts with a picture threshold that follows the night-sky background of each pixel, and
 * optional steps that remove pixels with deviating peak times, dim pixels of bright images, and small islands.
 *
 * The background is the standard deviation of the pedestals in the camera's monitoring data, of the gain channel that was
 * selected for each pixel. Without it, as for most simulations, the threshold is the same for all pixels; a pixel whose statistics
 * are NaN is no picture pixel. Source: ctapipe 0.32 `NSBImageCleaner`, which fails with statistics of monitoring files.
 */
export class NSBImageCleaner extends TailcutsImageCleaner.withTraits({
  timeLimit: trait.perTelescope(
    trait.optional(
      trait.number({
        default: 2,
        unit: 'ns',
        help: 'Limit of the difference in peak time between neighbours; none disables this step.',
      }),
    ),
  ),
  timeNumNeighbors: trait.perTelescope(
    trait.integer({ default: 1, minimum: 0, help: 'Number of neighbours within time_limit that a pixel needs.' }),
  ),
  brightCleaningNPixels: trait.perTelescope(
    trait.integer({ default: 3, minimum: 0, help: 'Number of brightest pixels whose charges are averaged.' }),
  ),
  brightCleaningFraction: trait.perTelescope(
    trait.number({
      default: 0.03,
      help: 'Pixels below this fraction of the mean of the brightest pixels are removed.',
    }),
  ),
  brightCleaningThreshold: trait.perTelescope(
    trait.optional(
      trait.number({
        default: 267,
        unit: 'pe',
        help: 'Minimum mean of the brightest pixels for the removal of dim pixels; none disables this step.',
      }),
    ),
  ),
  largestIslandOnly: trait.perTelescope(trait.boolean({ default: false, help: 'Keep only the largest island.' })),
  pedestalFactor: trait.perTelescope(
    trait.number({
      default: 2.5,
      help: 'Picture threshold in standard deviations of the pedestal of a pixel; picture_threshold_pe is its lower limit.',
    }),
  ),
}) {
  static override readonly help = 'Tail cuts that follow the night-sky background, as for LST.';

  /** @throws CherenkitError PEAK_TIME_MISSING (2) */
  override clean(
    telId: number,
    image: Float32Array,
    peakTime?: Float32Array,
    monitoring?: CameraMonitoringContainer,
    selectedGainChannel?: Int8Array,
  ): Uint8Array {
    const { traits } = this;
    const { neighbors } = this.context.subarray.telescope(telId).camera.geometry;
    const timeLimit = traits.timeLimit.for(telId);
    const threshold = traits.brightCleaningThreshold.for(telId);
    const mask = new Uint8Array(image.length);
    nsbImageCleaning(
      neighbors,
      image,
      this.#pictureThreshold(telId, image.length, monitoring, selectedGainChannel),
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

  #pictureThreshold(
    telId: number,
    nPixels: number,
    monitoring: CameraMonitoringContainer | undefined,
    selected: Int8Array | undefined,
  ): Thresholds {
    const minimum = this.traits.pictureThresholdPe.for(telId);
    const std = monitoring?.pixelStatistics.pedestalImage.std;
    if (std === undefined) return minimum;
    return pictureAboveNoise(ofSelectedGain(std, nPixels, selected), this.traits.pedestalFactor.for(telId), minimum);
  }
}

/**
 * The statistics of the gain channel that was selected for each pixel. Of images without waveforms this is not stored: the high
 * gain is assumed then, since only signals far above all thresholds are read from the low gain.
 */
function ofSelectedGain(values: Float64Array, nPixels: number, selected: Int8Array | undefined): Float64Array {
  if (selected === undefined || values.length === nPixels) return values.subarray(0, nPixels);
  return selectGain(values, selected, new Float64Array(nPixels));
}
