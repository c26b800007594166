import type { Neighbors } from '@cherenkit/kernels';
import fc from 'fast-check';

/** Any symmetric neighbour relation of up to ten pixels, with up to nine neighbours. */
export const randomNeighbors: fc.Arbitrary<Neighbors> = fc.integer({ min: 1, max: 10 }).chain((nPixels) =>
  fc.array(fc.boolean(), { minLength: nPixels * nPixels, maxLength: nPixels * nPixels }).map((touches) => {
    const offsets = new Int32Array(nPixels + 1);
    const indices: number[] = [];
    for (let a = 0; a < nPixels; a++) {
      for (let b = 0; b < nPixels; b++) {
        if (a !== b && touches[Math.min(a, b) * nPixels + Math.max(a, b)]) indices.push(b);
      }
      offsets[a + 1] = indices.length;
    }
    return { offsets, indices: Int32Array.from(indices) };
  }),
);

/** Single-precision values from a small set, so that equal ones occur. */
export function randomValues(length: number): fc.Arbitrary<Float32Array> {
  const value = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.float({ min: -50, max: 300, noNaN: true }));
  return fc.array(value, { minLength: length, maxLength: length }).map((values) => Float32Array.from(values));
}

export function randomMask(length: number): fc.Arbitrary<Uint8Array> {
  return fc.array(fc.boolean(), { minLength: length, maxLength: length }).map((bits) => Uint8Array.from(bits, Number));
}
