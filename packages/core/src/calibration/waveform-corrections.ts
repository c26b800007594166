import { shiftWaveforms, subtractPedestal as subtractPedestalInPlace, type Gigahertz } from '@cherenkit/kernels';

import { waveformsOf, type Waveforms } from '../event/index.js';

type Samples = Waveforms<Float32Array>;

/** Returns a copy with the samples of all pixels outside of the mask set to 0, in all channels. */
export function suppressPixels({ samples, nChannels, nPixels, nSamples }: Samples, kept: Uint8Array): Samples {
  const copy = samples.slice();
  for (let row = 0; row < nChannels * nPixels; row++) {
    if (kept[row % nPixels] === 0) copy.fill(0, row * nSamples, (row + 1) * nSamples);
  }
  return waveformsOf(copy, nChannels, nPixels, nSamples);
}

/** Returns a copy with the pedestal of each channel and pixel subtracted. */
export function subtractPedestal({ samples, nChannels, nPixels, nSamples }: Samples, pedestal: Float32Array): Samples {
  const copy = samples.slice();
  subtractPedestalInPlace(copy, nSamples, pedestal);
  return waveformsOf(copy, nChannels, nPixels, nSamples);
}

/**
 * Aligns the waveforms of all pixels in time, by whole samples.
 *
 * @param timeShift - ns, shape (nChannels, nPixels)
 * @returns the aligned waveforms, and the remaining shift of each pixel, ns
 */
export function alignWaveforms(
  { samples, nChannels, nPixels, nSamples }: Samples,
  timeShift: Float32Array,
  samplingRate: Gigahertz,
): [Samples, Float64Array] {
  const shifted = new Float32Array(samples.length);
  const remaining = new Float64Array(nChannels * nPixels);
  shiftWaveforms(samples, nPixels, nSamples, samplingRate, timeShift, shifted, remaining);
  return [waveformsOf(shifted, nChannels, nPixels, nSamples), remaining];
}
