import type { Column, ColumnHeader, ElementType, NumericValues, Table } from '@cherenkit/tables';
import { invalidFitsValue } from './fits-error.js';

/** How values of a type are stored: code of TFORM, bytes, and the offset of unsigned integers, TZERO. */
interface ElementFormat {
  readonly code: string;
  readonly bytes: number;
  readonly zero?: bigint;
}

const FORMATS: Readonly<Record<Exclude<ElementType, 'string'>, ElementFormat>> = {
  bool: { code: 'L', bytes: 1 },
  uint8: { code: 'B', bytes: 1 },
  int8: { code: 'I', bytes: 2 }, // as B with an offset, which programs read as floats
  int16: { code: 'I', bytes: 2 },
  uint16: { code: 'I', bytes: 2, zero: 1n << 15n },
  int32: { code: 'J', bytes: 4 },
  uint32: { code: 'J', bytes: 4, zero: 1n << 31n },
  int64: { code: 'K', bytes: 8 },
  uint64: { code: 'K', bytes: 8, zero: 1n << 63n },
  float32: { code: 'E', bytes: 4 },
  float64: { code: 'D', bytes: 8 },
};

/** Column of a table to write. */
export interface FitsColumn extends ColumnHeader {
  /** Bytes of the longest text, in UTF-8; required for texts. */
  readonly textBytes?: number;
}

/** Where and how the cells of a column are stored. */
export interface CellFormat extends ElementFormat {
  readonly column: FitsColumn;
  /** Elements of a cell; texts for columns of texts. */
  readonly count: number;
  /** Bytes of a text. */
  readonly textBytes: number;
  /** Offset of the cell in a row. */
  readonly offset: number;
}

/** Formats of columns, and the size of a row. @throws CherenkitError FITS_VALUE_INVALID (2) for texts of unknown length */
export function cellFormats(columns: readonly FitsColumn[]): {
  readonly formats: CellFormat[];
  readonly rowBytes: number;
} {
  let rowBytes = 0;
  const formats = columns.map((column): CellFormat => {
    const count = (column.shape ?? []).reduce((product, length) => product * length, 1);
    const offset = rowBytes;
    if (column.type !== 'string') {
      const format = FORMATS[column.type];
      rowBytes += count * format.bytes;
      return { ...format, column, count, textBytes: 0, offset };
    }
    const { textBytes } = column;
    if (textBytes === undefined)
      throw invalidFitsValue(`Column ${column.name}`, 'expected textBytes, the length of its texts');
    rowBytes += count * textBytes;
    return { code: 'A', bytes: 1, column, count, textBytes, offset };
  });
  return { formats, rowBytes };
}

const utf8 = new TextEncoder();

/** Columns of a complete table, with the length of their texts. */
export function columnsToWrite({ columns }: Table): FitsColumn[] {
  return Array.from(columns.values(), (column): FitsColumn => {
    if (column.type !== 'string') return column.header;
    const texts = column.values as readonly string[];
    return { ...column.header, textBytes: texts.reduce((longest, text) => Math.max(longest, byteLength(text)), 1) };
  });
}

function byteLength(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : utf8.encode(text).length;
}

/**
 * Encodes rows of a table.
 *
 * @param columns - columns of the table in the order of the formats
 * @throws CherenkitError FITS_VALUE_INVALID (2) for texts that are longer than declared
 */
export function encodeRows(
  formats: readonly CellFormat[],
  columns: readonly Column[],
  [start, stop]: readonly [start: number, stop: number],
  rowBytes: number,
): Uint8Array {
  const bytes = new Uint8Array((stop - start) * rowBytes);
  for (const [i, format] of formats.entries()) {
    if (format.code === 'A') encodeTexts(format, columns[i].values as readonly string[], start, stop, bytes, rowBytes);
    else encodeNumbers(format, columns[i].values as NumericValues, start, stop, bytes, rowBytes);
  }
  return bytes;
}

function encodeTexts(
  { column, count, textBytes, offset }: CellFormat,
  texts: readonly string[],
  start: number,
  stop: number,
  bytes: Uint8Array,
  rowBytes: number,
): void {
  for (let row = start; row < stop; row++) {
    for (let i = 0; i < count; i++) {
      const text = utf8.encode(texts[row * count + i]);
      if (text.length > textBytes) {
        throw invalidFitsValue(
          `Column ${column.name}`,
          `"${texts[row * count + i]}" is longer than ${textBytes} bytes`,
        );
      }
      bytes.set(text, (row - start) * rowBytes + offset + i * textBytes);
    }
  }
}

/** One loop per type, which is several times as fast as a call per element. */
function encodeNumbers(
  { code, count, offset, zero = 0n }: CellFormat,
  values: NumericValues,
  start: number,
  stop: number,
  bytes: Uint8Array,
  rowBytes: number,
): void {
  const view = new DataView(bytes.buffer);
  const shift = Number(zero);
  const numbers = values as Float64Array;
  for (let row = start; row < stop; row++) {
    let place = (row - start) * rowBytes + offset;
    const end = (row + 1) * count;
    let at = row * count;
    switch (code) {
      case 'L':
        while (at < end) bytes[place++] = numbers[at++] === 0 ? 0x46 : 0x54; // F, T
        break;
      case 'B':
        while (at < end) bytes[place++] = numbers[at++];
        break;
      case 'I':
        for (; at < end; place += 2) view.setInt16(place, numbers[at++] - shift);
        break;
      case 'J':
        for (; at < end; place += 4) view.setInt32(place, numbers[at++] - shift);
        break;
      case 'K':
        for (; at < end; place += 8) view.setBigInt64(place, (values as BigInt64Array)[at++] - zero);
        break;
      case 'E':
        for (; at < end; place += 4) view.setFloat32(place, numbers[at++]);
        break;
      default:
        for (; at < end; place += 8) view.setFloat64(place, numbers[at++]);
    }
  }
}
