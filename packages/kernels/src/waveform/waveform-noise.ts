import type { RandomStream } from '../random/random-stream.js';

/**
 * Subtracts from all samples of each gain channel their mean over all events, in place, so that adding the noise does
 * not change the mean charge.
 *
 * @param events - waveforms of each event, [channel][pixel][sample]
 */
export function subtractChannelMeans(events: readonly Float32Array[], nChannels: number): void {
  for (let channel = 0; channel < nChannels; channel++) {
    const parts = events.map((event) => {
      const size = event.length / nChannels;
      return event.subarray(channel * size, (channel + 1) * size);
    });
    let sum = 0;
    let count = 0;
    for (const part of parts) {
      for (let i = 0; i < part.length; i++) sum += part[i];
      count += part.length;
    }
    const mean = sum / count;
    for (const part of parts) for (let i = 0; i < part.length; i++) part[i] -= mean;
  }
}

/**
 * Sum of the waveforms of randomly drawn events, without replacement; the draw is independent for each pixel or common
 * to all.
 *
 * Source: ctapipe 0.32 `build_wf_noise_pixelwise`.
 *
 * @param events - waveforms of each event, [channel][pixel][sample]
 * @param level - number of events to add, at most as many as given
 * @returns [channel][pixel][sample]
 */
export function sumOfRandomEvents(
  events: readonly Float32Array[],
  nChannels: number,
  nPixels: number,
  nSamples: number,
  level: number,
  pixelsAreIndependent: boolean,
  random: RandomStream,
): Float32Array {
  const sum = new Float32Array(nChannels * nPixels * nSamples);
  const order = Int32Array.from(events, (_, i) => i);
  for (let pixel = 0; pixel < nPixels; pixel++) {
    if (pixel === 0 || pixelsAreIndependent) shuffleFirst(order, level, random);
    for (let chosen = 0; chosen < level; chosen++) {
      const event = events[order[chosen]];
      for (let channel = 0; channel < nChannels; channel++) {
        const first = (channel * nPixels + pixel) * nSamples;
        for (let i = first; i < first + nSamples; i++) sum[i] += event[i];
      }
    }
  }
  return sum;
}

/** Partial Fisher-Yates shuffle: moves `count` randomly drawn values to the front. */
function shuffleFirst(values: Int32Array, count: number, random: RandomStream): void {
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random.uniform() * (values.length - i));
    const value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}

/**
 * Adds noise to waveforms.
 *
 * @param waveforms - [channel][pixel][sample], or gain selected [pixel][sample]; not changed
 * @param noise - [channel][pixel][sample]
 * @param selected - gain channel of each pixel; undefined if not gain selected
 */
export function addNoiseWaveforms(
  waveforms: Float32Array,
  noise: Float32Array,
  nSamples: number,
  selected: Int8Array | undefined,
): Float32Array {
  const sum = new Float32Array(waveforms.length);
  const nRows = waveforms.length / nSamples;
  for (let row = 0; row < nRows; row++) {
    const first = row * nSamples;
    const noiseFirst = selected === undefined ? first : (selected[row] * nRows + row) * nSamples;
    for (let i = 0; i < nSamples; i++) sum[first + i] = waveforms[first + i] + noise[noiseFirst + i];
  }
  return sum;
}
