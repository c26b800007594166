import type { Neighbors } from '../camera/neighbors.js';
import type { PixelValues } from './pixel-plane.js';

/** Islands: groups of pixels that are connected by neighbours. */
export interface Islands {
  readonly nIslands: number;
  /** Per pixel of the camera the number of its island, from 1 in the order of the first pixels; 0 outside all. */
  readonly labels: Int16Array;
}

/** Counts of the pixels and islands of an image. */
export interface MorphologyParameters {
  readonly nPixels: number;
  readonly nIslands: number;
  /** Of 2 pixels or fewer. */
  readonly nSmallIslands: number;
  /** Of 3 to 50 pixels. */
  readonly nMediumIslands: number;
  /** Of more than 50 pixels. */
  readonly nLargeIslands: number;
}

const SMALL = 2;
const MEDIUM = 50;

/** Counts of the pixels of a mask and of its islands by size (ctapipe 0.32 `morphology_parameters`). */
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

/**
 * Finds the connected groups of pixels in a mask (ctapipe 0.32 `number_of_islands`).
 *
 * @param neighbors - of the whole camera
 * @param mask - per pixel of the camera, not 0 where a pixel is in
 * @throws RangeError if the mask is not of this camera
 */
export function numberOfIslands(neighbors: Neighbors, mask: Uint8Array): Islands {
  const { offsets, indices } = neighbors;
  const nPixels = offsets.length - 1;
  if (mask.length !== nPixels) {
    throw new RangeError(`numberOfIslands: a mask of ${mask.length} pixels for a camera of ${nPixels}`);
  }
  const labels = new Int16Array(nPixels);
  const waiting = new Int32Array(nPixels);
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

/** Pixels by label: in each island, and at 0 those outside all. */
export function islandSizes({ nIslands, labels }: Islands): Int32Array {
  const sizes = new Int32Array(nIslands + 1);
  for (let pixel = 0; pixel < labels.length; pixel++) sizes[labels[pixel]]++;
  return sizes;
}

/** The island of most pixels as a mask, empty without islands; the first of several (ctapipe 0.32 `largest_island`). */
export function largestIsland(islands: Islands): Uint8Array {
  return islandMask(islands, islandSizes(islands));
}

/**
 * The island of most charge as a mask, empty without islands; the first of several.
 *
 * Unlike ctapipe 0.32 `brightest_island`, which then selects all pixels outside the islands, it is one of the islands also
 * where none has a positive charge.
 *
 * @param image - charge of each pixel of the camera
 */
export function brightestIsland(islands: Islands, image: PixelValues): Uint8Array {
  const { nIslands, labels } = islands;
  const charges = new Float64Array(nIslands + 1);
  for (let pixel = 0; pixel < labels.length; pixel++) charges[labels[pixel]] += image[pixel];
  return islandMask(islands, charges);
}

/** The island with the largest value. */
function islandMask({ nIslands, labels }: Islands, values: ArrayLike<number>): Uint8Array {
  const mask = new Uint8Array(labels.length);
  if (nIslands === 0) return mask;
  let largest = 1;
  for (let island = 2; island <= nIslands; island++) if (values[island] > values[largest]) largest = island;
  for (let pixel = 0; pixel < labels.length; pixel++) mask[pixel] = labels[pixel] === largest ? 1 : 0;
  return mask;
}
