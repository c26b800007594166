import { CHANNEL_CELLS, forEachWaveform, PIXEL_CELLS, READ_CELLS, type Drs4Waveforms } from './drs4-rows.js';

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
 * @param cells - first cell of each gain channel and pixel
 * @param previous - those of the previous event of the run
 */
export function removeSpikes(
  waveforms: Drs4Waveforms,
  cells: Uint16Array,
  previous: Uint16Array,
  correction: SpikeCorrection,
): void {
  const { samples } = waveforms;
  forEachWaveform(waveforms, (at, index) => {
    const last = (previous[index] + READ_CELLS - 1) % CHANNEL_CELLS;
    // Only read-outs that end at an even cell in the first half of a channel cause spikes.
    if (last % 2 !== 0 || last >= CHANNEL_CELLS / 2) return;
    for (let channel = 0; channel < PIXEL_CELLS; channel += CHANNEL_CELLS) {
      for (const base of [PIXEL_CELLS - last - 2, last]) {
        const position = (base + channel - cells[index] + PIXEL_CELLS) % PIXEL_CELLS;
        // A spike may begin two samples before the read-out.
        const begin = position < READ_CELLS ? position : position - PIXEL_CELLS;
        if (begin < 1 - SPIKE_SAMPLES) continue;
        if (correction.method === 'interpolation') interpolate(samples, at, begin);
        else subtract(samples, at, begin, correction.heights, index);
      }
    }
  });
}

function subtract(samples: Float32Array, at: number, begin: number, heights: ArrayLike<number>, index: number): void {
  for (let i = Math.max(0, -begin); i < SPIKE_SAMPLES && begin + i < READ_CELLS; i++) {
    samples[at + begin + i] -= heights[SPIKE_SAMPLES * index + i];
  }
}

function interpolate(samples: Float32Array, at: number, begin: number): void {
  if (begin <= 2 || begin >= READ_CELLS - 2) return;
  const before = samples[at + begin - 1];
  const rise = Math.trunc(samples[at + begin + 2]) - Math.trunc(before);
  samples[at + begin] = before + 0.33 * rise;
  samples[at + begin + 1] = before + 0.66 * rise;
}
