import type { Neighbors } from '../camera/neighbors.js';

/**
 * Grows a mask over all connected allowed pixels; pixels that are not allowed are removed from it. Source: ctapipe 0.32
 * `TailCutsDataVolumeReducer`, second step.
 *
 * @param allowed - nonzero for each pixel that may be selected
 * @param mask - 1 for each selected pixel; not changed
 * @param grown - result, must be another array
 */
export function growMask(neighbors: Neighbors, allowed: Uint8Array, mask: Uint8Array, grown: Uint8Array): void {
  const { offsets, indices } = neighbors;
  dilate(neighbors, mask, grown);
  const waiting = new Int32Array(mask.length);
  let nWaiting = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (grown[pixel] === 0) continue;
    if (allowed[pixel] === 0) grown[pixel] = 0;
    else waiting[nWaiting++] = pixel;
  }
  while (nWaiting > 0) {
    const pixel = waiting[--nWaiting];
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) {
      const neighbor = indices[j];
      if (grown[neighbor] !== 0 || allowed[neighbor] === 0) continue;
      grown[neighbor] = 1;
      waiting[nWaiting++] = neighbor;
    }
  }
}

/**
 * Adds to a mask all pixels with a neighbour in it (ctapipe 0.32 `dilate`).
 *
 * @param mask - 1 for each selected pixel; not changed
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
