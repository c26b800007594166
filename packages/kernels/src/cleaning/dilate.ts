import type { Neighbors } from '../camera/neighbors.js';

/**
 * Adds to the pixels of a mask all that have a neighbour in it (ctapipe 0.32 `dilate`).
 *
 * @param mask - 1 for each pixel that is in; not changed
 * @param dilated - result, must be another array
 */
export function dilate(neighbors: Neighbors, mask: Uint8Array, dilated: Uint8Array): void {
  const { offsets, indices } = neighbors;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    let isIn = mask[pixel];
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) isIn |= mask[indices[j]];
    dilated[pixel] = isIn;
  }
}
