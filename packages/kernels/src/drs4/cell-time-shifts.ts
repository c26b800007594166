import type { Nanoseconds } from '../units.js';
import { CHANNEL_CELLS } from './drs4-rows.js';

/**
 * Shift of the times of each gain channel and pixel by the widths of the cells, ns: a Fourier series over the first cell. Source:
 * ctapipe_io_lst 0.31 `calc_drs4_time_correction_both_gains`.
 *
 * @param cells - first cell of each gain channel and pixel
 * @param cosines - coefficients, shape (2, nPixels, nHarmonics); the first one of each pixel is not used
 * @param sines - as `cosines`
 */
export function cellTimeShifts(
  cells: Uint16Array,
  cosines: ArrayLike<Nanoseconds>,
  sines: ArrayLike<Nanoseconds>,
): Float64Array {
  const nHarmonics = cosines.length / cells.length;
  const shifts = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] % CHANNEL_CELLS;
    let shift = 0;
    for (let harmonic = 1; harmonic < nHarmonics; harmonic++) {
      // The product is taken modulo the circle, so that a table of one circle suffices.
      const angle = (harmonic * cell) % CHANNEL_CELLS;
      shift += cosines[i * nHarmonics + harmonic] * COSINES[angle] + sines[i * nHarmonics + harmonic] * SINES[angle];
    }
    shifts[i] = shift;
  }
  return shifts;
}

const angleOf = (i: number): number => (2 * Math.PI * i) / CHANNEL_CELLS;
const COSINES = Float64Array.from({ length: CHANNEL_CELLS }, (_, i) => Math.cos(angleOf(i)));
const SINES = Float64Array.from({ length: CHANNEL_CELLS }, (_, i) => Math.sin(angleOf(i)));
