import { waveformsOf, type Waveforms } from '@cherenkit/core';

/** Waveforms of a camera, of both gain channels or of the selected ones. */
export interface CameraWaveforms {
  readonly waveform: Waveforms<Float32Array>;
  /** Gain channel of each pixel; undefined for both. */
  readonly selected: Int8Array | undefined;
}

/** Selects the low gain of each pixel with a sample of the high gain above the threshold. Source: ctapipe 0.32 `ThresholdGainSelector`. */
export function selectByThreshold(waveform: Waveforms<Float32Array>, threshold: number): CameraWaveforms {
  const { nPixels, nSamples } = waveform;
  const [high, low] = [waveform.channel(0), waveform.channel(1)];
  const selected = new Int8Array(nPixels);
  const samples = high.slice();
  for (let pixel = 0; pixel < nPixels; pixel++) {
    const [begin, end] = [pixel * nSamples, (pixel + 1) * nSamples];
    let isAbove = false;
    for (let i = begin; i < end && !isAbove; i++) isAbove = high[i] > threshold;
    if (!isAbove) continue;
    selected[pixel] = 1;
    samples.set(low.subarray(begin, end), begin);
  }
  return { waveform: waveformsOf(samples, 1, nPixels, nSamples), selected };
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
