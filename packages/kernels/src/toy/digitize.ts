/** Response of amplifier and analog-to-digital converter. */
export interface AdcResponse {
  /** Largest count; higher signals saturate. */
  readonly maxCount: number;
  /** p.e. per sample above which the amplifier is logarithmic; Infinity for a linear one. */
  readonly linearLimit: number;
}

/**
 * Digitizes `nSamples` consecutive samples in p.e.: amplifies, adds the pedestal, rounds and saturates.
 *
 * @param from - index of the first sample in `samples`
 * @param light - p.e. to add to the samples, at the same indices as `counts`; undefined for none
 * @param counts - result
 * @param at - index of the first count in `counts`
 */
export function digitize(
  samples: Float32Array,
  from: number,
  light: Float32Array | undefined,
  pedestal: number,
  countsPerPe: number,
  nSamples: number,
  { maxCount, linearLimit }: AdcResponse,
  counts: Uint16Array,
  at: number,
): void {
  // Half a count more, because storing an integer truncates.
  const zero = pedestal + 0.5;
  for (let i = 0; i < nSamples; i++) {
    let sample = light === undefined ? samples[from + i] : samples[from + i] + light[at + i];
    if (sample > linearLimit) sample = linearLimit * (1 + Math.log(sample / linearLimit));
    const count = zero + countsPerPe * sample;
    counts[at + i] = count <= 0 ? 0 : count >= maxCount ? maxCount : count;
  }
}

/**
 * Copies the waveforms of the pixels without light from a record of counts, two samples at a time.
 *
 * @param from - index in the record at which the waveform of each pixel starts; even
 * @param isLit - 1 for pixels to leave unchanged
 * @param nSamples - even
 * @param counts - result, rows of `nSamples`
 * @throws RangeError for an odd number of samples
 */
export function copyDarkWaveforms(
  record: Uint16Array,
  from: Int32Array,
  isLit: Uint8Array,
  nSamples: number,
  counts: Uint16Array,
): void {
  if (nSamples % 2 !== 0)
    throw new RangeError(`copyDarkWaveforms: expected an even number of samples, found ${nSamples}`);
  const source = new Int32Array(record.buffer, record.byteOffset, record.length >> 1);
  const target = new Int32Array(counts.buffer, counts.byteOffset, counts.length >> 1);
  const nPairs = nSamples >> 1;
  for (let pixel = 0; pixel < from.length; pixel++) {
    if (isLit[pixel] !== 0) continue;
    const begin = from[pixel] >> 1;
    const at = pixel * nPairs;
    for (let i = 0; i < nPairs; i++) target[at + i] = source[begin + i];
  }
}
