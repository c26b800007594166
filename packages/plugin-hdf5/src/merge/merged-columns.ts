import { CherenkitError, ExitCode } from '@cherenkit/core';
import type { ColumnValues, NumericType, NumericValues } from '@cherenkit/tables';
import { decodeColumn, valuesFor } from '../engine/decode-columns.js';
import type { StoredMember } from '../engine/index.js';
import { cellEncoder } from '../format/cell-encoder.js';
import { stringLength, type PlacedColumn, type StoredColumn, type StoredType } from '../format/placed-column.js';

/** Columns of a table and the size of its rows in a file. */
export interface RowLayout {
  readonly rowBytes: number;
  readonly columns: readonly StoredMember[];
}

/** Converts rows of a file to rows of the merged table. */
export type RowConverter = (rows: Uint8Array) => Uint8Array;

/** Types to which integers and floats are widened, in this order, so that the result does not depend on the order of merges. */
const WIDER: Readonly<Record<NumericType, readonly NumericType[]>> = {
  bool: [],
  int8: ['int16', 'int32', 'int64', 'float64'],
  uint8: ['int16', 'int32', 'int64', 'float64'],
  int16: ['int32', 'int64', 'float64'],
  uint16: ['int32', 'int64', 'float64'],
  int32: ['int64', 'float64'],
  uint32: ['int64', 'float64'],
  int64: ['float64'],
  uint64: ['int64', 'float64'],
  float32: ['float64'],
  float64: [],
};

/**
 * Returns the type of the merged table that contains the values of another file exactly: its type or a wider one, the longer
 * text; undefined if there is none.
 */
function widenType(merged: StoredType, added: StoredType, values: ColumnValues): StoredType | undefined {
  if (merged === added) return merged;
  const [text, addedText] = [stringLength(merged), stringLength(added)];
  if (text !== undefined && addedText !== undefined) return `S${Math.max(text, addedText)}`;
  if (text !== undefined || addedText !== undefined || merged === 'bool' || added === 'bool') return undefined;
  const type = merged as NumericType;
  return [type, ...WIDER[type]].find((candidate) => holdsAll(candidate, values as NumericValues));
}

function holdsAll(type: NumericType, values: NumericValues): boolean {
  if (type === 'float64') return values.every((value: number | bigint) => typeof value === 'number' || isExact(value));
  if (type === 'float32') return values.every((value: number | bigint) => Object.is(Math.fround(Number(value)), value));
  const bits = Number(/\d+$/.exec(type)?.[0]);
  const [min, max] = type.startsWith('u') ? [0, 2 ** bits] : [-(2 ** (bits - 1)), 2 ** (bits - 1)];
  return values.every((value: number | bigint) => value >= min && value < max && Number.isInteger(Number(value)));
}

function isExact(value: bigint): boolean {
  return BigInt(Number(value)) === value;
}

/**
 * Joins the columns of a table of two files.
 *
 * @param values - values of the columns whose types differ
 * @returns the columns, or the differences that make this impossible
 */
export function joinColumns(
  merged: readonly StoredColumn[],
  added: readonly StoredColumn[],
  values: Readonly<Record<string, ColumnValues>>,
): { readonly columns: readonly StoredColumn[] } | { readonly difference: string } {
  const addedByName = new Map(added.map((column) => [column.name, column]));
  const missing = merged.filter(({ name }) => !addedByName.has(name)).map(({ name }) => name);
  const known = new Set(merged.map(({ name }) => name));
  const extra = added.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  const differences: string[] = [];
  if (missing.length > 0) differences.push(`no column ${missing.join(', ')}`);
  if (extra.length > 0) differences.push(`an additional column ${extra.join(', ')}`);
  const columns: StoredColumn[] = [];
  for (const column of merged) {
    const other = addedByName.get(column.name);
    if (!other) continue;
    const [shape, otherShape] = [column.shape ?? [], other.shape ?? []];
    if (shape.join() !== otherShape.join()) {
      differences.push(`column ${column.name} with cells of shape [${otherShape.join(', ')}]`);
      continue;
    }
    const type = widenType(column.type, other.type, values[column.name] ?? []);
    if (type === undefined) differences.push(`column ${column.name} of type ${other.type}`);
    else columns.push({ name: column.name, type, shape });
  }
  return differences.length > 0 ? { difference: differences.join(', ') } : { columns };
}

/**
 * Makes the converter from the rows of a file to rows of packed columns. Rows of the same layout are passed unchanged.
 *
 * @param place - file and table, for messages
 * @throws CherenkitError MERGE_REFUSED if an integer has no exact float64
 */
export function rowConverter(
  source: RowLayout,
  target: { readonly rowBytes: number; readonly columns: readonly PlacedColumn[] },
  place: string,
): RowConverter {
  if (isSameLayout(source, target)) return (rows) => rows;
  const copies = target.columns.map((column) => columnCopy(source, column, target.rowBytes, place));
  return (rows) => {
    const nRows = rows.length / source.rowBytes;
    const converted = new Uint8Array(nRows * target.rowBytes);
    for (const copy of copies) copy(rows, converted, nRows);
    return converted;
  };
}

type ColumnCopy = (rows: Uint8Array, converted: Uint8Array, nRows: number) => void;

function columnCopy({ rowBytes, columns }: RowLayout, to: PlacedColumn, toBytes: number, place: string): ColumnCopy {
  const from = columns.find(({ name }) => name === to.name);
  if (!from) throw new RangeError(`${place} has no column ${to.name}.`);
  const isWidenedText = stringLength(from.type) !== undefined && to.count === 1;
  if (!from.isBigEndian && (from.type === to.type || isWidenedText)) {
    return (rows, converted, nRows) => {
      for (let row = 0; row < nRows; row++) {
        const start = row * rowBytes + from.offset;
        converted.set(rows.subarray(start, start + from.size), row * toBytes + to.offset);
      }
    };
  }
  const encode = cellEncoder(to);
  return (rows, converted, nRows) => {
    const values = valuesFor(from, nRows);
    decodeColumn(from, rows, rowBytes, values, 0);
    requireExact(values, to, place);
    const view = new DataView(converted.buffer);
    const isScalar = (to.shape ?? []).length === 0;
    for (let row = 0; row < nRows; row++) {
      const cell = isScalar ? values[row] : values.slice(row * to.count, (row + 1) * to.count);
      encode(view, row * toBytes + to.offset, cell);
    }
  };
}

/** @throws CherenkitError MERGE_REFUSED */
function requireExact(values: ArrayLike<unknown>, { name, type }: PlacedColumn, place: string): void {
  if (type !== 'float64') return;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'bigint' || isExact(value)) continue;
    const message = `${place}: column ${name} contains ${value}, which has no exact 64-bit float as in the other files.`;
    throw new CherenkitError('MERGE_REFUSED', ExitCode.USAGE, message);
  }
}

/** Whether rows of a file are those of the merged table, byte by byte. */
export function isSameLayout(
  source: RowLayout,
  target: { rowBytes: number; columns: readonly PlacedColumn[] },
): boolean {
  return (
    source.rowBytes === target.rowBytes &&
    source.columns.length === target.columns.length &&
    source.columns.every((column, i) => {
      const { name, type, offset, size } = target.columns[i];
      return column.name === name && column.type === type && column.offset === offset && column.size === size;
    }) &&
    source.columns.every(({ isBigEndian }) => !isBigEndian)
  );
}
