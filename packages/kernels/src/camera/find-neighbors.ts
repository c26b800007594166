import type { Neighbors } from './neighbors.js';
import { columnAt, rowAt, type PixelLookup } from './pixel-lookup.js';
import type { PixelGridType, PixelShape } from './pixel-shape.js';

/** Criterion by which two pixels are neighbours. */
export interface NeighborRule {
  /** Maximum number of neighbours of a pixel; the nearest ones are taken. */
  readonly maxNeighbors: number;
  /** Maximum distance of a neighbour, in units of the distance to the nearest pixel. */
  readonly reach: number;
  /** Metric: 1 for the sum of the coordinate differences, 2 for the Euclidean distance. */
  readonly norm: 1 | 2;
}

/**
 * Neighbour criterion of a regular pixel grid. Source: ctapipe 0.32 `CameraGeometry.calc_pixel_neighbors`.
 *
 * On a hexagonal grid the second ring of pixels begins at 1.73 pixel distances, so a limit of 1.4 separates it from the
 * first; square pixels on such a grid stretch it by sqrt(5)/2. On a square grid the diagonal neighbour is at distance 2
 * in the sum metric; 1.5 allows for uneven spacing between modules.
 *
 * @param diagonal - on a square grid, include pixels that share only a corner
 * @throws RangeError for an irregular grid
 */
export function neighborRule(gridType: PixelGridType, shape: PixelShape, diagonal = false): NeighborRule {
  switch (gridType) {
    case 'hex':
      return { maxNeighbors: 6, reach: shape === 'square' ? (1.4 * Math.sqrt(5)) / 2 : 1.4, norm: 2 };
    case 'square':
      return diagonal ? { maxNeighbors: 8, reach: 1.95, norm: 2 } : { maxNeighbors: 4, reach: 1.5, norm: 1 };
    case 'irregular':
      throw new RangeError('neighborRule: expected a hexagonal or square pixel grid, found an irregular one');
  }
}

/**
 * Finds the neighbours of all pixels from the distances between their centres, in time linear in the number of pixels.
 *
 * Each pixel's limit is a multiple of the distance to its own nearest pixel. On an uneven grid, `j` may therefore be a
 * neighbour of `i` without the reverse. The only pixel of a one-pixel camera is its own neighbour, as in ctapipe.
 *
 * @example
 * ```ts
 * import { buildPixelLookup, findNeighbors, neighborRule } from '@cherenkit/kernels';
 *
 * const x = Float64Array.of(0, 0.05, 0.1, 0, 0.05, 0.1); // two rows of square pixels, in m
 * const y = Float64Array.of(0, 0, 0, 0.05, 0.05, 0.05);
 * const { offsets, indices } = findNeighbors(buildPixelLookup(x, y), neighborRule('square', 'square'));
 * console.log(indices.subarray(offsets[1], offsets[2])); // pixels 0, 2, 4: the neighbours of pixel 1
 * ```
 */
export function findNeighbors(lookup: PixelLookup, rule: NeighborRule): Neighbors {
  const nPixels = lookup.x.length;
  if (nPixels === 1) return { offsets: Int32Array.of(0, 1), indices: Int32Array.of(0) };

  const offsets = new Int32Array(nPixels + 1);
  const indices = new Int32Array(nPixels * rule.maxNeighbors);
  const distances = new Float64Array(rule.maxNeighbors);
  for (let pixel = 0; pixel < nPixels; pixel++) {
    const limit = rule.reach * nearestDistance(lookup, pixel, rule.norm);
    const found = indices.subarray(offsets[pixel], offsets[pixel] + rule.maxNeighbors);
    const count = collectWithin(lookup, pixel, limit, rule.norm, found, distances);
    found.subarray(0, count).sort();
    offsets[pixel + 1] = offsets[pixel] + count;
  }
  return { offsets, indices: indices.slice(0, offsets[nPixels]) };
}

function distanceBetween(lookup: PixelLookup, i: number, j: number, norm: 1 | 2): number {
  const dx = lookup.x[i] - lookup.x[j];
  const dy = lookup.y[i] - lookup.y[j];
  return norm === 1 ? Math.abs(dx) + Math.abs(dy) : Math.sqrt(dx * dx + dy * dy);
}

/** Distance from a pixel to its nearest pixel: a square around it grows until no pixel outside can be nearer. */
function nearestDistance(lookup: PixelLookup, pixel: number, norm: 1 | 2): number {
  const { offsets, pixels, nColumns, nRows } = lookup;
  const x = lookup.x[pixel];
  const y = lookup.y[pixel];
  for (let halfWidth = lookup.cellSize; ; halfWidth *= 2) {
    let nearest = Infinity;
    const firstRow = rowAt(lookup, y - halfWidth);
    const lastRow = rowAt(lookup, y + halfWidth);
    const firstColumn = columnAt(lookup, x - halfWidth);
    const lastColumn = columnAt(lookup, x + halfWidth);
    for (let row = firstRow; row <= lastRow; row++) {
      const end = offsets[row * nColumns + lastColumn + 1];
      for (let k = offsets[row * nColumns + firstColumn]; k < end; k++) {
        if (pixels[k] !== pixel) nearest = Math.min(nearest, distanceBetween(lookup, pixel, pixels[k], norm));
      }
    }
    const sawAll = firstRow === 0 && firstColumn === 0 && lastRow === nRows - 1 && lastColumn === nColumns - 1;
    if (nearest <= halfWidth || sawAll) return nearest;
  }
}

/** Orders pixels by distance, then by index. */
function isNearer(distance: number, pixel: number, otherDistance: number, other: number): boolean {
  return distance < otherDistance || (distance === otherDistance && pixel < other);
}

/** Writes the pixels nearer than `limit` into `found`, the nearest ones if there are too many; returns their number. */
function collectWithin(
  lookup: PixelLookup,
  pixel: number,
  limit: number,
  norm: 1 | 2,
  found: Int32Array,
  distances: Float64Array,
): number {
  const { offsets, pixels, nColumns } = lookup;
  const lastRow = rowAt(lookup, lookup.y[pixel] + limit);
  const firstColumn = columnAt(lookup, lookup.x[pixel] - limit);
  const lastColumn = columnAt(lookup, lookup.x[pixel] + limit);
  let count = 0;
  for (let row = rowAt(lookup, lookup.y[pixel] - limit); row <= lastRow; row++) {
    const end = offsets[row * nColumns + lastColumn + 1];
    for (let k = offsets[row * nColumns + firstColumn]; k < end; k++) {
      const candidate = pixels[k];
      if (candidate === pixel) continue;
      const distance = distanceBetween(lookup, pixel, candidate, norm);
      if (!(distance < limit)) continue;
      let slot = count;
      while (slot > 0 && isNearer(distance, candidate, distances[slot - 1], found[slot - 1])) slot--;
      if (slot === found.length) continue;
      if (count < found.length) count++;
      found.copyWithin(slot + 1, slot, count - 1);
      distances.copyWithin(slot + 1, slot, count - 1);
      distances[slot] = distance;
      found[slot] = candidate;
    }
  }
  return count;
}
