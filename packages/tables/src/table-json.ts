import type { Column } from './column.js';
import type { TableData } from './table-data.js';
import { taiText } from './tai-time.js';

/** Value of a column in one row, in JSON. */
export type JsonCell = number | string | boolean | null | readonly JsonCell[];

/** Row of a table in JSON, with the names of the columns as keys. */
export type JsonRow = Readonly<Record<string, JsonCell>>;

/**
 * Converts the rows of a table to plain data for JSON. Times become texts in TAI, members of enumerations their names, masks of
 * telescopes the ids, arrays lists in C order. NaN becomes null, an infinite number `"Infinity"` or `"-Infinity"`, an integer
 * beyond 2^53 a decimal text.
 */
export function jsonRows({ columns, nRows }: TableData): JsonRow[] {
  const all = [...columns.values()];
  return Array.from({ length: nRows }, (_, row) =>
    Object.fromEntries(all.map((column) => [column.name, jsonCell(column, row)])),
  );
}

function jsonCell(column: Column, row: number): JsonCell {
  const { meaning, count, shape } = column;
  if (meaning?.kind === 'time') return taiText(column.timeAt(row)) || null;
  const first = row * count;
  if (meaning?.kind === 'telescopes' && meaning.telIds) {
    return meaning.telIds.filter((_, i) => column.values[first + i] === 1);
  }
  if (shape.length === 0) return jsonElement(column, row);
  return Array.from({ length: count }, (_, i) => jsonElement(column, first + i));
}

function jsonElement({ values, type, meaning }: Column, index: number): JsonCell {
  const value = values[index];
  if (typeof value === 'string') return value;
  if (type === 'bool') return value === 1;
  if (meaning?.kind === 'enumeration') {
    const { members } = meaning.enumeration;
    const name = Object.keys(members).find((each) => members[each] === Number(value));
    if (name !== undefined) return name;
  }
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? null : String(value);
}
