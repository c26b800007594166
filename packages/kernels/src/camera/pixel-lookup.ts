/**
 * Pixel centres sorted into square cells of some four pixels each, so that what lies around a point is found
 * without looking at the whole camera.
 *
 * The pixels of cell `c` (row by row from the lower left) are `pixels[offsets[c]]` to `pixels[offsets[c + 1] - 1]`, ascending.
 */
export interface PixelLookup {
  /** Pixel centres in the camera's own unit. */
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
 * Sort pixel centres into cells; time and memory are linear in their number.
 *
 * @param x - pixel centres, finite
 * @param y - as many as in x
 * @throws RangeError when the lengths differ
 */
export function buildPixelLookup(x: Float64Array, y: Float64Array): PixelLookup {
  const n = x.length;
  if (y.length !== n) throw new RangeError(`${n} x and ${y.length} y coordinates: one of each per pixel is needed`);
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
  // The second term bounds the number of cells when the pixels stand in a line.
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

/** Column of the cells at x; points beside the camera belong to its outermost column. */
export function columnAt(lookup: PixelLookup, x: number): number {
  const column = Math.floor((x - lookup.left) / lookup.cellSize);
  return column > 0 ? Math.min(column, lookup.nColumns - 1) : 0;
}

/** Row of the cells at y; points beyond the camera belong to its outermost row. */
export function rowAt(lookup: PixelLookup, y: number): number {
  const row = Math.floor((y - lookup.bottom) / lookup.cellSize);
  return row > 0 ? Math.min(row, lookup.nRows - 1) : 0;
}

/**
 * The pixel whose centre is nearest to a point and closer than maxDistance, -1 when there is none.
 *
 * Of several at the same distance it is the one with the lowest index.
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
