import type { Neighbors } from './neighbors.js';
import { columnAt, rowAt, type PixelLookup } from './pixel-lookup.js';
import type { PixelGridType, PixelShape } from './pixel-shape.js';

/** When two pixels count as neighbours. */
export interface NeighborRule {
  /** Of the pixels near enough, only so many nearest ones. */
  readonly maxNeighbors: number;
  /** Farthest a neighbour may be, in units of the distance to the pixel nearest of all. */
  readonly reach: number;
  /** 1: sum of the coordinate differences; 2: Euclidean distance. */
  readonly norm: 1 | 2;
}

/**
 * The rule for a regular grid. Source: ctapipe 0.32 `CameraGeometry.calc_pixel_neighbors`.
 *
 * On a hexagonal grid the second ring begins at 1.73 pixel distances, so 1.4 tells the two apart; square pixels on such a grid
 * stretch it by sqrt(5)/2. On a square one the diagonal is 2 away in the sum norm, and 1.5 leaves room for the uneven
 * spacing within modules.
 *
 * @param diagonal - on a square grid, take pixels that share only a corner as well
 * @throws RangeError for an irregular grid
 */
export function neighborRule(gridType: PixelGridType, shape: PixelShape, diagonal = false): NeighborRule {
  switch (gridType) {
    case 'hex':
      return { maxNeighbors: 6, reach: shape === 'square' ? (1.4 * Math.sqrt(5)) / 2 : 1.4, norm: 2 };
    case 'square':
      return diagonal ? { maxNeighbors: 8, reach: 1.95, norm: 2 } : { maxNeighbors: 4, reach: 1.5, norm: 1 };
    case 'irregular':
      throw new RangeError('neighbours cannot be derived from an irregular pixel grid');
  }
}

/**
 * Find the neighbours of all pixels from the distances between their centres; time is linear in the number of pixels.
 *
 * Each pixel takes its own nearest distance as the yardstick, so on an uneven grid `j` may be a neighbour of `i` and not the
 * other way round. A camera of one pixel has that pixel as its own neighbour, as in ctapipe.
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

/** Distance from a pixel to the one nearest to it; a square around it grows until no pixel outside can be nearer. */
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

/** At equal distance the pixel with the lower index counts as the nearer one. */
function isNearer(distance: number, pixel: number, otherDistance: number, other: number): boolean {
  return distance < otherDistance || (distance === otherDistance && pixel < other);
}

/** Write the pixels closer than `limit` into `found`, at most as many as it holds, the nearest ones; returns their number. */
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
