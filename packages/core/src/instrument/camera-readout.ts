import type { Gigahertz, Nanoseconds } from '@cherenkit/kernels';

/** Constructor arguments of {@link CameraReadout}. */
export interface CameraReadoutOptions {
  name: string;
  samplingRate: Gigahertz;
  /** Reference pulse of each gain channel, all of the same length. */
  referencePulseShape: readonly Float64Array[];
  referencePulseSampleWidth: Nanoseconds;
  nChannels: number;
  nPixels: number;
  nSamples: number;
  /** Number of samples of long events; undefined for cameras without long events. */
  nSamplesLong?: number | undefined;
}

/** The readout of a camera: sampling and reference pulses. Source: ctapipe 0.32 `CameraReadout`. */
export class CameraReadout {
  readonly name: string;
  readonly samplingRate: Gigahertz;
  /** Reference pulse of each gain channel. */
  readonly referencePulseShape: readonly Float64Array[];
  readonly referencePulseSampleWidth: Nanoseconds;
  readonly nChannels: number;
  readonly nPixels: number;
  readonly nSamples: number;
  readonly nSamplesLong: number | undefined;

  /** @throws RangeError without a reference pulse for each gain channel */
  constructor(options: CameraReadoutOptions) {
    const { name, nChannels, referencePulseShape } = options;
    if (!(nChannels >= 1 && referencePulseShape.length >= nChannels)) {
      throw new RangeError(
        `Readout ${name}: expected a reference pulse for each gain channel, found ${referencePulseShape.length} for ${nChannels}.`,
      );
    }
    this.name = options.name;
    this.samplingRate = options.samplingRate;
    this.referencePulseShape = options.referencePulseShape;
    this.referencePulseSampleWidth = options.referencePulseSampleWidth;
    this.nChannels = options.nChannels;
    this.nPixels = options.nPixels;
    this.nSamples = options.nSamples;
    this.nSamplesLong = options.nSamplesLong;
  }

  /** Returns the time of each sample of the reference pulse, starting at 0, in ns. */
  referencePulseSampleTime(): Float64Array {
    return Float64Array.from(this.referencePulseShape[0] ?? [], (_, i) => i * this.referencePulseSampleWidth);
  }

  /** Whether name and numbers of pixels and samples are equal, and rates and pulses to a relative tolerance of 1e-5. */
  equals(other: CameraReadout): boolean {
    if (this === other) return true;
    return (
      this.nPixels === other.nPixels &&
      this.nSamples === other.nSamples &&
      this.nSamplesLong === other.nSamplesLong &&
      this.name === other.name &&
      isClose(this.samplingRate, other.samplingRate, 0) &&
      isClose(this.referencePulseSampleWidth, other.referencePulseSampleWidth, 0) &&
      this.referencePulseShape.length === other.referencePulseShape.length &&
      this.referencePulseShape.every((pulse, channel) => isSamePulse(pulse, other.referencePulseShape[channel]))
    );
  }

  /** Used by `console.log` in Node: one line. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return (
      `CameraReadout(name=${this.name}, samplingRate=${this.samplingRate} GHz, nChannels=${this.nChannels}, ` +
      `nPixels=${this.nPixels}, nSamples=${this.nSamples}, nSamplesLong=${this.nSamplesLong ?? 'none'})`
    );
  }
}

function isSamePulse(pulse: Float64Array, other: Float64Array | undefined): boolean {
  // The absolute tolerance is that of numpy.isclose: the tails of a pulse are zero up to rounding.
  return pulse.length === other?.length && pulse.every((value, i) => isClose(value, other[i] ?? NaN, 1e-8));
}

function isClose(value: number, reference: number, absolute: number): boolean {
  return Math.abs(value - reference) <= absolute + 1e-5 * Math.abs(reference);
}
