import { medianInPlace } from '@cherenkit/kernels';

/**
 * Shifts with their median over the pixels of an event subtracted, shape (2, nPixels); 0 for gain channels that are not selected.
 * The median is that of the shifts that are numbers. Source: ctapipe_io_lst 0.31 `LSTR0Corrections`.
 *
 * @param shifts - shape (2, nPixels)
 * @param selected - gain channel of each pixel; undefined for both
 */
export function shiftsAboutMedian(shifts: Float64Array, selected: Int8Array | undefined): Float32Array {
  const nRows = selected?.length ?? shifts.length;
  const indexOf = (row: number): number => (selected === undefined ? row : selected[row] * nRows + row);
  const numbers = new Float64Array(nRows);
  let count = 0;
  for (let row = 0; row < nRows; row++) {
    const shift = shifts[indexOf(row)];
    if (!Number.isNaN(shift)) numbers[count++] = shift;
  }
  const median = medianInPlace(numbers, count);
  const result = new Float32Array(shifts.length);
  for (let row = 0; row < nRows; row++) result[indexOf(row)] = shifts[indexOf(row)] - median;
  return result;
}

/** Shifts of both gain channels, shape (2, nPixels), from those of the channels of an event; 0 for those that are not selected. */
export function placedShifts(stored: Float32Array, selected: Int8Array | undefined): Float64Array {
  if (selected === undefined) return Float64Array.from(stored);
  const nPixels = selected.length;
  const shifts = new Float64Array(2 * nPixels);
  selected.forEach((channel, pixel) => (shifts[channel * nPixels + pixel] = stored[pixel]));
  return shifts;
}
