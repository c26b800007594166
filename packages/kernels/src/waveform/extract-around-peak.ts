import type { Gigahertz } from '../units.js';

/**
 * Charge and pulse time of each waveform in a window about its peak.
 *
 * The window is the samples `peak - shift` to `peak - shift + width - 1`, cut at the ends of the readout. The charge
 * is the sum of its samples; the time is the mean sample number weighted with the samples above zero, or the peak
 * where there is none. Sums are kept in double precision and rounded to single precision once, as ctapipe 0.32
 * `extract_around_peak` does; results are equal to it bit by bit.
 *
 * @param waveforms - rows of `nSamples`, one per channel and pixel; finite
 * @param peaks - peak sample of each row; may lie outside the readout
 * @param width - samples in the window
 * @param shift - samples of the window before the peak
 * @param charge - result, one per row, in the unit of the samples
 * @param peakTime - result, one per row, in ns from the start of the readout
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
  const nRows = peaks.length;
  for (let row = 0; row < nRows; row++) {
    const first = row * nSamples;
    const peak = peaks[row];
    const start = Math.max(0, peak - shift);
    const end = Math.min(nSamples, peak - shift + width);
    let sum = 0;
    let weightedTime = 0;
    let weight = 0;
    for (let i = start; i < end; i++) {
      const sample = waveforms[first + i];
      sum += sample;
      // the sign of noise cannot be foreseen: a branch on it would take twice as long
      const positive = (sample + Math.abs(sample)) / 2;
      weightedTime += positive * i;
      weight += positive;
    }
    charge[row] = sum;
    // ctapipe stores the sample number in single precision before it divides by the sampling rate
    peakTime[row] = Math.fround(weight > 0 ? weightedTime / weight : peak) / samplingRate;
  }
}
