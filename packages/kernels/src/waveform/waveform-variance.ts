import { pairwiseSum } from '../image/pixel-plane.js';
import { hotKernelsFor } from './waveform-memory.js';

/**
 * Computes the variance of the samples of each waveform, ignoring NaN.
 *
 * Sums are in single precision and in numpy's order: results are equal bit by bit to ctapipe 0.32 `VarianceExtractor`
 * (`numpy.nanvar`).
 *
 * @param waveforms - rows of `nSamples`
 * @param variance - result, one per row, in the squared unit of the samples; NaN for a row of only NaN
 */
export function waveformVariance(waveforms: Float32Array, nSamples: number, variance: Float32Array): void {
  hotKernelsFor(waveforms).variance(waveforms, nSamples, variance);
  for (let row = 0; row < variance.length; row++) {
    if (Number.isNaN(variance[row])) {
      variance[row] = varianceOfNumbers(waveforms.slice(row * nSamples, (row + 1) * nSamples));
    }
  }
}

function varianceOfNumbers(samples: Float32Array): number {
  const isNumber = Uint8Array.from(samples, (sample) => (Number.isNaN(sample) ? 0 : 1));
  const count = isNumber.reduce((sum, one) => sum + one, 0);
  const mean = pairwiseSum(samples.map((sample, i) => (isNumber[i] === 1 ? sample : 0))) / count;
  const differences = samples.map((sample, i) => (isNumber[i] === 1 ? sample - Math.fround(mean) : 0));
  return pairwiseSum(differences.map((difference) => difference * difference)) / count;
}
