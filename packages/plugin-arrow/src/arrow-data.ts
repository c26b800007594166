import type { Column } from '@cherenkit/core';
import { isNanTime } from '@cherenkit/tables';
import {
  makeData,
  type Bool,
  type Data,
  type DataType,
  type FixedSizeList,
  type Float64,
  type TimestampNanosecond,
  type Utf8,
} from 'apache-arrow';

const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/** Returns the values of a column as Arrow data of the type of its field. Numbers and arrays of numbers are not copied. */
export function arrowData(column: Column, type: DataType): Data {
  if (column.meaning?.kind === 'time') return timestamps(column, type as TimestampNanosecond);
  return nested(column, type, column.shape, column.length);
}

/** Data of a dimension: a list of `shape[0]` elements per row, or the elements. */
function nested(column: Column, type: DataType, shape: readonly number[], length: number): Data {
  if (shape.length === 0) return elements(column, type, length);
  const list = type as FixedSizeList<DataType>;
  const child = nested(column, list.valueType, shape.slice(1), length * shape[0]);
  return makeData({ type: list, length, nullCount: 0, child });
}

function elements({ values, type: elementType }: Column, type: DataType, length: number): Data {
  if (elementType === 'bool') {
    return makeData({ type: type as Bool, length, nullCount: 0, data: packedBits(values as Uint8Array) });
  }
  if (elementType === 'string') return texts(values as readonly string[], type as Utf8);
  // The overload for one type of numbers stands for all of them.
  return makeData({ type: type as Float64, length, nullCount: 0, data: values as Float64Array });
}

/** Times of TAI in nanoseconds since 1970; an unknown time is null. */
function timestamps(column: Column, type: TimestampNanosecond): Data {
  const { length } = column;
  const data = new BigInt64Array(length);
  const isKnown = new Uint8Array(length);
  for (let row = 0; row < length; row++) {
    const time = column.timeAt(row);
    if (isNanTime(time)) continue;
    isKnown[row] = 1;
    data[row] = BigInt(time.seconds) * NANOSECONDS_PER_SECOND + BigInt(Math.round(time.quarterNanoseconds / 4));
  }
  const nullCount = isKnown.reduce((count, known) => count - known, length);
  return makeData({ type, length, nullCount, nullBitmap: packedBits(isKnown), data });
}

function texts(values: readonly string[], type: Utf8): Data {
  const valueOffsets = new Int32Array(values.length + 1);
  const encoder = new TextEncoder();
  const parts = values.map((text) => encoder.encode(text));
  parts.forEach((part, i) => (valueOffsets[i + 1] = valueOffsets[i] + part.length));
  const data = new Uint8Array(valueOffsets[values.length]);
  parts.forEach((part, i) => data.set(part, valueOffsets[i]));
  return makeData({ type, length: values.length, nullCount: 0, valueOffsets, data });
}

/** Packs booleans into bits, the first into the lowest bit of the first byte. */
function packedBits(values: ArrayLike<number>): Uint8Array {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) bits[i >> 3] |= 1 << (i & 7);
  return bits;
}
