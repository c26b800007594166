import type { Gigahertz } from '../units.js';
import { roundHalfToEven } from './round-half-to-even.js';

/**
 * Subtracts the pedestal of each waveform, in place.
 *
 * @param waveforms - rows of `nSamples`
 * @param pedestal - one per row, per sample, in the unit of the samples
 */
export function subtractPedestal(
  waveforms: Float32Array,
  nSamples: number,
  pedestal: Float32Array | Float64Array,
): void {
  const nRows = pedestal.length;
  for (let row = 0, i = 0; row < nRows; row++) {
    const rowPedestal = pedestal[row];
    for (const end = i + nSamples; i < end; i++) waveforms[i] -= rowPedestal;
  }
}

/**
 * Aligns the waveforms of the pixels in time by whole samples, and returns the remaining shifts.
 *
 * The shift of a pixel relative to the mean of its gain channel is rounded to samples, half to even, and the waveform
 * is moved to earlier samples by it; the first or last sample is repeated at the ends (ctapipe 0.32 `shift_waveforms`).
 *
 * @param waveforms - rows of `nSamples`, [channel][pixel]; not changed
 * @param timeShift - delay of the pulses in each row, ns
 * @param shifted - result, same shape as `waveforms`, must be another array
 * @param remaining - result, one per row, in ns: to be subtracted from peak times extracted from `shifted`
 */
export function shiftWaveforms(
  waveforms: Float32Array,
  nPixels: number,
  nSamples: number,
  samplingRate: Gigahertz,
  timeShift: Float32Array | Float64Array,
  shifted: Float32Array,
  remaining: Float64Array,
): void {
  const last = nSamples - 1;
  for (let start = 0; start < timeShift.length; start += nPixels) {
    const end = start + nPixels;
    let sum = 0;
    for (let row = start; row < end; row++) sum += timeShift[row] * samplingRate;
    const mean = sum / nPixels;
    for (let row = start; row < end; row++) {
      const samples = timeShift[row] * samplingRate;
      const whole = roundHalfToEven(samples - mean);
      const first = row * nSamples;
      for (let i = 0; i < nSamples; i++) {
        shifted[first + i] = waveforms[first + Math.min(last, Math.max(0, i + whole))];
      }
      remaining[row] = (samples - whole) / samplingRate;
    }
  }
}
