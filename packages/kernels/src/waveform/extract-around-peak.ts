import type { Gigahertz } from '../units.js';
import { hotKernelsFor } from './waveform-memory.js';

/**
 * Extracts charge and peak time of each waveform from a window around its peak.
 *
 * The window covers the samples `peak - shift` to `peak - shift + width - 1`, clipped to the readout. The charge is the
 * sum of its samples; the peak time is the mean sample number, weighted with the positive samples, or the peak without
 * any. Sums are in double precision, rounded once to single precision, as in ctapipe 0.32 `extract_around_peak`;
 * results are equal to it bit by bit.
 *
 * @param waveforms - rows of `nSamples`, one per gain channel and pixel; finite
 * @param peaks - peak sample of each row; may lie outside the readout
 * @param width - number of samples in the window
 * @param shift - number of samples in the window before the peak
 * @param charge - result, one per row, in the unit of the samples
 * @param peakTime - result, one per row, in ns from the start of the readout
 *
 * @example
 * ```ts
 * import { extractAroundPeak, localPeaks } from '@cherenkit/kernels';
 *
 * const nSamples = 8;
 * const waveforms = Float32Array.of(0, 0, 1, 4, 2, 0, 0, 0, 0, 1, 0, 0, 0, 3, 2, 0); // two pixels
 * const peaks = new Int32Array(2);
 * localPeaks(waveforms, nSamples, peaks);
 * const charge = new Float32Array(2);
 * const peakTime = new Float32Array(2);
 * extractAroundPeak(waveforms, nSamples, peaks, 4, 2, 1, charge, peakTime);
 * console.log(charge, peakTime); // 7 and 5 p.e., at 3.1 and 5.4 ns
 * ```
 */
export function extractAroundPeak(
  waveforms: Float32Array,
  nSamples: number,
  peaks: Int32Array,
  width: number,
  shift: number,
  samplingRate: Gigahertz,
  charge: Float32Array,
  peakTime: Float32Array,
): void {
  hotKernelsFor(waveforms).extractAroundPeak(waveforms, nSamples, peaks, width, shift, samplingRate, charge, peakTime);
}
