import type { Nanoseconds, PhotoElectrons, RandomStream } from '@cherenkit/kernels';

import type { ToyLight } from './toy-light.js';
import { PULSE_LENGTH, pulseIntegral } from './toy-pulse.js';

/** How one camera makes samples of light. */
export interface ToyReadout {
  readonly nPixels: number;
  readonly nSamples: number;
  readonly sampleWidth: Nanoseconds;
  readonly pulseTimeConstant: Nanoseconds;
  /** Standard deviation of each sample without light. */
  readonly noise: PhotoElectrons;
}

/**
 * Samples in photo-electrons, pixel by pixel: noise, and a pulse for each photo-electron.
 *
 * @param start - time at which the readout begins
 */
export function drawWaveforms(
  random: RandomStream,
  { pixel, time }: ToyLight,
  start: Nanoseconds,
  { nPixels, nSamples, sampleWidth, pulseTimeConstant, noise }: ToyReadout,
): Float32Array {
  const samples = new Float32Array(nPixels * nSamples);
  if (noise > 0) for (let i = 0; i < samples.length; i++) samples[i] = noise * random.normal();
  for (let i = 0; i < pixel.length; i++) {
    const begin = time[i] - start;
    const first = Math.max(0, Math.floor(begin / sampleWidth));
    const end = Math.min(nSamples, Math.ceil((begin + PULSE_LENGTH * pulseTimeConstant) / sampleWidth));
    let before = pulseIntegral(first * sampleWidth - begin, pulseTimeConstant);
    for (let sample = first; sample < end; sample++) {
      const after = pulseIntegral((sample + 1) * sampleWidth - begin, pulseTimeConstant);
      samples[pixel[i] * nSamples + sample] += after - before;
      before = after;
    }
  }
  return samples;
}

/** Pedestal and counts of one photo-electron in one sample, of the converter that makes raw data. */
const PEDESTAL = 300;
const COUNTS_PER_PHOTO_ELECTRON = 20;
const MAX_COUNT = 2 ** 16 - 1;

/** Samples as raw ADC counts. */
export function digitized(samples: Float32Array): Uint16Array {
  return Uint16Array.from(samples, (sample) =>
    Math.min(MAX_COUNT, Math.max(0, Math.round(PEDESTAL + COUNTS_PER_PHOTO_ELECTRON * sample))),
  );
}

/** The inverse of {@link digitized}, but for rounding and saturation. */
export function calibrated(counts: Uint16Array): Float32Array {
  return Float32Array.from(counts, (count) => (count - PEDESTAL) / COUNTS_PER_PHOTO_ELECTRON);
}
