import { N_GAINS, PIXEL_CELLS, READ_CELLS, touchCells, type Drs4Waveforms } from './drs4-rows.js';

/** Number of waveforms whose baselines are fetched from memory at the same time. */
const GROUP = 16;

/**
 * Subtracts the baseline of each cell, in place. Source: ctapipe_io_lst 0.31 `subtract_pedestal`.
 *
 * @param cells - first cell of each gain channel and pixel, see `firstCells`
 * @param baseline - ADC counts of each cell, shape (2, nPixels, 4096)
 */
export function subtractCellBaseline(
  { samples, nPixels, selected }: Drs4Waveforms,
  cells: Uint16Array,
  baseline: Float32Array | Int16Array,
): void {
  const nRows = selected === undefined ? N_GAINS * nPixels : nPixels;
  const indexOf = (row: number): number => (selected === undefined ? row : selected[row] * nPixels + row);
  for (let group = 0; group < nRows; group += GROUP) {
    const end = Math.min(group + GROUP, nRows);
    for (let row = group; row < end; row++) touchCells(baseline, indexOf(row) * PIXEL_CELLS, cells[indexOf(row)]);
    for (let row = group; row < end; row++) {
      const index = indexOf(row);
      const begin = index * PIXEL_CELLS;
      const nBeforeEnd = Math.min(READ_CELLS, PIXEL_CELLS - cells[index]);
      const at = row * READ_CELLS;
      for (let i = 0, cell = begin + cells[index]; i < READ_CELLS; i++, cell++) {
        if (i === nBeforeEnd) cell = begin;
        samples[at + i] -= baseline[cell];
      }
    }
  }
}
