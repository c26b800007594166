/** Raw samples, ADC counts; cameras that sum samples in their electronics need 32 bits. */
export type AdcSamples = Uint16Array | Uint32Array;

type Samples = AdcSamples | Float32Array;

/** The waveforms of a camera: samples with shape (nChannels, nPixels, nSamples), in row-major order. */
export interface Waveforms<A extends Samples = Samples> {
  /** Samples of all channels. Some sources decode them on first access. */
  readonly samples: A;
  readonly nChannels: number;
  readonly nPixels: number;
  readonly nSamples: number;
  /** Returns the samples of one channel (0 is the high gain), with shape (nPixels, nSamples). Some sources decode only these. */
  channel(index: number): A;
}

/**
 * Makes waveforms from samples, without copying them.
 *
 * @throws RangeError if the number of samples does not fit the shape
 */
export function waveformsOf<A extends Samples>(
  samples: A,
  nChannels: number,
  nPixels: number,
  nSamples: number,
): Waveforms<A> {
  const size = nPixels * nSamples;
  if (samples.length !== nChannels * size) {
    throw new RangeError(
      `Expected ${nChannels} x ${nPixels} x ${nSamples} samples (channels, pixels, samples), found ${samples.length}.`,
    );
  }
  return {
    samples,
    nChannels,
    nPixels,
    nSamples,
    channel: (index) => samples.subarray(index * size, (index + 1) * size) as A,
  };
}
