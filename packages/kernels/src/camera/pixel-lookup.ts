/**
 * Index of pixel centres by position: square cells of about four pixels each, for searches that do not visit the whole
 * camera.
 *
 * The pixels of cell `c` (row by row from the lower left) are `pixels[offsets[c]]` to `pixels[offsets[c + 1] - 1]`,
 * ascending.
 */
export interface PixelLookup {
  /** Pixel centres, in any unit of length or angle. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly left: number;
  readonly bottom: number;
  readonly cellSize: number;
  readonly nColumns: number;
  readonly nRows: number;
  readonly offsets: Int32Array;
  readonly pixels: Int32Array;
}

const PIXELS_ALONG_CELL = 2;

/**
 * Sorts pixel centres into cells; time and memory are linear in their number.
 *
 * @param x - pixel centres, finite
 * @param y - as many as in x
 * @throws RangeError if x and y differ in length
 */
export function buildPixelLookup(x: Float64Array, y: Float64Array): PixelLookup {
  const n = x.length;
  if (y.length !== n) throw new RangeError(`buildPixelLookup: expected as many y as x, found ${n} x and ${y.length} y`);
  let left = Infinity;
  let right = -Infinity;
  let bottom = Infinity;
  let top = -Infinity;
  for (let i = 0; i < n; i++) {
    left = Math.min(left, x[i]);
    right = Math.max(right, x[i]);
    bottom = Math.min(bottom, y[i]);
    top = Math.max(top, y[i]);
  }
  const width = n > 0 ? right - left : 0;
  const height = n > 0 ? top - bottom : 0;
  // The second term bounds the number of cells for pixels on a line.
  const cellSize =
    PIXELS_ALONG_CELL * Math.max(Math.sqrt((width * height) / n), Math.max(width, height) / n) || Number.MIN_VALUE;
  const nColumns = width > 0 ? Math.floor(width / cellSize) + 1 : 1;
  const nRows = height > 0 ? Math.floor(height / cellSize) + 1 : 1;

  const lookup = {
    x,
    y,
    left,
    bottom,
    cellSize,
    nColumns,
    nRows,
    offsets: new Int32Array(nColumns * nRows + 1),
    pixels: new Int32Array(n),
  };
  const { offsets, pixels } = lookup;
  for (let i = 0; i < n; i++) offsets[rowAt(lookup, y[i]) * nColumns + columnAt(lookup, x[i]) + 1]++;
  for (let cell = 0; cell < nColumns * nRows; cell++) offsets[cell + 1] += offsets[cell];
  const next = offsets.slice();
  for (let i = 0; i < n; i++) pixels[next[rowAt(lookup, y[i]) * nColumns + columnAt(lookup, x[i])]++] = i;
  return lookup;
}

/** Column of cells at x; positions outside the camera belong to the outermost column. */
export function columnAt(lookup: PixelLookup, x: number): number {
  const column = Math.floor((x - lookup.left) / lookup.cellSize);
  return column > 0 ? Math.min(column, lookup.nColumns - 1) : 0;
}

/** Row of cells at y; positions outside the camera belong to the outermost row. */
export function rowAt(lookup: PixelLookup, y: number): number {
  const row = Math.floor((y - lookup.bottom) / lookup.cellSize);
  return row > 0 ? Math.min(row, lookup.nRows - 1) : 0;
}

/**
 * Pixel whose centre is nearest to a position, or -1 if none is closer than maxDistance.
 *
 * Of several pixels at the same distance, the one with the lowest index.
 */
export function nearestPixel(lookup: PixelLookup, x: number, y: number, maxDistance: number): number {
  const { offsets, pixels, nColumns } = lookup;
  let nearest = -1;
  let smallest = maxDistance * maxDistance;
  const lastRow = rowAt(lookup, y + maxDistance);
  const firstColumn = columnAt(lookup, x - maxDistance);
  const lastColumn = columnAt(lookup, x + maxDistance);
  for (let row = rowAt(lookup, y - maxDistance); row <= lastRow; row++) {
    const end = offsets[row * nColumns + lastColumn + 1];
    for (let k = offsets[row * nColumns + firstColumn]; k < end; k++) {
      const pixel = pixels[k];
      const dx = lookup.x[pixel] - x;
      const dy = lookup.y[pixel] - y;
      const squared = dx * dx + dy * dy;
      if (squared < smallest || (squared === smallest && pixel < nearest)) {
        smallest = squared;
        nearest = pixel;
      }
    }
  }
  return nearest;
}
