/** Raw samples, ADC counts; cameras that sum samples in their electronics need 32 bits. */
export type AdcSamples = Uint16Array | Uint32Array;

type Samples = AdcSamples | Float32Array;

/** The waveforms of a camera: samples with shape (nChannels, nPixels, nSamples), in row-major order. */
export interface Waveforms<A extends Samples = Samples> {
  /**
   * Samples of all channels. Some sources decode them on first access. As an enumerable property of the object itself,
   * possibly with a getter, it is copied by `structuredClone`.
   */
  readonly samples: A;
  readonly nChannels: number;
  readonly nPixels: number;
  readonly nSamples: number;
  /** Returns the samples of one channel (0 is the high gain), with shape (nPixels, nSamples). Some sources decode only these. */
  channel(index: number): A;
}

/** Waveforms whose samples are in memory. The method is of the class: `structuredClone` refuses objects with functions. */
class SampledWaveforms<A extends Samples> implements Waveforms<A> {
  constructor(
    readonly samples: A,
    readonly nChannels: number,
    readonly nPixels: number,
    readonly nSamples: number,
  ) {}

  channel(index: number): A {
    const size = this.nPixels * this.nSamples;
    return this.samples.subarray(index * size, (index + 1) * size) as A;
  }
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
  if (samples.length !== nChannels * nPixels * nSamples) {
    throw new RangeError(
      `Expected ${nChannels} x ${nPixels} x ${nSamples} samples (channels, pixels, samples), found ${samples.length}.`,
    );
  }
  return new SampledWaveforms(samples, nChannels, nPixels, nSamples);
}

/** Whether an object is waveforms, of any class. */
export function isWaveforms(value: object): value is Waveforms {
  return 'samples' in value && 'nSamples' in value && typeof (value as Partial<Waveforms>).channel === 'function';
}
