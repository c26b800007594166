import type { Neighbors } from '../camera/neighbors.js';
import { SimdNeighborPeaks } from './neighbor-peaks-simd.js';

let simd: SimdNeighborPeaks | 'none' | undefined;

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
  checkSizes(waveforms, nSamples, neighbors, peaks);
  simd ??= SimdNeighborPeaks.create() ?? 'none';
  if (simd === 'none') {
    scalarNeighborPeaks(waveforms, nSamples, neighbors, localWeight, broken, peaks);
    return;
  }
  const nPixels = neighbors.offsets.length - 1;
  for (let first = 0; first < peaks.length; first += nPixels) {
    const end = first + nPixels;
    simd.find(
      waveforms.subarray(first * nSamples, end * nSamples),
      nSamples,
      neighbors,
      localWeight,
      broken?.subarray(first, end),
      peaks.subarray(first, end),
    );
  }
}

/** The same in plain JavaScript, for engines without vector instructions and to compare with; equal to the last bit. */
export function scalarNeighborPeaks(
  waveforms: Float32Array,
  nSamples: number,
  neighbors: Neighbors,
  localWeight: number,
  broken: Uint8Array | undefined,
  peaks: Int32Array,
): void {
  checkSizes(waveforms, nSamples, neighbors, peaks);
  const { offsets, indices } = neighbors;
  const nPixels = offsets.length - 1;
  const sum = new Float32Array(nSamples);
  for (let row = 0; row < peaks.length; row++) {
    const pixel = row % nPixels;
    const own = row * nSamples;
    // storing rounds to single precision
    for (let i = 0; i < nSamples; i++) sum[i] = localWeight === 0 ? 0 : waveforms[own + i] * localWeight;
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) {
      const neighbor = row - pixel + indices[j];
      if (broken !== undefined && broken[neighbor] !== 0) continue;
      const first = neighbor * nSamples;
      for (let i = 0; i < nSamples; i++) sum[i] += waveforms[first + i];
    }
    let largest = -Infinity;
    let peak = 0;
    for (let i = 0; i < nSamples; i++) {
      if (sum[i] > largest) {
        largest = sum[i];
        peak = i;
      }
    }
    peaks[row] = peak;
  }
}

function checkSizes(waveforms: Float32Array, nSamples: number, neighbors: Neighbors, peaks: Int32Array): void {
  const nPixels = neighbors.offsets.length - 1;
  if (peaks.length % nPixels !== 0 || waveforms.length !== peaks.length * nSamples) {
    throw new RangeError(
      `${waveforms.length} samples and ${peaks.length} peaks do not fit ${nPixels} pixels with ${nSamples} samples.`,
    );
  }
}
