import type { CameraSettings } from '../objects/camera-settings.js';

/** Side of the cells that pixels are counted in, in units of the mean distance between pixels. */
const CELL_SIDE = 2;
/**
 * Limit of the mean number of pixels that share a cell with a pixel; some four do in a camera. The time to find the
 * neighbours of all pixels is proportional to it.
 */
const MAX_CROWDING = 100;

/** Describes what is wrong with the pixels of a camera: not finite, or most of them at one place. Undefined if nothing is. */
export function pixelGeometryFault({ pixelX: x, pixelY: y, pixelArea }: CameraSettings): string | undefined {
  const [left, right] = range(x);
  const [bottom, top] = range(y);
  const [width, height] = [right - left, top - bottom];
  if (x.length === 0) return undefined;
  if (!Number.isFinite(width + height) || !pixelArea.every(Number.isFinite)) {
    return 'pixel positions or areas that are not finite';
  }
  const side = CELL_SIDE * Math.max(Math.sqrt((width * height) / x.length), Math.max(width, height) / x.length);
  const nColumns = side > 0 ? Math.floor(width / side) + 1 : 1;
  const nRows = side > 0 ? Math.floor(height / side) + 1 : 1;
  const counts = new Uint32Array(nColumns * nRows);
  for (let i = 0; i < x.length; i++) {
    const column = side > 0 ? Math.floor((x[i] - left) / side) : 0;
    const row = side > 0 ? Math.floor((y[i] - bottom) / side) : 0;
    counts[row * nColumns + column]++;
  }
  const crowding = counts.reduce((sum, count) => sum + count * count, 0) / x.length;
  return crowding > MAX_CROWDING ? 'most of its pixels at the same place' : undefined;
}

/** Minimum and maximum; NaN if a value is NaN. */
function range(values: Float32Array): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}
