import { hotKernelsFor } from './waveform-memory.js';

/**
 * Finds the largest sample of each waveform, the first of equal ones (ctapipe 0.32 `LocalPeakWindowSum`).
 *
 * @param waveforms - rows of `nSamples`
 * @param peaks - result, one per row
 */
export function localPeaks(waveforms: Float32Array, nSamples: number, peaks: Int32Array): void {
  if (peaks.length === 0) return;
  // Without neighbours, the peak of the sum is that of the waveform itself.
  const none = { offsets: new Int32Array(peaks.length + 1), indices: new Int32Array(0) };
  hotKernelsFor(waveforms).neighborPeaks(waveforms, nSamples, none, 1, undefined, peaks);
}

/**
 * Finds the largest sample of the mean waveform of a camera, for each gain channel (ctapipe 0.32
 * `GlobalPeakWindowSum`).
 *
 * @param waveforms - [channel][pixel][sample]
 * @param broken - 1 for each pixel to ignore, [channel][pixel]; undefined for none
 * @param pixelFraction - if below 1, only this fraction of the pixels, at least one, is averaged: those with the
 *   largest samples in the first channel. Broken pixels are used last, if the fraction requires it.
 * @param peaks - result, [channel][pixel], equal for all pixels of a channel
 */
export function globalPeaks(
  waveforms: Float32Array,
  nPixels: number,
  nSamples: number,
  broken: Uint8Array | undefined,
  pixelFraction: number,
  peaks: Int32Array,
): void {
  const nChannels = peaks.length / nPixels;
  const brightest =
    pixelFraction === 1
      ? undefined
      : brightestPixels(waveforms, nPixels, nSamples, broken, Math.max(1, Math.trunc(pixelFraction * nPixels)));
  const mean = new Float32Array(nSamples);
  const rows = new Int32Array(nPixels);
  for (let channel = 0; channel < nChannels; channel++) {
    const firstPixel = channel * nPixels;
    const nCandidates = brightest?.length ?? nPixels;
    let count = 0;
    for (let i = 0; i < nCandidates; i++) {
      const row = firstPixel + (brightest === undefined ? i : brightest[i]);
      if (brightest === undefined && broken !== undefined && broken[row] !== 0) continue;
      rows[count++] = row * nSamples;
    }
    addRows(waveforms, nSamples, rows.subarray(0, count), mean.fill(0));
    for (let sample = 0; sample < nSamples; sample++) mean[sample] /= count;
    peaks.fill(argmax(mean, 0, nSamples), firstPixel, firstPixel + nPixels);
  }
}

/**
 * Adds rows, given by the indices of their first samples, one after the other in single precision; four per pass to
 * save memory accesses.
 */
function addRows(waveforms: Float32Array, nSamples: number, rows: Int32Array, sum: Float32Array): void {
  const fround = Math.fround;
  const nInFours = rows.length - (rows.length % 4);
  for (let i = 0; i < nInFours; i += 4) {
    const [a, b, c, d] = [rows[i], rows[i + 1], rows[i + 2], rows[i + 3]];
    for (let sample = 0; sample < nSamples; sample++) {
      const two = fround(fround(sum[sample] + waveforms[a + sample]) + waveforms[b + sample]);
      sum[sample] = fround(two + waveforms[c + sample]) + waveforms[d + sample];
    }
  }
  for (let i = nInFours; i < rows.length; i++) {
    for (let sample = 0; sample < nSamples; sample++) sum[sample] += waveforms[rows[i] + sample];
  }
}

/** Pixels with the largest samples in the first channel, largest first; the higher index first of equal ones. */
function brightestPixels(
  waveforms: Float32Array,
  nPixels: number,
  nSamples: number,
  broken: Uint8Array | undefined,
  count: number,
): Int32Array {
  const largest = new Float32Array(nPixels).fill(-Infinity);
  const order = new Int32Array(nPixels);
  for (let pixel = 0; pixel < nPixels; pixel++) {
    order[pixel] = pixel;
    if (broken !== undefined && broken[pixel] !== 0) continue;
    const first = pixel * nSamples;
    largest[pixel] = waveforms[first + argmax(waveforms, first, nSamples)];
  }
  order.sort((a, b) => (largest[a] === largest[b] ? b - a : largest[b] - largest[a]));
  return order.subarray(0, count);
}

function argmax(values: Float32Array, first: number, count: number): number {
  let best = -Infinity;
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (values[first + i] > best) {
      best = values[first + i];
      at = i;
    }
  }
  return at;
}
