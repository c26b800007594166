import { shiftWaveforms, subtractPedestal as subtractPedestalInPlace, type Gigahertz } from '@cherenkit/kernels';

import { waveformsOf, type Waveforms } from '../event/index.js';

type Samples = Waveforms<Float32Array>;

/** A copy in which the pixels that are not kept, in all channels, have samples of 0. */
export function suppressPixels({ samples, nChannels, nPixels, nSamples }: Samples, kept: Uint8Array): Samples {
  const copy = samples.slice();
  for (let row = 0; row < nChannels * nPixels; row++) {
    if (kept[row % nPixels] === 0) copy.fill(0, row * nSamples, (row + 1) * nSamples);
  }
  return waveformsOf(copy, nChannels, nPixels, nSamples);
}

/** A copy from whose samples the pedestal of their channel and pixel is subtracted. */
export function subtractPedestal({ samples, nChannels, nPixels, nSamples }: Samples, pedestal: Float32Array): Samples {
  const copy = samples.slice();
  subtractPedestalInPlace(copy, nSamples, pedestal);
  return waveformsOf(copy, nChannels, nPixels, nSamples);
}

/**
 * Waveforms whose pixels are aligned in time by whole samples, and what is left of each shift.
 *
 * @param timeShift - per channel and pixel, ns
 * @returns the waveforms and what to subtract from peak times found in them, ns
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
