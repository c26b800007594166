import { selectedPixels, valuesOf } from '../image/pixel-plane.js';
import { medianInPlace } from '../numeric/select-nth.js';
import type { Nanoseconds, PhotoElectrons } from '../units.js';
import type { ElementStatistics } from './event-statistics.js';

/** Statistics of charges over calibration events of one kind, for each pixel. Charges are in counts, summed over the window. */
export type ChargeStatistics = Pick<ElementStatistics, 'mean' | 'std'> & { readonly nEvents: ArrayLike<number> };

/** Properties of photosensors and light source, see {@link pixelGains}. */
export interface LightProperties {
  /** Squared excess noise factor of the photosensors: 1 + (relative standard deviation of the charge of one p.e.)^2. */
  readonly squaredExcessNoise: number;
  /** Relative standard deviation of the light from flash to flash. */
  readonly flashSpread: number;
}

/** Gain of each pixel; NaN where it cannot be determined. */
export interface PixelGains {
  /** Charge of a flash above the pedestal, counts. */
  readonly signal: Float64Array;
  /** Mean number of photo-electrons of a flash. */
  readonly photoElectrons: Float64Array;
  /** Charge of one photo-electron, counts. */
  readonly gain: Float64Array;
  /** Statistical uncertainty of the gain, counts. */
  readonly gainUncert: Float64Array;
}

/**
 * Computes the gain of each pixel from flat-field and pedestal events by the F-factor method (photon statistics method).
 *
 * The number of photo-electrons of a flash follows a Poisson distribution, which each photo-electron widens by the excess noise:
 * `variance = F^2 gain signal + (flashSpread signal)^2 + pedestal variance`. Source: R. Mirzoyan and
 * E. Lorenz, Proc. 25th ICRC (1997) 7, 265; M. Gaug, PhD thesis, Universitat Autonoma de Barcelona (2006).
 */
export function pixelGains(
  flatfield: ChargeStatistics,
  pedestal: ChargeStatistics,
  { squaredExcessNoise, flashSpread }: LightProperties,
): PixelGains {
  const nPixels = flatfield.mean.length;
  const [signal, photoElectrons] = [new Float64Array(nPixels), new Float64Array(nPixels)];
  const [gain, gainUncert] = [new Float64Array(nPixels), new Float64Array(nPixels)];
  for (let pixel = 0; pixel < nPixels; pixel++) {
    signal[pixel] = flatfield.mean[pixel] - pedestal.mean[pixel];
    const total = flatfield.std[pixel] ** 2;
    const dark = pedestal.std[pixel] ** 2;
    const variance = total - dark - (flashSpread * signal[pixel]) ** 2;
    const isKnown = signal[pixel] > 0 && variance > 0;
    gain[pixel] = isKnown ? variance / (squaredExcessNoise * signal[pixel]) : NaN;
    photoElectrons[pixel] = signal[pixel] / gain[pixel];
    // Errors of variances of n values with nearly normal distributions, and of means, are independent.
    const [n, nDark] = [flatfield.nEvents[pixel], pedestal.nEvents[pixel]];
    const ofVariance = ((2 / n) * total ** 2 + (2 / nDark) * dark ** 2) / variance ** 2;
    const ofSignal = (total / n + dark / nDark) / signal[pixel] ** 2;
    gainUncert[pixel] = gain[pixel] * Math.sqrt(ofVariance + ofSignal);
  }
  return { signal, photoElectrons, gain, gainUncert };
}

/**
 * Factors that convert charges to photo-electrons, p.e. per count.
 *
 * @param usable - 1 for pixels to calibrate; the factor of the others is 0
 * @param isUniform - whether all pixels see the same light: the factor of a pixel makes its flat-field charge equal to the median
 *   number of photo-electrons of the camera, which also corrects different photon detection efficiencies. Otherwise, the factor
 *   is the inverse of the gain of the pixel, with its larger uncertainty
 */
export function conversionFactors(
  { signal, photoElectrons, gain }: PixelGains,
  usable: Uint8Array,
  isUniform: boolean,
): Float64Array {
  const light: PhotoElectrons = medianOfUsable(photoElectrons, usable);
  return signal.map((ofPixel, pixel) => (usable[pixel] === 0 ? 0 : isUniform ? light / ofPixel : 1 / gain[pixel]));
}

/**
 * Delays of the pulses of pixels relative to the median of the camera, which are to be subtracted from peak times.
 *
 * @param peakTime - of each pixel, mean or median over flat-field events
 * @param usable - 1 for pixels to calibrate; the delay of the others is 0
 */
export function relativeDelays(peakTime: ArrayLike<Nanoseconds>, usable: Uint8Array): Float64Array {
  const times = Float64Array.from(peakTime);
  const median = medianOfUsable(times, usable);
  return times.map((time, pixel) => (usable[pixel] === 0 ? 0 : time - median));
}

/** Median of the values of the usable pixels; NaN if there are none. */
export function medianOfUsable(values: Float64Array, usable: Uint8Array): number {
  return medianInPlace(valuesOf(values, selectedPixels(usable)));
}
