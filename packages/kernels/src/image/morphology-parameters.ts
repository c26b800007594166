import type { Neighbors } from '../camera/neighbors.js';
import { nextMarked } from '../numeric/next-marked.js';
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
  let nPixels = 0;
  let nSmallIslands = 0;
  let nLargeIslands = 0;
  if (scratch.length !== mask.length) scratch = new Int16Array(mask.length);
  const nIslands = findIslands(neighbors, mask, scratch.fill(0), (size) => {
    nPixels += size;
    if (size <= SMALL) nSmallIslands++;
    else if (size > MEDIUM) nLargeIslands++;
  });
  return { nPixels, nIslands, nSmallIslands, nMediumIslands: nIslands - nSmallIslands - nLargeIslands, nLargeIslands };
}

/** Pixels of an island whose neighbours have not been looked at. Allocated once, since it is as large as a camera. */
let waiting = new Int32Array(0);
/** Labels of an image that are not returned. */
let scratch = new Int16Array(0);

/**
 * Finds the islands of a mask: its connected groups of pixels (ctapipe 0.32 `number_of_islands`).
 *
 * @param neighbors - of the whole camera
 * @param mask - nonzero for each selected pixel of the camera
 * @throws RangeError unless the mask has the camera's number of pixels
 */
export function numberOfIslands(neighbors: Neighbors, mask: Uint8Array): Islands {
  const labels = new Int16Array(mask.length);
  return { nIslands: findIslands(neighbors, mask, labels), labels };
}

/**
 * Labels the islands of a mask, and returns their number.
 *
 * @param labels - result; 0 for all pixels before
 * @param onIsland - called with the number of pixels of each island, in the order of the labels
 */
function findIslands(
  neighbors: Neighbors,
  mask: Uint8Array,
  labels: Int16Array,
  onIsland?: (size: number) => void,
): number {
  const { offsets, indices } = neighbors;
  const nPixels = offsets.length - 1;
  if (mask.length !== nPixels) {
    throw new RangeError(`numberOfIslands: expected a mask of ${nPixels} pixels, found ${mask.length}`);
  }
  if (waiting.length < nPixels) waiting = new Int32Array(nPixels);
  let nIslands = 0;
  for (let first = nextMarked(mask, 0); first < nPixels; first = nextMarked(mask, first + 1)) {
    if (labels[first] !== 0) continue;
    labels[first] = ++nIslands;
    waiting[0] = first;
    let size = 1;
    for (let nWaiting = 1; nWaiting > 0;) {
      const pixel = waiting[--nWaiting];
      for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) {
        const neighbor = indices[j];
        if (mask[neighbor] === 0 || labels[neighbor] !== 0) continue;
        labels[neighbor] = nIslands;
        waiting[nWaiting++] = neighbor;
        size++;
      }
    }
    onIsland?.(size);
  }
  return nIslands;
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
