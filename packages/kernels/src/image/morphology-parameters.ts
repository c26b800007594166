import type { Neighbors } from '../camera/neighbors.js';
import type { PixelValues } from './pixel-plane.js';

/** Islands of an image: groups of pixels that are connected through neighbours. */
export interface Islands {
  readonly nIslands: number;
  /** Island of each pixel of the camera, numbered from 1 in the order of their first pixels; 0 outside all islands. */
  readonly labels: Int16Array;
}

/** Numbers of pixels and islands of an image. */
export interface MorphologyParameters {
  readonly nPixels: number;
  readonly nIslands: number;
  /** Islands of 2 pixels or fewer. */
  readonly nSmallIslands: number;
  /** Islands of 3 to 50 pixels. */
  readonly nMediumIslands: number;
  /** Islands of more than 50 pixels. */
  readonly nLargeIslands: number;
}

const SMALL = 2;
const MEDIUM = 50;

/** Counts the pixels of a mask, and its islands by size (ctapipe 0.32 `morphology_parameters`). */
export function morphologyParameters(neighbors: Neighbors, mask: Uint8Array): MorphologyParameters {
  const islands = numberOfIslands(neighbors, mask);
  const sizes = islandSizes(islands);
  let nPixels = 0;
  let nSmallIslands = 0;
  let nLargeIslands = 0;
  for (let island = 1; island <= islands.nIslands; island++) {
    nPixels += sizes[island];
    if (sizes[island] <= SMALL) nSmallIslands++;
    else if (sizes[island] > MEDIUM) nLargeIslands++;
  }
  const nMediumIslands = islands.nIslands - nSmallIslands - nLargeIslands;
  return { nPixels, nIslands: islands.nIslands, nSmallIslands, nMediumIslands, nLargeIslands };
}

/** Pixels of an island whose neighbours have not been looked at. Allocated once, since it is as large as a camera. */
let waiting = new Int32Array(0);

/**
 * Finds the islands of a mask: its connected groups of pixels (ctapipe 0.32 `number_of_islands`).
 *
 * @param neighbors - of the whole camera
 * @param mask - nonzero for each selected pixel of the camera
 * @throws RangeError unless the mask has the camera's number of pixels
 */
export function numberOfIslands(neighbors: Neighbors, mask: Uint8Array): Islands {
  const { offsets, indices } = neighbors;
  const nPixels = offsets.length - 1;
  if (mask.length !== nPixels) {
    throw new RangeError(`numberOfIslands: expected a mask of ${nPixels} pixels, found ${mask.length}`);
  }
  const labels = new Int16Array(nPixels);
  if (waiting.length < nPixels) waiting = new Int32Array(nPixels);
  let nIslands = 0;
  for (let first = 0; first < nPixels; first++) {
    if (mask[first] === 0 || labels[first] !== 0) continue;
    labels[first] = ++nIslands;
    waiting[0] = first;
    for (let nWaiting = 1; nWaiting > 0;) {
      const pixel = waiting[--nWaiting];
      for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) {
        const neighbor = indices[j];
        if (mask[neighbor] === 0 || labels[neighbor] !== 0) continue;
        labels[neighbor] = nIslands;
        waiting[nWaiting++] = neighbor;
      }
    }
  }
  return { nIslands, labels };
}

/** Number of pixels of each island, by label; at 0, the number outside all islands. */
export function islandSizes({ nIslands, labels }: Islands): Int32Array {
  const sizes = new Int32Array(nIslands + 1);
  for (let pixel = 0; pixel < labels.length; pixel++) sizes[labels[pixel]]++;
  return sizes;
}

/** Mask of the island with most pixels, the first of several (ctapipe 0.32 `largest_island`); empty without islands. */
export function largestIsland(islands: Islands): Uint8Array {
  return islandMask(islands, islandSizes(islands));
}

/**
 * Mask of the island with the largest charge, the first of several; empty without islands.
 *
 * Differs from ctapipe 0.32 `brightest_island` where no island has a positive charge: that selects all pixels outside
 * the islands, this one of the islands.
 *
 * @param image - charge of each pixel of the camera
 */
export function brightestIsland(islands: Islands, image: PixelValues): Uint8Array {
  const { nIslands, labels } = islands;
  const charges = new Float64Array(nIslands + 1);
  for (let pixel = 0; pixel < labels.length; pixel++) charges[labels[pixel]] += image[pixel];
  return islandMask(islands, charges);
}

/** Mask of the island with the largest value. */
function islandMask({ nIslands, labels }: Islands, values: ArrayLike<number>): Uint8Array {
  const mask = new Uint8Array(labels.length);
  if (nIslands === 0) return mask;
  let largest = 1;
  for (let island = 2; island <= nIslands; island++) if (values[island] > values[largest]) largest = island;
  for (let pixel = 0; pixel < labels.length; pixel++) mask[pixel] = labels[pixel] === largest ? 1 : 0;
  return mask;
}
