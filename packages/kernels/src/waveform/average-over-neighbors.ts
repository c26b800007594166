import type { Neighbors } from '../camera/neighbors.js';
import { nextMarked } from '../numeric/next-marked.js';

/**
 * Replaces the value of each invalid pixel by the mean of its valid neighbours, or by 0 without any, in place.
 *
 * Sums are in the precision of the values and in the order of the neighbours (ctapipe 0.32 `NeighborAverage`).
 *
 * @param values - one per pixel, of one gain channel
 * @param invalid - 1 for each pixel to replace
 */
export function averageOverNeighbors(
  values: Float32Array | Float64Array,
  invalid: Uint8Array,
  neighbors: Neighbors,
): void {
  const { offsets, indices } = neighbors;
  const nPixels = values.length;
  const isSingle = values instanceof Float32Array;
  for (let pixel = nextMarked(invalid, 0); pixel < nPixels; pixel = nextMarked(invalid, pixel + 1)) {
    let sum = 0;
    let count = 0;
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) {
      const neighbor = indices[j];
      if (invalid[neighbor] !== 0) continue;
      sum += values[neighbor];
      if (isSingle) sum = Math.fround(sum);
      count++;
    }
    values[pixel] = count > 0 ? sum / count : 0;
  }
}
