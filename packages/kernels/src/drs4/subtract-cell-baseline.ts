import { PIXEL_CELLS, READ_CELLS } from './drs4-rows.js';

/**
 * Subtracts the baseline of each cell of a read-out, in place. Source: ctapipe_io_lst 0.31 `subtract_pedestal`.
 *
 * @param samples - of one gain channel and pixel
 * @param first - first cell of the read-out
 * @param baseline - ADC counts of the cells of all gain channels and pixels
 * @param begin - position of those of this one
 */
export function subtractCellBaseline(
  samples: Float32Array,
  first: number,
  baseline: Float32Array | Int16Array,
  begin: number,
): void {
  const nBeforeEnd = Math.min(READ_CELLS, PIXEL_CELLS - first);
  for (let i = 0; i < nBeforeEnd; i++) samples[i] -= baseline[begin + first + i];
  for (let i = nBeforeEnd; i < READ_CELLS; i++) samples[i] -= baseline[begin + i - nBeforeEnd];
}
