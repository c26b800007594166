import {
  emptyValues,
  type ColumnValues,
  type ElementType,
  type NumericType,
  type NumericValues,
} from '@cherenkit/tables';
import { stringLength } from '../format/placed-column.js';
import { haveEqualBytes } from '../format/row-bytes.js';
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

/** Array that a column is decoded into. */
export interface ColumnDestination {
  readonly member: StoredMember;
  /** Array from `valuesFor`. */
  readonly values: ColumnValues;
  /** Row of `values` for each row that is read. Default: in order. */
  readonly places?: Int32Array | undefined;
}

/**
 * Decodes columns of packed rows, in blocks of rows that stay in the cache of the processor.
 *
 * @param firstRow - number of rows that were read before `rows`
 */
export function decodeColumns(
  destinations: readonly ColumnDestination[],
  rows: Uint8Array,
  rowBytes: number,
  firstRow: number,
): void {
  const blockRows = Math.max(1, Math.floor(BLOCK_BYTES / Math.max(rowBytes, 1)));
  for (let row = 0; row * rowBytes < rows.length; row += blockRows) {
    const block = rows.subarray(row * rowBytes, (row + blockRows) * rowBytes);
    const from = firstRow + row;
    for (const { member, values, places } of destinations) {
      decodeColumn(member, block, rowBytes, values, from, places?.subarray(from, from + block.length / rowBytes));
    }
  }
}

/**
 * Decodes a column of packed rows.
 *
 * @param rowBytes - size of a row, bytes
 * @param values - from {@link valuesFor}
 * @param firstRow - row of `values` for the first row of `rows`, and in order for the others
 * @param places - row of `values` for each row of `rows`, instead of `firstRow`
 */
export function decodeColumn(
  member: StoredMember,
  rows: Uint8Array,
  rowBytes: number,
  values: ColumnValues,
  firstRow: number,
  places?: Int32Array,
): void {
  const { offset, size, count, isBigEndian } = member;
  const nRows = rowBytes > 0 ? Math.floor(rows.length / rowBytes) : 0;
  if (Array.isArray(values)) {
    const texts = { length: size / count, count, offset, rowBytes };
    decodeTexts(rows, texts, values as string[], firstRow, nRows, places);
  } else if (size > LONGEST_LOOP && !isBigEndian) {
    const target = wordsOf(values as NumericValues, 1);
    for (let row = 0, at = offset; row < nRows; row++, at += rowBytes) {
      target.set(rows.subarray(at, at + size), (places ? places[row] : firstRow + row) * size);
    }
  } else {
    const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
    const bytes = size / count;
    for (let k = 0; k < count; k++) {
      const cells = { at: offset + k * bytes, rowBytes, bytes, isLittleEndian: !isBigEndian, nRows };
      decodeNumbers(view, cells, values as NumericValues, { first: firstRow, step: count, index: k, places });
    }
  }
}

/** Numbers in packed rows, one per row: at `at`, `at + rowBytes`, ... */
interface NumbersInRows {
  readonly at: number;
  readonly rowBytes: number;
  readonly bytes: number;
  readonly isLittleEndian: boolean;
  readonly nRows: number;
}

/** Elements for these numbers: number `index` of the `step` numbers of a cell. */
interface ElementsInColumn {
  readonly first: number;
  readonly step: number;
  readonly index: number;
  readonly places: Int32Array | undefined;
}

/**
 * Decodes one number per row. Numbers of all types are copied as words of up to 32 bits: one loop for all types is compiled to
 * faster code, bigints are slow, and a conversion of float32 to float64 would change the bits of some NaN.
 */
function decodeNumbers(
  view: DataView,
  { at: start, rowBytes, bytes, isLittleEndian, nRows }: NumbersInRows,
  values: NumericValues,
  { first, step, index, places }: ElementsInColumn,
): void {
  let at = start;
  if (bytes === 8) {
    const words = wordsOf(values, 4);
    const [low, high] = isLittleEndian ? [0, 4] : [4, 0];
    for (let row = 0; row < nRows; row++, at += rowBytes) {
      const to = 2 * ((places ? places[row] : first + row) * step + index);
      words[to] = view.getUint32(at + low, isLittleEndian);
      words[to + 1] = view.getUint32(at + high, isLittleEndian);
    }
  } else if (bytes === 4) {
    const words = wordsOf(values, 4);
    for (let row = 0; row < nRows; row++, at += rowBytes) {
      words[(places ? places[row] : first + row) * step + index] = view.getUint32(at, isLittleEndian);
    }
  } else if (bytes === 2) {
    const words = wordsOf(values, 2);
    for (let row = 0; row < nRows; row++, at += rowBytes) {
      words[(places ? places[row] : first + row) * step + index] = view.getUint16(at, isLittleEndian);
    }
  } else {
    const words = wordsOf(values, 1);
    for (let row = 0; row < nRows; row++, at += rowBytes) {
      words[(places ? places[row] : first + row) * step + index] = view.getUint8(at);
    }
  }
}

/** The memory of an array as words of 1, 2 or 4 bytes. */
function wordsOf(values: NumericValues, bytes: 1): Uint8Array;
function wordsOf(values: NumericValues, bytes: 2): Uint16Array;
function wordsOf(values: NumericValues, bytes: 4): Uint32Array;
function wordsOf({ buffer, byteOffset, byteLength }: NumericValues, bytes: 1 | 2 | 4): NumericValues {
  if (bytes === 1) return new Uint8Array(buffer, byteOffset, byteLength);
  return bytes === 2
    ? new Uint16Array(buffer, byteOffset, byteLength / 2)
    : new Uint32Array(buffer, byteOffset, byteLength / 4);
}

const utf8 = new TextDecoder();

/** Decodes fixed-length texts, UTF-8 up to the first NUL. Repeated texts, as of telescope names, are decoded once. */
function decodeTexts(
  rows: Uint8Array,
  { length, count, offset, rowBytes }: { length: number; count: number; offset: number; rowBytes: number },
  values: string[],
  firstRow: number,
  nRows: number,
  places: Int32Array | undefined,
): void {
  let [previous, text] = [rows.subarray(0, 0), ''];
  for (let row = 0; row < nRows; row++) {
    let to = (places ? places[row] : firstRow + row) * count;
    for (let k = 0, at = offset + row * rowBytes; k < count; k++, at += length, to++) {
      const bytes = rows.subarray(at, at + length);
      if (!haveEqualBytes(bytes, previous)) {
        const end = bytes.indexOf(0);
        [previous, text] = [bytes, utf8.decode(end < 0 ? bytes : bytes.subarray(0, end))];
      }
      values[to] = text;
    }
  }
}
