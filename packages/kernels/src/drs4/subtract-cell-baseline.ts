import { forEachWaveform, PIXEL_CELLS, READ_CELLS, type Drs4Waveforms } from './drs4-rows.js';

/**
 * Subtracts the baseline of each cell, in place. Source: ctapipe_io_lst 0.31 `subtract_pedestal`.
 *
 * @param cells - first cell of each gain channel and pixel, see `firstCells`
 * @param baseline - ADC counts of each cell, shape (2, nPixels, 4096)
 */
export function subtractCellBaseline(
  waveforms: Drs4Waveforms,
  cells: Uint16Array,
  baseline: Float32Array | Int16Array,
): void {
  const { samples } = waveforms;
  forEachWaveform(waveforms, (at, index) => {
    const begin = index * PIXEL_CELLS;
    const first = cells[index];
    for (let i = 0; i < READ_CELLS; i++) samples[at + i] -= baseline[begin + ((first + i) % PIXEL_CELLS)];
  });
}
