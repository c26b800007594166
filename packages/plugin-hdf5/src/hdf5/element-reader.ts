import { elementSize, stringLength, type ElementType } from './column.js';

/** The elements of a column, row after row; truth values are 0 or 1, 64-bit integers bigint. */
export type ColumnValues =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array
  | string[];

const ARRAYS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
  bool: Uint8Array,
};

/** The elements that lie one after the other in some bytes, which may start anywhere. */
export function readElements(type: ElementType, bytes: Uint8Array, count: number): ColumnValues {
  const length = stringLength(type);
  if (length !== undefined) {
    return Array.from({ length: count }, (_, i) => text(bytes.subarray(i * length, (i + 1) * length)));
  }
  const aligned = bytes.slice(0, count * elementSize(type));
  return new ARRAYS[type as keyof typeof ARRAYS](aligned.buffer, 0, count);
}

/** Up to the first NUL, or all. */
function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
