/** ADC counts as they were read out; a camera that sums its samples itself needs 32 bits. */
export type AdcSamples = Uint16Array | Uint32Array;

type Samples = AdcSamples | Float32Array;

/**
 * Samples of all pixels of a camera: channel by channel, in each pixel by pixel, the samples of a pixel side by side.
 */
export interface Waveforms<A extends Samples = Samples> {
  /** nChannels * nPixels * nSamples values. A source may decode them when they are first asked for. */
  readonly samples: A;
  readonly nChannels: number;
  readonly nPixels: number;
  readonly nSamples: number;
  /** The nPixels * nSamples values of one channel, 0 being the high gain; a source may decode just these. */
  channel(index: number): A;
}

/** Waveforms over samples that are at hand. */
export function waveformsOf<A extends Samples>(
  samples: A,
  nChannels: number,
  nPixels: number,
  nSamples: number,
): Waveforms<A> {
  const size = nPixels * nSamples;
  if (samples.length !== nChannels * size) {
    throw new RangeError(`${samples.length} samples do not fill ${nChannels} x ${nPixels} x ${nSamples}.`);
  }
  return {
    samples,
    nChannels,
    nPixels,
    nSamples,
    channel: (index) => samples.subarray(index * size, (index + 1) * size) as A,
  };
}
