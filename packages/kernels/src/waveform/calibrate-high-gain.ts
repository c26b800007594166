import { hotKernelsFor } from './waveform-memory.js';

/**
 * Decodes the raw waveforms of the high gain, selects the gain channel of each pixel and calibrates the pixels of the high
 * gain, in one pass over memory. Results are those of {@link decodeDifferentialRows}, {@link selectGainByThreshold} and
 * {@link calibrateSelectedAdc}.
 *
 * @param bytes - encoded waveforms, rows of `nSamples`
 * @param begin - offset of the first row in `bytes`
 * @param threshold - in ADC counts; Infinity to select the high gain of all pixels
 * @param pedestal - ADC counts per sample, one per pixel
 * @param factor - p.e. per ADC count, one per pixel
 * @param shift - p.e. added to each sample
 * @param selected - result: gain channel, one per pixel
 * @param waveforms - result, [pixel][sample]; undefined values for pixels of the low gain
 * @returns offset of the end, or -1 if the bytes are truncated or contain no valid 32-bit varint
 * @throws RangeError if array lengths do not match
 */
export function calibrateHighGain(
  bytes: Uint8Array,
  begin: number,
  nSamples: number,
  threshold: number,
  pedestal: Float32Array,
  factor: Float32Array,
  shift: number,
  selected: Int8Array,
  waveforms: Float32Array,
): number {
  const nRows = pedestal.length;
  if (factor.length !== nRows || selected.length !== nRows || waveforms.length !== nRows * nSamples) {
    throw new RangeError(
      `calibrateHighGain: expected arrays that match ${nRows} rows of ${nSamples} samples, found ${factor.length} factors, ` +
        `${selected.length} channels and ${waveforms.length} results`,
    );
  }
  return hotKernelsFor(waveforms).calibrateHighGain(
    bytes,
    begin,
    nSamples,
    threshold,
    pedestal,
    factor,
    shift,
    selected,
    waveforms,
  );
}
