import type { Gigahertz, Nanoseconds } from '@cherenkit/kernels';

/** What a {@link CameraReadout} is made of. */
export interface CameraReadoutOptions {
  name: string;
  samplingRate: Gigahertz;
  /** One pulse per gain channel, all of the same length. */
  referencePulseShape: readonly Float64Array[];
  referencePulseSampleWidth: Nanoseconds;
  nChannels: number;
  nPixels: number;
  nSamples: number;
  /** Samples of long events, for cameras that have them. */
  nSamplesLong?: number | undefined;
}

/** How a camera records signals. Source: ctapipe 0.32 `CameraReadout`. */
export class CameraReadout {
  readonly name: string;
  readonly samplingRate: Gigahertz;
  /** The expected pulse, one per gain channel. */
  readonly referencePulseShape: readonly Float64Array[];
  readonly referencePulseSampleWidth: Nanoseconds;
  readonly nChannels: number;
  readonly nPixels: number;
  readonly nSamples: number;
  readonly nSamplesLong: number | undefined;

  constructor(options: CameraReadoutOptions) {
    this.name = options.name;
    this.samplingRate = options.samplingRate;
    this.referencePulseShape = options.referencePulseShape;
    this.referencePulseSampleWidth = options.referencePulseSampleWidth;
    this.nChannels = options.nChannels;
    this.nPixels = options.nPixels;
    this.nSamples = options.nSamples;
    this.nSamplesLong = options.nSamplesLong;
  }

  /** Time of each sample of the reference pulse, from 0 on, in ns. */
  referencePulseSampleTime(): Float64Array {
    return Float64Array.from(this.referencePulseShape[0] ?? [], (_, i) => i * this.referencePulseSampleWidth);
  }

  /** Whether the numbers of pixels and samples and the name agree, and rates and pulses to 1e-5. */
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
}

function isSamePulse(pulse: Float64Array, other: Float64Array | undefined): boolean {
  // The absolute part is numpy's: the tails of a pulse are zero up to noise.
  return pulse.length === other?.length && pulse.every((value, i) => isClose(value, other[i] ?? NaN, 1e-8));
}

function isClose(value: number, reference: number, absolute: number): boolean {
  return Math.abs(value - reference) <= absolute + 1e-5 * Math.abs(reference);
}
