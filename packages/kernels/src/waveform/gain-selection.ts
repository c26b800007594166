import { hotKernels } from './hot-kernels.js';
import { selectGain as selectGainOfSums } from './scalar-kernels.js';

/**
 * The channel to use for each pixel: the low gain, 1, where any sample of the high gain lies above the threshold, else 0.
 *
 * @param highGain - raw waveforms of the first channel, [pixel][sample]
 * @param threshold - in ADC counts; a sample equal to it does not count (ctapipe 0.32 `ThresholdGainSelector`)
 * @param selected - result, one per pixel
 * @throws RangeError when the waveforms are not those of the pixels
 */
export function selectGainByThreshold(
  highGain: Uint16Array | Uint32Array,
  nSamples: number,
  threshold: number,
  selected: Int8Array,
): void {
  if (highGain.length !== selected.length * nSamples) {
    throw new RangeError(`${highGain.length} samples do not fit ${selected.length} pixels with ${nSamples} samples.`);
  }
  if (highGain instanceof Uint16Array) hotKernels().selectGain(highGain, nSamples, threshold, selected);
  else selectGainOfSums(highGain, nSamples, threshold, selected);
}

/**
 * Of values that exist for every channel and pixel, those of the channel selected for each pixel.
 *
 * @param values - [channel][pixel]
 * @param selected - channel of each pixel
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
