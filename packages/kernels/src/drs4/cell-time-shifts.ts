import type { Nanoseconds } from '../units.js';
import { CHANNEL_CELLS } from './drs4-rows.js';

/**
 * Shift of the times of each gain channel and pixel by the widths of the cells, ns: a Fourier series over the first cell. Source:
 * ctapipe_io_lst 0.31 `calc_drs4_time_correction_both_gains`.
 *
 * @param cells - first cell of each gain channel and pixel
 * @param cosines - coefficients, shape (2, nPixels, nHarmonics); the first one of each pixel is not used
 * @param sines - as `cosines`
 * @param selected - gain channel of each pixel, whose shifts are wanted; those of the other channel are 0. Undefined for both
 */
export function cellTimeShifts(
  cells: Uint16Array,
  cosines: ArrayLike<Nanoseconds>,
  sines: ArrayLike<Nanoseconds>,
  selected?: Int8Array,
): Float64Array {
  const nHarmonics = cosines.length / cells.length;
  const shifts = new Float64Array(cells.length);
  const nRows = selected?.length ?? cells.length;
  for (let row = 0; row < nRows; row++) {
    const i = selected === undefined ? row : selected[row] * nRows + row;
    const cell = cells[i] % CHANNEL_CELLS;
    let shift = 0;
    // The angle is taken modulo the circle, so that a table of one circle suffices.
    for (let harmonic = 1, angle = cell; harmonic < nHarmonics; harmonic++) {
      shift += cosines[i * nHarmonics + harmonic] * COSINES[angle] + sines[i * nHarmonics + harmonic] * SINES[angle];
      angle = (angle + cell) & (CHANNEL_CELLS - 1);
    }
    shifts[i] = shift;
  }
  return shifts;
}

const angleOf = (i: number): number => (2 * Math.PI * i) / CHANNEL_CELLS;
const COSINES = Float64Array.from({ length: CHANNEL_CELLS }, (_, i) => Math.cos(angleOf(i)));
const SINES = Float64Array.from({ length: CHANNEL_CELLS }, (_, i) => Math.sin(angleOf(i)));
