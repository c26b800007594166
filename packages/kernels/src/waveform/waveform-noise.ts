import type { RandomStream } from '../random/random-stream.js';

/**
 * Subtracts from all samples of each channel their mean over all events, in place, so that noise brings no charge.
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
 * The sum of some events that are drawn at random, none of them twice: other ones for each pixel, or the same for all.
 *
 * Source: ctapipe 0.32 `build_wf_noise_pixelwise`.
 *
 * @param events - waveforms of each event, [channel][pixel][sample]
 * @param level - how many to add up, at most as many as there are
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

/** Brings so many of the values, drawn at random, to the front. */
function shuffleFirst(values: Int32Array, count: number, random: RandomStream): void {
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random.uniform() * (values.length - i));
    const value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}

/**
 * Waveforms with noise added.
 *
 * @param waveforms - [channel][pixel][sample], or of the selected channel [pixel][sample]; not changed
 * @param noise - of all channels, [channel][pixel][sample]
 * @param selected - channel of each pixel; undefined where the waveforms are of all channels
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
