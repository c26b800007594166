import { hotKernels } from './hot-kernels.js';

/**
 * R1 from R0: `(adc - pedestal) * factor + shift`, in p.e. per sample.
 *
 * Equal bit by bit to ctapipe 0.32 `apply_simtel_r1_calibration`: samples of 16 bits are calibrated in single precision after
 * each operation, sums of 32 bits in double precision and rounded once.
 *
 * @param adc - raw waveforms, rows of `nSamples`, of one channel or of several
 * @param pedestal - ADC counts per sample, one per row
 * @param factor - p.e. per ADC count, one per row, already multiplied by any global scale
 * @param shift - p.e. added to each sample
 * @param waveforms - result, as `adc`
 * @throws RangeError when the arrays do not fit together
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
 * The same for the pixels that use one channel, gain selection on the way: call it for each channel that is used.
 *
 * @param adc - raw waveforms of this channel, [pixel][sample]; `pedestal` and `factor` likewise
 * @param selected - channel of each pixel
 * @param channel - the rows of pixels that use another channel are left as they are
 * @throws RangeError when the arrays do not fit together
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
      `${adc.length} samples, ${pedestal.length} pedestals, ${factor.length} factors, ${selected?.length ?? nRows} channels ` +
        `and ${waveforms.length} results do not fit together with ${nSamples} samples per waveform.`,
    );
  }
  if (adc instanceof Uint16Array) {
    hotKernels().calibrate(adc, nSamples, pedestal, factor, shift, selected, channel, waveforms);
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
