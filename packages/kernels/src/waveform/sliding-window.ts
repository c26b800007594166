import type { Gigahertz, Nanoseconds } from '../units.js';
import { roundHalfToEven } from './round-half-to-even.js';

/**
 * Extracts charge and peak time of each waveform from the window of fixed width with the largest charge, the first of
 * equal ones.
 *
 * The time is the mean sample number, weighted with the positive samples, or the middle of the window without any. Sums
 * are differences of a running sum in double precision, whose rounding decides between nearly equal windows: results
 * are equal bit by bit to ctapipe 0.32 `extract_sliding_window`.
 *
 * @param waveforms - rows of `nSamples`; finite
 * @param width - number of samples in the window, at most the whole readout
 * @param charge - result, one per row, in the unit of the samples
 * @param peakTime - result, one per row, in ns from the start of the readout
 */
export function extractSlidingWindow(
  waveforms: Float32Array,
  nSamples: number,
  width: number,
  samplingRate: Gigahertz,
  charge: Float32Array,
  peakTime: Float32Array,
): void {
  const nInWindow = Math.min(width, nSamples);
  const running = new Float64Array(nSamples + 1);
  for (let row = 0; row < charge.length; row++) {
    const first = row * nSamples;
    let total = 0;
    for (let i = 0; i < nInWindow; i++) {
      total += waveforms[first + i];
      running[i + 1] = total;
    }
    let start = 0;
    let largest = total;
    for (let end = nInWindow + 1; end <= nSamples; end++) {
      total += waveforms[first + end - 1];
      running[end] = total;
      const sum = total - running[end - nInWindow];
      if (sum > largest) {
        largest = sum;
        start = end - nInWindow;
      }
    }
    let weightedTime = 0;
    let weight = 0;
    for (let i = start; i < start + nInWindow; i++) {
      const sample = waveforms[first + i];
      // A branch on the unpredictable sign of noise would take twice as long.
      const positive = (sample + Math.abs(sample)) / 2;
      weightedTime += positive * i;
      weight += positive;
    }
    charge[row] = largest;
    // ctapipe rounds the sample number to single precision before dividing by the sampling rate.
    peakTime[row] = Math.fround(weight > 0 ? weightedTime / weight : start + 0.5 * nInWindow) / samplingRate;
  }
}

/**
 * Factor from the charge in a sliding window to the charge of the whole pulse, for the reference pulse of one gain
 * channel: area of the pulse divided by that of its best window. 1 if the pulse is shorter than the window or has no
 * area.
 *
 * Source: ctapipe 0.32 `SlidingWindowMaxSum`.
 *
 * @param pulse - reference pulse shape, any unit
 * @param pulseSampleWidth - width of its samples
 * @param width - number of samples of the readout in the window
 */
export function slidingWindowCorrection(
  pulse: Float64Array,
  pulseSampleWidth: Nanoseconds,
  samplingRate: Gigahertz,
  width: number,
): number {
  const nInWindow = roundHalfToEven(width / samplingRate / pulseSampleWidth);
  let area = 0;
  let inWindow = 0;
  let largest = -Infinity;
  for (let i = 0; i < pulse.length; i++) {
    area += pulse[i];
    inWindow += pulse[i] - (i >= nInWindow ? pulse[i - nInWindow] : 0);
    if (i >= nInWindow - 1 && inWindow > largest) largest = inWindow;
  }
  const correction = area / largest;
  return nInWindow > 0 && correction > 0 && Number.isFinite(correction) ? correction : 1;
}
