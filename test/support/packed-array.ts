import { expect } from 'chai';

const TYPES = {
  f4: Float32Array,
  f8: Float64Array,
  i4: Int32Array,
  i2: Int16Array,
  i1: Int8Array,
  u1: Uint8Array,
  u2: Uint16Array,
  u4: Uint32Array,
} as const;
type Types = { [K in keyof typeof TYPES]: InstanceType<(typeof TYPES)[K]> };

/** An array in a reference file, base64 of its little-endian bytes, so that it is exact. */
export interface PackedArray {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: string;
}

/** The unpacked array. @throws Error if its type differs from `dtype` */
export function unpack<K extends keyof Types>(dtype: K, packed: PackedArray): Types[K] {
  if (packed.dtype !== dtype) throw new Error(`the reference holds ${packed.dtype}, the test expects ${dtype}`);
  const bytes = Uint8Array.from(Buffer.from(packed.data, 'base64'));
  return new TYPES[dtype](bytes.buffer) as Types[K];
}

/** Requires arrays to be equal and not empty. */
export function expectSame(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(expected.length).to.be.greaterThan(0);
  expect(Array.from(actual)).to.deep.equal(Array.from(expected));
}
