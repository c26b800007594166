import type { Column } from './column.js';
import { partOf, type ElementType } from './element-type.js';
import type { Table } from './table.js';
import type { MetaValue, TableMeta } from './table-data.js';

const BLOCK = 2880;
const CARD = 80;

/** How values of a type are stored: code of TFORM, bytes, and the offset of unsigned and signed integers, TZERO. */
interface Format {
  readonly code: string;
  readonly bytes: number;
  readonly zero?: bigint;
}

const FORMATS: Readonly<Record<Exclude<ElementType, 'string'>, Format>> = {
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

/**
 * Makes a FITS file of a table: an empty primary header and a binary table, as `astropy.table.Table.write` does. Metadata
 * become header cards; units are spelled as in FITS. Times and enumerations are stored as their integers.
 *
 * @param name - EXTNAME of the table. Default: none
 * @throws RangeError for metadata that FITS cannot represent: texts that are not ASCII, or names that are too long
 */
export function fitsTable(table: Table, name?: string): Uint8Array {
  const primary = [card('SIMPLE', true), card('BITPIX', 8n), card('NAXIS', 0n), card('EXTEND', true)];
  const columns = [...table.columns.values()].map(placeColumn);
  const rowBytes = columns.reduce((sum, { bytes }) => sum + bytes, 0);
  const header = [
    card('XTENSION', 'BINTABLE'),
    card('BITPIX', 8n),
    card('NAXIS', 2n),
    card('NAXIS1', BigInt(rowBytes)),
    card('NAXIS2', BigInt(table.nRows)),
    card('PCOUNT', 0n),
    card('GCOUNT', 1n),
    card('TFIELDS', BigInt(columns.length)),
    ...columns.flatMap(columnCards),
    ...cards(name === undefined ? {} : { EXTNAME: name }),
    ...cards(table.meta),
  ];
  const [first, second] = [headerBytes(primary), headerBytes(header)];
  const dataBytes = Math.ceil((rowBytes * table.nRows) / BLOCK) * BLOCK;
  const file = new Uint8Array(first.length + second.length + dataBytes);
  file.set(first);
  file.set(second, first.length);
  writeRows(columns, table.nRows, file.subarray(first.length + second.length));
  return file;
}

interface PlacedColumn {
  readonly column: Column;
  readonly format: Format;
  /** Number of values in a cell; bytes of a text. */
  readonly repeat: number;
  /** Bytes of a cell. */
  readonly bytes: number;
}

const utf8 = new TextEncoder();

function placeColumn(column: Column): PlacedColumn {
  if (column.type !== 'string') {
    const format = FORMATS[column.type];
    return { column, format, repeat: column.count, bytes: column.count * format.bytes };
  }
  const lengths = Array.from(column.values as readonly string[], (text) => utf8.encode(text).length);
  const repeat = lengths.reduce((longest, length) => Math.max(longest, length), 1);
  return { column, format: { code: 'A', bytes: 1 }, repeat, bytes: repeat };
}

function columnCards({ column, format, repeat }: PlacedColumn, index: number): string[] {
  const n = index + 1;
  const { name, unit, shape } = column;
  return [
    ...cards({
      [`TTYPE${n}`]: name,
      [`TFORM${n}`]: repeat === 1 && format.code !== 'A' ? format.code : `${repeat}${format.code}`,
    }),
    ...(unit === undefined ? [] : cards({ [`TUNIT${n}`]: standardUnit(unit) })),
    ...(format.zero === undefined ? [] : cards({ [`TZERO${n}`]: format.zero })),
    // The first axis is the fastest.
    ...(shape.length > 1 ? cards({ [`TDIM${n}`]: `(${[...shape].reverse().join(',')})` }) : []),
  ];
}

/** Spells a VOUnit string as in FITS and ECSV files: `g cm-2` for `g.cm**-2`. */
export function standardUnit(unit: string): string {
  return unit.replaceAll('**', '').replaceAll('.', ' ');
}

function writeRows(columns: readonly PlacedColumn[], nRows: number, data: Uint8Array): void {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  let place = 0;
  for (let row = 0; row < nRows; row++) {
    for (const { column, format, repeat, bytes } of columns) {
      if (column.type === 'string') data.set(utf8.encode((column.values as readonly string[])[row]), place);
      else {
        const values = partOf(column.values, row * repeat, (row + 1) * repeat) as ArrayLike<number | bigint>;
        for (let i = 0; i < repeat; i++) writeValue(view, place + i * format.bytes, format, values[i]);
      }
      place += bytes;
    }
  }
}

function writeValue(view: DataView, place: number, { code, zero = 0n }: Format, value: number | bigint): void {
  switch (code) {
    case 'L':
      return view.setUint8(place, value === 0 ? 0x46 : 0x54); // F, T
    case 'B':
      return view.setUint8(place, Number(value));
    case 'I':
      return view.setInt16(place, Number(value) - Number(zero));
    case 'J':
      return view.setInt32(place, Number(value) - Number(zero));
    case 'K':
      return view.setBigInt64(place, BigInt(value) - zero);
    case 'E':
      return view.setFloat32(place, Number(value));
    default:
      return view.setFloat64(place, Number(value));
  }
}

function headerBytes(lines: readonly string[]): Uint8Array {
  const text = [...lines, 'END'.padEnd(CARD)].join('');
  return utf8.encode(text.padEnd(Math.ceil(text.length / BLOCK) * BLOCK));
}

function cards(meta: TableMeta): string[] {
  return Object.entries(meta).flatMap(([name, value]) =>
    typeof value === 'string' ? textCards(name, value) : card(name, value),
  );
}

/** Characters of a text in a card, between its quotes. */
const TEXT = 68;

/** Cards of a text, which is continued in further cards if it is long. */
function textCards(name: string, text: string): string[] {
  if (!/^[\x20-\x7e]*$/.test(text))
    throw new RangeError(`${name}: "${text}" has characters that FITS headers cannot contain`);
  const quoted = text.replaceAll("'", "''");
  const start = keyword(name);
  if (start.length + 2 + quoted.length <= CARD) return [`${start}'${quoted.padEnd(8)}'`.padEnd(CARD)];
  const lines: string[] = [];
  let rest = quoted;
  for (let head = start; rest.length > 0; head = 'CONTINUE  ') {
    let length = Math.min(rest.length, TEXT + 10 - head.length - 1);
    if (rest.length > length && /(?:^|[^'])(?:'')*'$/.test(rest.slice(0, length))) length--; // not within two quotes
    lines.push(`${head}'${rest.slice(0, length)}${rest.length > length ? '&' : ''}'`.padEnd(CARD));
    rest = rest.slice(length);
  }
  return lines;
}

function card(name: string, value: MetaValue): string {
  if (typeof value === 'string') return textCards(name, value)[0];
  const text = `${keyword(name)}${valueText(value).padStart(20)}`;
  if (text.length > CARD) throw new RangeError(`${name}: the name is too long for a FITS header`);
  return text.padEnd(CARD);
}

/** Start of a card, up to its value. */
function keyword(name: string): string {
  return /^[A-Z0-9_-]{1,8}$/.test(name) ? `${name.padEnd(8)}= ` : `HIERARCH ${name} = `;
}

function valueText(value: number | bigint | boolean): string {
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (typeof value === 'bigint') return String(value);
  if (!Number.isFinite(value)) return ''; // an undefined value
  const text = String(value).toUpperCase();
  return /[.]/.test(text) ? text : text.includes('E') ? text.replace('E', '.0E') : `${text}.0`;
}
