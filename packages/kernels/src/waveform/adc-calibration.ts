import { hotKernelsFor } from './waveform-memory.js';

/**
 * Calibrates raw waveforms (R0 to R1): `(adc - pedestal) * factor + shift`, in p.e. per sample.
 *
 * Equal bit by bit to ctapipe 0.32 `apply_simtel_r1_calibration`: 16-bit samples are rounded to single precision after
 * each operation, 32-bit sums are calibrated in double precision and rounded once.
 *
 * @param adc - raw waveforms, rows of `nSamples`, of one or several gain channels
 * @param pedestal - ADC counts per sample, one per row
 * @param factor - p.e. per ADC count, one per row, including any global scale
 * @param shift - p.e. added to each sample
 * @param waveforms - result, same shape as `adc`
 * @throws RangeError if array lengths do not match
 */
export function calibrateAdc(
  adc: Uint16Array | Uint32Array,
  nSamples: number,
  pedestal: Float32Array,
  factor: Float32Array,
  shift: number,
  waveforms: Float32Array,
): void {
  calibrateRows(adc, nSamples, pedestal, factor, shift, undefined, 0, waveforms);
}

/**
 * Like {@link calibrateAdc}, with gain selection: calibrates the rows of pixels that use one gain channel. To be called
 * for each channel in use.
 *
 * @param adc - raw waveforms of this channel, [pixel][sample]; `pedestal` and `factor` likewise
 * @param selected - gain channel of each pixel
 * @param channel - rows of pixels with another channel are left unchanged
 * @throws RangeError if array lengths do not match
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
  calibrateRows(adc, nSamples, pedestal, factor, shift, selected, channel, waveforms);
}

function calibrateRows(
  adc: Uint16Array | Uint32Array,
  nSamples: number,
  pedestal: Float32Array,
  factor: Float32Array,
  shift: number,
  selected: Int8Array | undefined,
  channel: number,
  waveforms: Float32Array,
): void {
  const nRows = pedestal.length;
  const isFitting =
    factor.length === nRows &&
    (selected === undefined || selected.length === nRows) &&
    adc.length === nRows * nSamples &&
    waveforms.length === adc.length;
  if (!isFitting) {
    throw new RangeError(
      `calibrateAdc: expected arrays that match ${nRows} rows of ${nSamples} samples, found ${adc.length} samples, ` +
        `${factor.length} factors, ${selected?.length ?? nRows} channels and ${waveforms.length} results`,
    );
  }
  if (adc instanceof Uint16Array) {
    hotKernelsFor(waveforms).calibrate(adc, nSamples, pedestal, factor, shift, selected, channel, waveforms);
  } else {
    calibrateSums(adc, nSamples, pedestal, factor, shift, selected, channel, waveforms);
  }
}

function calibrateSums(
  sums: Uint32Array,
  nSamples: number,
  pedestal: Float32Array,
  factor: Float32Array,
  shift: number,
  selected: Int8Array | undefined,
  channel: number,
  waveforms: Float32Array,
): void {
  for (let row = 0; row < pedestal.length; row++) {
    if (selected !== undefined && selected[row] !== channel) continue;
    for (let i = row * nSamples, end = i + nSamples; i < end; i++) {
      waveforms[i] = (sums[i] - pedestal[row]) * factor[row] + shift;
    }
  }
}
