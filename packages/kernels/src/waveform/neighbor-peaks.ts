import type { Neighbors } from '../camera/neighbors.js';

const f32 = Math.fround;

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
  const { offsets, indices } = neighbors;
  const nPixels = offsets.length - 1;
  if (peaks.length % nPixels !== 0 || waveforms.length !== peaks.length * nSamples) {
    throw new RangeError(
      `${waveforms.length} samples and ${peaks.length} peaks do not fit ${nPixels} pixels with ${nSamples} samples.`,
    );
  }
  const sum = new Float32Array(nSamples);
  let most = 0;
  for (let pixel = 0; pixel < nPixels; pixel++) most = Math.max(most, offsets[pixel + 1] - offsets[pixel]);
  const starts = new Int32Array(most);

  for (let channel = 0; channel * nPixels < peaks.length; channel++) {
    const firstRow = channel * nPixels;
    for (let pixel = 0; pixel < nPixels; pixel++) {
      let count = 0;
      for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) {
        const row = firstRow + indices[j];
        if (broken === undefined || broken[row] === 0) starts[count++] = row * nSamples;
      }
      const row = firstRow + pixel;
      // nearly all pixels of a hexagonal camera have six neighbours, those of a square one four
      if (localWeight === 0 && count === 6) peaks[row] = peakOfSix(waveforms, nSamples, starts);
      else if (localWeight === 0 && count === 4) peaks[row] = peakOfFour(waveforms, nSamples, starts);
      else {
        const own = row * nSamples;
        for (let i = 0; i < nSamples; i++) sum[i] = localWeight === 0 ? 0 : waveforms[own + i] * localWeight;
        peaks[row] = peakOfSum(waveforms, starts, count, sum);
      }
    }
  }
}

function peakOfSix(waveforms: Float32Array, nSamples: number, starts: Int32Array): number {
  const a = starts[0];
  const b = starts[1];
  const c = starts[2];
  const d = starts[3];
  const e = starts[4];
  const f = starts[5];
  let largest = -Infinity;
  let peak = 0;
  for (let i = 0; i < nSamples; i++) {
    const four = f32(f32(f32(waveforms[a + i] + waveforms[b + i]) + waveforms[c + i]) + waveforms[d + i]);
    const sum = f32(f32(four + waveforms[e + i]) + waveforms[f + i]);
    if (sum > largest) {
      largest = sum;
      peak = i;
    }
  }
  return peak;
}

function peakOfFour(waveforms: Float32Array, nSamples: number, starts: Int32Array): number {
  const a = starts[0];
  const b = starts[1];
  const c = starts[2];
  const d = starts[3];
  let largest = -Infinity;
  let peak = 0;
  for (let i = 0; i < nSamples; i++) {
    const sum = f32(f32(f32(waveforms[a + i] + waveforms[b + i]) + waveforms[c + i]) + waveforms[d + i]);
    if (sum > largest) {
      largest = sum;
      peak = i;
    }
  }
  return peak;
}

/** Adds `count` waveforms to `sum`, whose storing rounds to single precision. */
function peakOfSum(waveforms: Float32Array, starts: Int32Array, count: number, sum: Float32Array): number {
  const nSamples = sum.length;
  for (let j = 0; j < count; j++) {
    const first = starts[j];
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
  return peak;
}
