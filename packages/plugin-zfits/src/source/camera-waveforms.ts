import { GainChannel, waveformsOf, type Waveforms } from '@cherenkit/core';
import { WaveformMemory } from '@cherenkit/kernels';

/** Waveforms of a camera, of both gain channels or of the selected ones. */
export interface CameraWaveforms {
  readonly waveform: Waveforms<Float32Array>;
  /** Gain channel of each pixel; undefined for both. */
  readonly selected: Int8Array | undefined;
}

/**
 * Gain channel of each pixel: the low gain if a sample of the high gain is above the threshold. Source: ctapipe 0.32
 * `ThresholdGainSelector`.
 */
export function channelsAbove({ samples, nPixels, nSamples }: Waveforms<Float32Array>, threshold: number): Int8Array {
  const selected = new Int8Array(nPixels);
  for (let pixel = 0; pixel < nPixels; pixel++) {
    const end = (pixel + 1) * nSamples;
    for (let i = pixel * nSamples; i < end; i++) {
      if (samples[i] <= threshold) continue;
      selected[pixel] = GainChannel.LOW;
      break;
    }
  }
  return selected;
}

/** Selects the gain channel of each pixel by {@link channelsAbove}. The samples are moved to the begin of the array. */
export function selectByThreshold(waveform: Waveforms<Float32Array>, threshold: number): CameraWaveforms {
  const { samples, nPixels, nSamples } = waveform;
  const selected = channelsAbove(waveform, threshold);
  const toLow = nPixels * nSamples;
  for (let pixel = 0; pixel < nPixels; pixel++) {
    if (selected[pixel] !== GainChannel.LOW) continue;
    for (let i = pixel * nSamples; i < (pixel + 1) * nSamples; i++) samples[i] = samples[toLow + i];
  }
  return { waveform: waveformsOf(samples.subarray(0, toLow), 1, nPixels, nSamples), selected };
}

/** Samples `start` to `end` (exclusive) of all pixels. They are moved to the begin of the array. */
export function cutInPlace(waveform: Waveforms<Float32Array>, start: number, end: number): Waveforms<Float32Array> {
  const { samples, nChannels, nPixels, nSamples } = waveform;
  const size = Math.max(0, Math.min(end, nSamples) - start);
  if (size === nSamples) return waveform;
  const nRows = nChannels * nPixels;
  for (let row = 0; row < nRows; row++) {
    const [to, from] = [row * size, row * nSamples + start];
    for (let i = 0; i < size; i++) samples[to + i] = samples[from + i];
  }
  return waveformsOf(samples.subarray(0, nRows * size), nChannels, nPixels, size);
}

/** Arrays for the samples of events: new ones, or those of the event before if the caller does not need it any more. */
export class SampleArrays {
  #raw: Uint16Array | undefined;
  #corrected = new Float32Array(0);

  /** @param reuses - whether arrays are used again */
  constructor(private readonly reuses: () => boolean) {}

  /** An array for raw samples. */
  raw(length: number): Uint16Array {
    if (!this.reuses()) return new Uint16Array(length);
    if (this.#raw?.length !== length) this.#raw = new Uint16Array(length);
    return this.#raw;
  }

  /** An array for corrected samples. */
  corrected(length: number): Float32Array {
    if (!this.reuses()) return new Float32Array(length);
    if (this.#corrected.length < length) this.#corrected = new WaveformMemory().allocate(length);
    return this.#corrected.subarray(0, length);
  }
}

/** Sets the samples of some pixels to 0, in place. */
export function clearPixels(
  { samples, nPixels, nSamples }: Waveforms<Float32Array>,
  isCleared: (pixel: number) => boolean,
): void {
  for (let row = 0; row < samples.length / nSamples; row++) {
    if (isCleared(row % nPixels)) samples.fill(0, row * nSamples, (row + 1) * nSamples);
  }
}

/** Factors of the charges of the gain channels, shape (2, nPixels); undefined if both are 1. */
export function gainFactors(high: number, low: number, nPixels: number): Float32Array | undefined {
  if (high === 1 && low === 1) return undefined;
  return new Float32Array(2 * nPixels).fill(high, 0, nPixels).fill(low, nPixels);
}
