/** Number of capacitors of a channel of a DRS4 chip, and of the four channels that are cascaded for a pixel. */
export const CHANNEL_CELLS = 1024;
export const PIXEL_CELLS = 4 * CHANNEL_CELLS;
/** Number of cells that a read-out takes. */
export const READ_CELLS = 40;
/** Number of pixels of a module, and of values per module in arrays of the first cells. */
export const MODULE_PIXELS = 7;
export const MODULE_CHIPS = 8;
/** Chip of each pixel of a module, by gain channel. */
const CHIPS = [
  [0, 0, 1, 1, 2, 2, 3],
  [4, 4, 5, 5, 6, 6, 7],
] as const;
/** Number of gain channels. */
export const N_GAINS = 2;

/** Chip of a read-out pixel, seven per module. */
export function chipOfPixel(readOutPixel: number, gain: number): number {
  return Math.floor(readOutPixel / MODULE_PIXELS) * MODULE_CHIPS + CHIPS[gain][readOutPixel % MODULE_PIXELS];
}

/**
 * First cell of the read-out of each gain channel and pixel, shape (2, nPixels). Source: ctapipe_io_lst 0.31
 * `get_first_capacitors_for_pixels`.
 *
 * @param chipCells - first cell of each chip, eight per module
 * @param pixelIds - pixel of the camera for each read-out pixel, seven per module
 */
export function firstCells(chipCells: Uint16Array, pixelIds: Uint16Array, nPixels: number): Uint16Array {
  const cells = new Uint16Array(N_GAINS * nPixels);
  for (let i = 0; i < pixelIds.length; i++) {
    for (let gain = 0; gain < N_GAINS; gain++) {
      cells[gain * nPixels + pixelIds[i]] = chipCells[chipOfPixel(i, gain)] % PIXEL_CELLS;
    }
  }
  return cells;
}

/** Sum of touched values: what is never used would not be read. */
const touched = new Float64Array(1);

/**
 * Reads the first and the last cell of a read-out in an array of cells. Done for several pixels before their cells are used, it makes
 * the processor fetch their memory at the same time: the arrays are much larger than its caches.
 */
export function touchCells(values: ArrayLike<number>, begin: number, first: number): void {
  touched[0] += values[begin + first] + values[begin + ((first + READ_CELLS - 1) % PIXEL_CELLS)];
}
