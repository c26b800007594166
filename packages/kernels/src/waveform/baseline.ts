import { hotKernelsFor } from './waveform-memory.js';

/**
 * Subtracts from each waveform the mean of a window of its samples.
 *
 * Equal bit by bit to ctapipe 0.32 `subtract_baseline`. The window is clipped to the readout; nothing is subtracted if
 * no sample remains.
 *
 * @param waveforms - rows of `nSamples`; not changed
 * @param start - first sample of the window; negative values count from the end, as in Python
 * @param end - first sample after the window; likewise
 * @param subtracted - result, same shape as `waveforms`
 */
export function subtractBaseline(
  waveforms: Float32Array,
  nSamples: number,
  start: number,
  end: number,
  subtracted: Float32Array,
): void {
  const from = sampleAt(start, nSamples);
  const to = sampleAt(end, nSamples);
  subtracted.set(waveforms);
  if (to > from) hotKernelsFor(subtracted).subtractBaseline(subtracted, nSamples, from, to);
}

function sampleAt(index: number, nSamples: number): number {
  return Math.min(nSamples, Math.max(0, index < 0 ? index + nSamples : index));
}
