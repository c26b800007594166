import type { Neighbors } from '../camera/neighbors.js';
import { hotKernelsFor } from './waveform-memory.js';

/**
 * Finds for each pixel the largest sample of the sum of its neighbours' waveforms, the first of equal ones.
 *
 * The sum is in single precision and in the order of `neighbors`, since rounding decides between nearly equal samples:
 * the peaks are those of ctapipe 0.32 `neighbor_average_maximum`. Broken neighbours are skipped; the pixel's own
 * waveform is not, if it has a weight. The peak of a pixel without neighbours and local weight is 0, and so is that of a pixel
 * with NaN samples: even with weight 0, its waveform makes the sum NaN.
 *
 * @param waveforms - [channel][pixel][sample]; finite, or NaN in all samples of a pixel
 * @param localWeight - weight of the pixel's own waveform
 * @param broken - 1 for each broken pixel, [channel][pixel]; undefined for none
 * @param peaks - result, [channel][pixel]
 * @throws RangeError if array lengths do not match
 */
export function neighborPeaks(
  waveforms: Float32Array,
  nSamples: number,
  neighbors: Neighbors,
  localWeight: number,
  broken: Uint8Array | undefined,
  peaks: Int32Array,
): void {
  const nPixels = neighbors.offsets.length - 1;
  if (peaks.length % nPixels !== 0 || waveforms.length !== peaks.length * nSamples) {
    throw new RangeError(
      `neighborPeaks: expected one peak and ${nSamples} samples per channel for ${nPixels} pixels, ` +
        `found ${peaks.length} peaks and ${waveforms.length} samples`,
    );
  }
  const kernels = hotKernelsFor(waveforms);
  for (let first = 0; first < peaks.length; first += nPixels) {
    const end = first + nPixels;
    kernels.neighborPeaks(
      waveforms.subarray(first * nSamples, end * nSamples),
      nSamples,
      neighbors,
      localWeight,
      broken?.subarray(first, end),
      peaks.subarray(first, end),
    );
  }
  for (let row = 0; row < peaks.length; row++) if (Number.isNaN(waveforms[row * nSamples])) peaks[row] = 0;
}
