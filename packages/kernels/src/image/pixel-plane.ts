import { nextMarked } from '../numeric/next-marked.js';

/** Positions of all pixels of a camera, in metres or radians; results have the same unit. */
export interface PixelPositions {
  readonly pixX: Float64Array;
  readonly pixY: Float64Array;
}

/** One value per pixel: the charges of a calibrated image, or the photo-electron counts of a true image. */
export type PixelValues = Float32Array | Float64Array | Int32Array;

/** Indices of the selected pixels. Allocated once, since it is as large as a camera. */
let found = new Int32Array(0);

/** Indices of the selected pixels of a mask, ascending. */
export function selectedPixels(mask: Uint8Array): Int32Array {
  if (found.length < mask.length) found = new Int32Array(mask.length);
  let count = 0;
  for (let pixel = nextMarked(mask, 0); pixel < mask.length; pixel = nextMarked(mask, pixel + 1)) {
    found[count++] = pixel;
  }
  return found.slice(0, count);
}

/** Mask of the pixels with a positive value. */
export function litPixelMask(image: PixelValues): Uint8Array {
  const mask = new Uint8Array(image.length);
  for (let pixel = 0; pixel < image.length; pixel++) mask[pixel] = image[pixel] > 0 ? 1 : 0;
  return mask;
}

/** Values of the selected pixels, in the order of the selection. */
export function valuesOf<T extends PixelValues>(values: T, selected: Int32Array): T {
  const gathered = values.slice(0, selected.length) as T;
  for (let k = 0; k < selected.length; k++) gathered[k] = values[selected[k]];
  return gathered;
}

/**
 * Sum of values equal bit by bit to numpy's: single-precision values are summed in single precision and in numpy's
 * order.
 *
 * Source: numpy `pairwise_sum`.
 */
export function pairwiseSum(values: PixelValues, from = 0, to = values.length): number {
  return values instanceof Float32Array ? pairwiseSumFloat32(values, from, to) : plainSum(values, from, to);
}

function plainSum(values: Float64Array | Int32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum;
}

const BLOCK = 128;

function pairwiseSumFloat32(values: Float32Array, from: number, to: number): number {
  const fround = Math.fround;
  const n = to - from;
  if (n > BLOCK) {
    const half = from + (n >> 1) - ((n >> 1) % 8);
    return fround(pairwiseSumFloat32(values, from, half) + pairwiseSumFloat32(values, half, to));
  }
  let sum = 0;
  let i = from;
  if (n >= 8) {
    let a = values[i];
    let b = values[i + 1];
    let c = values[i + 2];
    let d = values[i + 3];
    let e = values[i + 4];
    let f = values[i + 5];
    let g = values[i + 6];
    let h = values[i + 7];
    for (i += 8; i + 8 <= to; i += 8) {
      a = fround(a + values[i]);
      b = fround(b + values[i + 1]);
      c = fround(c + values[i + 2]);
      d = fround(d + values[i + 3]);
      e = fround(e + values[i + 4]);
      f = fround(f + values[i + 5]);
      g = fround(g + values[i + 6]);
      h = fround(h + values[i + 7]);
    }
    sum = fround(fround(fround(a + b) + fround(c + d)) + fround(fround(e + f) + fround(g + h)));
  }
  for (; i < to; i++) sum = fround(sum + values[i]);
  return sum;
}
