import { Component, trait } from '@cherenkit/core';
import {
  conversionFactors,
  medianOfUsable,
  pixelGains,
  relativeDelays,
  type ElementStatistics,
  type PixelGains,
} from '@cherenkit/kernels';
import type { StoredStatistics } from './stored-statistics.js';
import { UnusableReason } from './unusable-pixels.js';

/** Statistics from which the coefficients of a camera are computed. */
export interface CalibrationStatistics {
  readonly flatfield: StoredStatistics;
  readonly pedestal: StoredStatistics;
  /** Of the peak times of the flat-field events; undefined to leave peak times as they are. */
  readonly peakTime: StoredStatistics | undefined;
}

/** Calibration coefficients of a camera, with shape (nChannels, nPixels). */
export interface CameraCoefficients {
  /** To be subtracted from each sample, counts. */
  readonly pedestalOffset: Float64Array;
  /** To multiply the charges with, p.e. per count. */
  readonly factor: Float64Array;
  /** To be subtracted from the peak times, ns. */
  readonly timeShift: Float64Array;
  /** Bits of {@link UnusableReason}; 0 for pixels that can be used. */
  readonly unusable: Uint8Array;
  readonly gains: PixelGains;
  /** Whether few enough pixels cannot be used, in each gain channel. */
  readonly isValid: boolean;
}

/**
 * Computes the coefficients with which `CameraCalibrator` calibrates waveforms from statistics of flat-field and pedestal events,
 * by the F-factor method; see {@link pixelGains} and {@link conversionFactors}.
 */
export class CameraCoefficientsCalculator extends Component.withTraits({
  squaredExcessNoise: trait.perTelescope(
    trait.number({
      default: 1.222,
      minimum: 1,
      help: 'Squared excess noise factor of the photosensors: 1 + (relative standard deviation of the charge of one photo-electron)^2.',
    }),
  ),
  flashSpread: trait.perTelescope(
    trait.number({
      default: 0,
      minimum: 0,
      help: 'Relative standard deviation of the light from flash to flash, which is subtracted from the variance of the charges.',
    }),
  ),
  windowWidth: trait.perTelescope(
    trait.integer({
      default: 7,
      minimum: 1,
      help: 'Number of samples whose sum is the charge of the calibration events.',
    }),
  ),
  uniformLight: trait.perTelescope(
    trait.boolean({
      default: true,
      help: 'Make the charges of flat fields equal in all pixels, instead of using the gain of each pixel alone, whose uncertainty is larger.',
    }),
  ),
  relativeFactorRange: trait.tuple([trait.number(), trait.number()], {
    default: [0.25, 4],
    help: 'Lowest and highest conversion factor of a usable pixel, relative to the median of the camera.',
  }),
  faultyPixelsFraction: trait.number({
    default: 0.1,
    help: 'Fraction of unusable pixels from which on the coefficients are not valid.',
  }),
}) {
  static override readonly kind: string = 'CameraCoefficientsCalculator';
  static override readonly help = 'Computes calibration coefficients of cameras from statistics of calibration events.';

  /** Number of samples whose sum is the charge. */
  windowWidthOf(telId: number): number {
    return this.traits.windowWidth.for(telId);
  }

  /** Computes the coefficients of a telescope. */
  coefficients(telId: number, { flatfield, pedestal, peakTime }: CalibrationStatistics): CameraCoefficients {
    const { nChannels } = flatfield;
    const size = flatfield.mean.length;
    const nPixels = size / nChannels;
    const width = this.windowWidthOf(telId);
    const gains = pixelGains(flatfield, pedestal, {
      squaredExcessNoise: this.traits.squaredExcessNoise.for(telId),
      flashSpread: this.traits.flashSpread.for(telId),
    });
    const unusable = new Uint8Array(size);
    const mark = (reason: number, isMarked: (i: number) => boolean): void => {
      for (let i = 0; i < size; i++) if (isMarked(i)) unusable[i] |= reason;
    };
    mark(UnusableReason.FLATFIELD_OUTLIER, (i) => flatfield.outlierMask[i] !== 0);
    mark(UnusableReason.PEDESTAL_OUTLIER, (i) => pedestal.outlierMask[i] !== 0);
    mark(UnusableReason.PEAK_TIME_OUTLIER, (i) => peakTime !== undefined && !isUsual(peakTime, i));
    mark(UnusableReason.NO_SIGNAL, (i) => !(gains.signal[i] > 0));
    mark(UnusableReason.NO_VARIANCE, (i) => gains.signal[i] > 0 && !(gains.gain[i] > 0));
    const factor = new Float64Array(size);
    const timeShift = new Float64Array(size);
    let isValid = true;
    for (let first = 0; first < size; first += nPixels) {
      const reasons = unusable.subarray(first, first + nPixels);
      const ofChannel = mapValues(gains, (values) => values.subarray(first, first + nPixels));
      factor.set(this.#factors(telId, ofChannel, reasons), first);
      const times = peakTime?.median.subarray(first, first + nPixels);
      if (times) timeShift.set(relativeDelays(times, usableOf(reasons)), first);
      const nUnusable = nPixels - usableOf(reasons).reduce((sum, each) => sum + each, 0);
      isValid &&= nUnusable / nPixels < this.traits.faultyPixelsFraction;
    }
    const pedestalOffset = pedestal.mean.map((charge) => (Number.isFinite(charge) ? charge / width : 0));
    return { pedestalOffset, factor, timeShift, unusable, gains, isValid };
  }

  /** Conversion factors of a gain channel. Marks pixels whose factor is out of range; their factor is 0. */
  #factors(telId: number, gains: PixelGains, unusable: Uint8Array): Float64Array {
    const isUniform = this.traits.uniformLight.for(telId);
    const [lowest, highest] = this.traits.relativeFactorRange;
    const all = conversionFactors(gains, usableOf(unusable), isUniform);
    const median = medianOfUsable(all, usableOf(unusable));
    all.forEach((factor, pixel) => {
      const relative = factor / median;
      const isOutlier = unusable[pixel] === 0 && !(relative >= lowest && relative <= highest);
      if (isOutlier) unusable[pixel] |= UnusableReason.FACTOR_OUTLIER;
    });
    return conversionFactors(gains, usableOf(unusable), isUniform);
  }
}

function usableOf(unusable: Uint8Array): Uint8Array {
  return unusable.map((reasons) => (reasons === 0 ? 1 : 0));
}

function isUsual(
  { outlierMask, median }: Pick<StoredStatistics, 'outlierMask'> & Pick<ElementStatistics, 'median'>,
  i: number,
): boolean {
  return outlierMask[i] === 0 && Number.isFinite(median[i]);
}

function mapValues(gains: PixelGains, map: (values: Float64Array) => Float64Array): PixelGains {
  const { signal, photoElectrons, gain, gainUncert } = gains;
  return {
    signal: map(signal),
    photoElectrons: map(photoElectrons),
    gain: map(gain),
    gainUncert: map(gainUncert),
  };
}
