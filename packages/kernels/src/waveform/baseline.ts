import { pairwiseSum } from '../image/pixel-plane.js';

/**
 * Subtracts from each waveform the mean of some of its samples.
 *
 * Equal bit by bit to ctapipe 0.32 `subtract_baseline`. A window that lies outside the readout in part is cut; where
 * nothing is left of it, nothing is subtracted.
 *
 * @param waveforms - rows of `nSamples`; not changed
 * @param start - first sample of the window; a negative number counts from the end, as in Python
 * @param end - the sample after its last one; likewise
 * @param subtracted - result, as `waveforms`
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
  const count = to - from;
  for (let first = 0; first < waveforms.length; first += nSamples) {
    const baseline = count > 0 ? Math.fround(pairwiseSum(waveforms, first + from, first + to) / count) : 0;
    for (let i = first; i < first + nSamples; i++) subtracted[i] = waveforms[i] - baseline;
  }
}

function sampleAt(index: number, nSamples: number): number {
  return Math.min(nSamples, Math.max(0, index < 0 ? index + nSamples : index));
}
