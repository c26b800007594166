/** How an amplifier and converter turn p.e. per sample into counts. */
export interface Converter {
  /** The largest count; what is above is cut off. */
  readonly maxCount: number;
  /** p.e. per sample above which the amplifier is logarithmic; Infinity where it is linear. */
  readonly linearUpTo: number;
}

/**
 * Raw samples of one gain channel: noise out of a record, the light of the shower, pedestal and gain, rounded and cut off.
 *
 * @param noise - the record, longer than all places in `noiseAt` plus a waveform
 * @param noiseAt - per pixel, where its noise begins in the record
 * @param light - p.e. per pixel and sample
 * @param isLit - per pixel, 0 where `light` is 0 throughout
 * @param pedestal - counts, per pixel
 * @param countsPerPe - of one p.e. per sample, per pixel
 * @param counts - result, as `light`
 */
export function digitize(
  noise: Float32Array,
  noiseAt: Uint32Array,
  light: Float32Array,
  isLit: Uint8Array,
  pedestal: Float32Array,
  countsPerPe: Float32Array,
  nSamples: number,
  { maxCount, linearUpTo }: Converter,
  counts: Uint16Array,
): void {
  for (let pixel = 0; pixel < pedestal.length; pixel++) {
    const from = noiseAt[pixel];
    const at = pixel * nSamples;
    // Half a count more, since a count is what is left when the fraction is cut off.
    const zero = pedestal[pixel] + 0.5;
    const gain = countsPerPe[pixel];
    if (isLit[pixel] === 0) {
      for (let i = 0; i < nSamples; i++) {
        const count = zero + gain * noise[from + i];
        counts[at + i] = count <= 0 ? 0 : count >= maxCount ? maxCount : count;
      }
      continue;
    }
    for (let i = 0; i < nSamples; i++) {
      let sample = light[at + i] + noise[from + i];
      if (sample > linearUpTo) sample = linearUpTo * (1 + Math.log(sample / linearUpTo));
      const count = zero + gain * sample;
      counts[at + i] = count <= 0 ? 0 : count >= maxCount ? maxCount : count;
    }
  }
}
