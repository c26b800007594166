import type { Neighbors } from '@cherenkit/kernels';

/** Pixels that have to touch. */
const TOGETHER = 3;

/**
 * The pixels that trigger a camera: those with enough photo-electrons that have two such neighbours, and these. None: it does
 * not trigger.
 *
 * @param image - photo-electrons of each pixel
 */
export function triggerPixels(image: Int32Array, threshold: number, { offsets, indices }: Neighbors): Int32Array {
  const found = new Set<number>();
  for (let pixel = 0; pixel < image.length; pixel++) {
    if (image[pixel] < threshold) continue;
    const together = [pixel];
    for (let k = offsets[pixel]; k < offsets[pixel + 1]; k++) {
      if (image[indices[k]] >= threshold) together.push(indices[k]);
    }
    if (together.length >= TOGETHER) for (const one of together) found.add(one);
  }
  return Int32Array.from(found).sort();
}
