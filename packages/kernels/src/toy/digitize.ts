/** How an amplifier and converter turn p.e. per sample into counts. */
export interface Converter {
  /** The largest count; what is above is cut off. */
  readonly maxCount: number;
  /** p.e. per sample above which the amplifier is logarithmic; Infinity where it is linear. */
  readonly linearUpTo: number;
}

/**
 * Counts of samples in p.e., which lie in a row at `from`: amplified, with a pedestal, rounded and cut off.
 *
 * @param light - is added to the samples; undefined: none
 * @param counts - result, at `at`
 */
export function digitize(
  samples: Float32Array,
  from: number,
  light: Float32Array | undefined,
  pedestal: number,
  countsPerPe: number,
  nSamples: number,
  { maxCount, linearUpTo }: Converter,
  counts: Uint16Array,
  at: number,
): void {
  // Half a count more, since a count is what is left when the fraction is cut off.
  const zero = pedestal + 0.5;
  for (let i = 0; i < nSamples; i++) {
    let sample = light === undefined ? samples[from + i] : samples[from + i] + light[at + i];
    if (sample > linearUpTo) sample = linearUpTo * (1 + Math.log(sample / linearUpTo));
    const count = zero + countsPerPe * sample;
    counts[at + i] = count <= 0 ? 0 : count >= maxCount ? maxCount : count;
  }
}

/**
 * Counts of the pixels without light, out of a record of counts. Two samples are copied at once.
 *
 * @param from - per pixel, where its waveform begins in the record; even
 * @param isLit - pixels that are left as they are
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
  if (nSamples % 2 !== 0) throw new RangeError(`samples are copied in pairs, ${nSamples} are none`);
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
