import type { Neighbors } from '@cherenkit/kernels';

/** Number of adjacent pixels required for a trigger. */
const MIN_ADJACENT = 3;

/**
 * Pixels that trigger a camera: pixels above the threshold with at least two neighbours above it, and these neighbours.
 * Empty if the camera does not trigger.
 *
 * @param image - photo-electrons of each pixel
 */
export function triggerPixels(image: Int32Array, threshold: number, { offsets, indices }: Neighbors): Int32Array {
  const found = new Set<number>();
  for (let pixel = 0; pixel < image.length; pixel++) {
    if (image[pixel] < threshold) continue;
    const adjacent = [pixel];
    for (let k = offsets[pixel]; k < offsets[pixel + 1]; k++) {
      if (image[indices[k]] >= threshold) adjacent.push(indices[k]);
    }
    if (adjacent.length >= MIN_ADJACENT) for (const one of adjacent) found.add(one);
  }
  return Int32Array.from(found).sort();
}
