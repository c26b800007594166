import { hotKernels } from './hot-kernels.js';
import { selectGain as selectGainOfSums } from './scalar-kernels.js';

/**
 * Selects the gain channel of each pixel: low gain, 1, if any sample of the high gain exceeds the threshold, else 0.
 *
 * @param highGain - raw waveforms of the first channel, [pixel][sample]
 * @param threshold - in ADC counts; an equal sample does not exceed it (ctapipe 0.32 `ThresholdGainSelector`)
 * @param selected - result, one per pixel
 * @throws RangeError if array lengths do not match
 */
export function selectGainByThreshold(
  highGain: Uint16Array | Uint32Array,
  nSamples: number,
  threshold: number,
  selected: Int8Array,
): void {
  if (highGain.length !== selected.length * nSamples) {
    throw new RangeError(
      `selectGainByThreshold: expected ${selected.length} waveforms of ${nSamples} samples, found ${highGain.length} samples`,
    );
  }
  if (highGain instanceof Uint16Array) hotKernels().selectGain(highGain, nSamples, threshold, selected);
  else selectGainOfSums(highGain, nSamples, threshold, selected);
}

/**
 * Selects for each pixel the value of its gain channel.
 *
 * @param values - [channel][pixel]
 * @param selected - gain channel of each pixel
 * @param out - result, one per pixel
 */
export function selectGain<T extends Float32Array | Float64Array | Uint8Array>(
  values: T,
  selected: Int8Array,
  out: T,
): T {
  const nPixels = selected.length;
  for (let pixel = 0; pixel < nPixels; pixel++) out[pixel] = values[selected[pixel] * nPixels + pixel];
  return out;
}
