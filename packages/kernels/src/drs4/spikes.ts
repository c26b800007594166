import { CHANNEL_CELLS, PIXEL_CELLS, READ_CELLS } from './drs4-rows.js';

/** Number of samples of a spike. */
const SPIKE_SAMPLES = 3;

/** How spikes are removed: by their mean height, or by the samples beside them. */
export type SpikeCorrection =
  | { readonly method: 'subtraction'; /** ADC counts, shape (2, nPixels, 3). */ readonly heights: ArrayLike<number> }
  | { readonly method: 'interpolation' };

/**
 * Removes the spikes that the read-out of the previous event causes, in place. Source: ctapipe_io_lst 0.31 `subtract_spikes`
 * and `interpolate_spikes`.
 *
 * @param samples - of one gain channel and pixel
 * @param index - index of this one in arrays of shape (2, nPixels)
 * @param first - first cell of the read-out
 * @param previous - that of the previous event of the run
 */
export function removeSpikes(
  samples: Float32Array,
  index: number,
  first: number,
  previous: number,
  correction: SpikeCorrection,
): void {
  const last = (previous + READ_CELLS - 1) % CHANNEL_CELLS;
  // Only read-outs that end at an even cell in the first half of a channel cause spikes.
  if (last % 2 !== 0 || last >= CHANNEL_CELLS / 2) return;
  for (let channel = 0; channel < PIXEL_CELLS; channel += CHANNEL_CELLS) {
    removeSpike(samples, index, PIXEL_CELLS - last - 2 + channel - first, correction);
    removeSpike(samples, index, last + channel - first, correction);
  }
}

function removeSpike(samples: Float32Array, index: number, distance: number, correction: SpikeCorrection): void {
  const position = (distance + PIXEL_CELLS) % PIXEL_CELLS;
  // A spike may begin two samples before the read-out.
  const begin = position < READ_CELLS ? position : position - PIXEL_CELLS;
  if (begin < 1 - SPIKE_SAMPLES) return;
  if (correction.method === 'interpolation') interpolate(samples, begin);
  else subtract(samples, begin, correction.heights, index);
}

function subtract(samples: Float32Array, begin: number, heights: ArrayLike<number>, index: number): void {
  for (let i = Math.max(0, -begin); i < SPIKE_SAMPLES && begin + i < READ_CELLS; i++) {
    samples[begin + i] -= heights[SPIKE_SAMPLES * index + i];
  }
}

function interpolate(samples: Float32Array, begin: number): void {
  if (begin <= 2 || begin >= READ_CELLS - 2) return;
  const before = samples[begin - 1];
  const rise = Math.trunc(samples[begin + 2]) - Math.trunc(before);
  samples[begin] = before + 0.33 * rise;
  samples[begin + 1] = before + 0.66 * rise;
}
