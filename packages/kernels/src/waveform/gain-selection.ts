/**
 * The channel to use for each pixel: the low gain, 1, where any sample of the high gain lies above the threshold, else 0.
 *
 * @param highGain - raw waveforms of the first channel, [pixel][sample]
 * @param threshold - in ADC counts; a sample equal to it does not count (ctapipe 0.32 `ThresholdGainSelector`)
 * @param selected - result, one per pixel
 * @returns how many pixels use the low gain
 */
export function selectGainByThreshold(
  highGain: Uint16Array | Uint32Array,
  nSamples: number,
  threshold: number,
  selected: Int8Array,
): number {
  let nLow = 0;
  for (let pixel = 0; pixel < selected.length; pixel++) {
    let channel = 0;
    for (let i = pixel * nSamples, end = i + nSamples; i < end; i++) {
      // a branch that is hardly ever taken; keeping the largest sample takes twice as long
      if (highGain[i] > threshold) {
        channel = 1;
        break;
      }
    }
    selected[pixel] = channel;
    nLow += channel;
  }
  return nLow;
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
