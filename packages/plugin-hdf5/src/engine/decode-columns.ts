import { emptyValues, type ColumnValues, type ElementType, type NumericType } from '@cherenkit/tables';
import { stringLength } from '../format/placed-column.js';
import type { StoredMember } from './dataset-layout.js';

/** Cells of more bytes are copied as a whole, shorter ones element by element. */
const LONGEST_LOOP = 24;
/** Bytes of rows whose columns are decoded one after the other: part of a second-level cache. */
const BLOCK_BYTES = 2 ** 17;

/** Type of the elements of a column in memory. */
export function elementTypeOfMember({ type }: Pick<StoredMember, 'type'>): ElementType {
  return stringLength(type) === undefined ? (type as NumericType) : 'string';
}

/** Array for the values of a column in some rows. */
export function valuesFor(member: StoredMember, nRows: number): ColumnValues {
  return emptyValues(elementTypeOfMember(member), nRows * member.count);
}

/**
 * Decodes columns of packed rows, in blocks of rows that stay in the cache of the processor.
 *
 * @param values - an array for each column, from {@link valuesFor}
 * @param firstRow - row of `values` for the first row of `rows`
 */
export function decodeColumns(
  members: readonly StoredMember[],
  rows: Uint8Array,
  rowBytes: number,
  values: readonly ColumnValues[],
  firstRow: number,
): void {
  const blockRows = Math.max(1, Math.floor(BLOCK_BYTES / Math.max(rowBytes, 1)));
  for (let row = 0; row * rowBytes < rows.length; row += blockRows) {
    const block = rows.subarray(row * rowBytes, (row + blockRows) * rowBytes);
    members.forEach((member, i) => decodeColumn(member, block, rowBytes, values[i], firstRow + row));
  }
}

/**
 * Decodes a column of packed rows.
 *
 * @param rowBytes - size of a row, bytes
 * @param values - from {@link valuesFor}
 * @param firstRow - row of `values` for the first row of `rows`
 */
export function decodeColumn(
  member: StoredMember,
  rows: Uint8Array,
  rowBytes: number,
  values: ColumnValues,
  firstRow: number,
): void {
  const { offset, size, count, isBigEndian } = member;
  const nRows = rowBytes > 0 ? Math.floor(rows.length / rowBytes) : 0;
  if (Array.isArray(values)) {
    const texts = { length: size / count, count, offset, rowBytes };
    decodeTexts(rows, texts, values as string[], firstRow * count, nRows);
  } else if (size > LONGEST_LOOP && !isBigEndian) {
    const { buffer, byteOffset } = values as Uint8Array;
    const target = new Uint8Array(buffer, byteOffset + firstRow * size, nRows * size);
    for (let row = 0, at = offset, to = 0; row < nRows; row++, at += rowBytes, to += size) {
      target.set(rows.subarray(at, at + size), to);
    }
  } else {
    const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
    const bytes = size / count;
    for (let k = 0; k < count; k++) {
      const first = firstRow * count + k;
      decodeNumbers(view, offset + k * bytes, rowBytes, !isBigEndian, values, first, count, nRows);
    }
  }
}

/** Decodes one number per row, at `at`, `at + rowBytes`, ..., into elements `first`, `first + step`, ... */
function decodeNumbers(
  view: DataView,
  at: number,
  rowBytes: number,
  isLittleEndian: boolean,
  values: ColumnValues,
  first: number,
  step: number,
  nRows: number,
): void {
  const end = first + nRows * step;
  if (values instanceof Float64Array) {
    for (let to = first; to < end; to += step, at += rowBytes) values[to] = view.getFloat64(at, isLittleEndian);
  } else if (values instanceof Float32Array) {
    // As integers, since a conversion to float64 would change the bits of some NaN.
    const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
    for (let to = first; to < end; to += step, at += rowBytes) bits[to] = view.getUint32(at, isLittleEndian);
  } else if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    // As two halves, which is faster than bigint.
    const halves = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
    const [low, high] = isLittleEndian ? [0, 4] : [4, 0];
    for (let to = first; to < end; to += step, at += rowBytes) {
      halves[2 * to] = view.getUint32(at + low, isLittleEndian);
      halves[2 * to + 1] = view.getUint32(at + high, isLittleEndian);
    }
  } else if (values instanceof Int32Array || values instanceof Uint32Array) {
    for (let to = first; to < end; to += step, at += rowBytes) values[to] = view.getUint32(at, isLittleEndian);
  } else if (values instanceof Int16Array || values instanceof Uint16Array) {
    for (let to = first; to < end; to += step, at += rowBytes) values[to] = view.getUint16(at, isLittleEndian);
  } else {
    const bytes = values as Uint8Array | Int8Array;
    for (let to = first; to < end; to += step, at += rowBytes) bytes[to] = view.getUint8(at);
  }
}

const utf8 = new TextDecoder();

/** Decodes fixed-length texts, UTF-8 up to the first NUL. Repeated texts, as of telescope names, are decoded once. */
function decodeTexts(
  rows: Uint8Array,
  { length, count, offset, rowBytes }: { length: number; count: number; offset: number; rowBytes: number },
  values: string[],
  first: number,
  nRows: number,
): void {
  let [previous, text] = [rows.subarray(0, 0), ''];
  for (let row = 0, to = first; row < nRows; row++) {
    for (let k = 0, at = offset + row * rowBytes; k < count; k++, at += length, to++) {
      const bytes = rows.subarray(at, at + length);
      if (!areEqual(bytes, previous)) {
        const end = bytes.indexOf(0);
        [previous, text] = [bytes, utf8.decode(end < 0 ? bytes : bytes.subarray(0, end))];
      }
      values[to] = text;
    }
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
