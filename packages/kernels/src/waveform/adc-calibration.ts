/**
 * R1 from R0: `(adc - pedestal) * factor + shift`, in p.e. per sample.
 *
 * In single precision after each operation: equal bit by bit to ctapipe 0.32 `apply_simtel_r1_calibration`.
 *
 * @param adc - raw waveforms, rows of `nSamples`, of one channel or of several
 * @param pedestal - ADC counts per sample, one per row
 * @param factor - p.e. per ADC count, one per row, already multiplied by any global scale
 * @param shift - p.e. added to each sample
 * @param waveforms - result, as `adc`
 */
export function calibrateAdc(
  adc: Uint16Array | Uint32Array,
  nSamples: number,
  pedestal: Float32Array,
  factor: Float32Array,
  shift: number,
  waveforms: Float32Array,
): void {
  const offset = Math.fround(shift);
  const nRows = waveforms.length / nSamples;
  for (let row = 0; row < nRows; row++) {
    calibrateRow(adc, row * nSamples, nSamples, pedestal[row], factor[row], offset, waveforms);
  }
}

/**
 * The same for the pixels that use one channel, gain selection on the way: call it for each channel that is used.
 *
 * @param adc - raw waveforms of this channel, [pixel][sample]; `pedestal` and `factor` likewise
 * @param selected - channel of each pixel
 * @param channel - the rows of pixels that use another channel are left as they are
 */
export function calibrateSelectedAdc(
  adc: Uint16Array | Uint32Array,
  nSamples: number,
  pedestal: Float32Array,
  factor: Float32Array,
  shift: number,
  selected: Int8Array,
  channel: number,
  waveforms: Float32Array,
): void {
  const offset = Math.fround(shift);
  for (let pixel = 0; pixel < selected.length; pixel++) {
    if (selected[pixel] !== channel) continue;
    calibrateRow(adc, pixel * nSamples, nSamples, pedestal[pixel], factor[pixel], offset, waveforms);
  }
}

function calibrateRow(
  adc: Uint16Array | Uint32Array,
  start: number,
  nSamples: number,
  pedestal: number,
  factor: number,
  offset: number,
  waveforms: Float32Array,
): void {
  for (let i = start, end = start + nSamples; i < end; i++) {
    waveforms[i] = Math.fround(Math.fround(adc[i] - pedestal) * factor) + offset;
  }
}
