/**
 * The largest sample of each waveform, the first of equal ones (ctapipe 0.32 `LocalPeakWindowSum`).
 *
 * @param waveforms - rows of `nSamples`
 * @param peaks - result, one per row
 */
export function localPeaks(waveforms: Float32Array, nSamples: number, peaks: Int32Array): void {
  for (let row = 0; row < peaks.length; row++) peaks[row] = argmax(waveforms, row * nSamples, nSamples);
}

/**
 * The largest sample of the mean waveform of a camera, for each channel (ctapipe 0.32 `GlobalPeakWindowSum`).
 *
 * @param waveforms - [channel][pixel][sample]
 * @param broken - 1 marks pixels that are left out, [channel][pixel]; undefined: none
 * @param pixelFraction - below 1, only this fraction of the pixels, at least one, is averaged: those with the largest
 *   samples in the first channel. Broken pixels are the last to be taken but are taken when the fraction demands it.
 * @param peaks - result, [channel][pixel], the same for all pixels of a channel
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
  for (let channel = 0; channel < nChannels; channel++) {
    const firstPixel = channel * nPixels;
    mean.fill(0);
    let count = 0;
    const nCandidates = brightest?.length ?? nPixels;
    for (let i = 0; i < nCandidates; i++) {
      const row = firstPixel + (brightest === undefined ? i : brightest[i]);
      if (brightest === undefined && broken !== undefined && broken[row] !== 0) continue;
      const first = row * nSamples;
      for (let sample = 0; sample < nSamples; sample++) mean[sample] += waveforms[first + sample];
      count++;
    }
    for (let sample = 0; sample < nSamples; sample++) mean[sample] /= count;
    peaks.fill(argmax(mean, 0, nSamples), firstPixel, firstPixel + nPixels);
  }
}

/** The pixels with the largest samples, largest first, the higher index first of equal ones; first channel only. */
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
