import type { Neighbors } from '../camera/neighbors.js';
import { hotKernels } from './hot-kernels.js';

/**
 * For each pixel the largest sample of the sum of its neighbours' waveforms, the first of equal ones.
 *
 * The sum is kept in single precision and runs in the order of `neighbors`, since that decides between samples that
 * are nearly equal: the peaks are those of ctapipe 0.32 `neighbor_average_maximum`. A broken neighbour is left out; a
 * pixel's own waveform, if weighted in, is not. A pixel without neighbours and local weight peaks at 0.
 *
 * @param waveforms - [channel][pixel][sample]; finite
 * @param localWeight - weight of the pixel's own waveform
 * @param broken - 1 marks broken pixels, [channel][pixel]; undefined: none
 * @param peaks - result, [channel][pixel]
 * @throws RangeError when the waveforms are not those of the camera's pixels
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
      `${waveforms.length} samples and ${peaks.length} peaks do not fit ${nPixels} pixels with ${nSamples} samples.`,
    );
  }
  const kernels = hotKernels();
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
}
