import { CherenkitError, ExitCode } from '@cherenkit/core';
import { Table, type Column, type ColumnValues } from '@cherenkit/tables';
import type { Hdf5File } from '../engine/index.js';
import { fileDefect } from '../tables/file-defect.js';
import { readTable } from '../tables/read-table.js';

/** Ids of an array event. */
export const EVENT_IDS = ['obs_id', 'event_id'] as const;
/** Ids of a telescope event. */
export const TELESCOPE_EVENT_IDS = ['obs_id', 'event_id', 'tel_id'] as const;

/** Range of rows of a table: the first, and the one after the last. */
export type RowRange = readonly [start: number, stop: number];

/** Rows to read from a table. */
interface WantedRows {
  /** Table with the id columns `names`. */
  readonly ids: Table;
  readonly names: readonly string[];
  /** Names of the columns to read, with those of the ids. Default: all. */
  readonly columns?: readonly string[] | undefined;
}

/** Where the rows are if the tables are in step. */
interface ExpectedRows {
  readonly range: RowRange;
  /** Called with the path of a table that is not in step. */
  readonly onMismatch: (path: string) => void;
}

/**
 * Reads the rows of a table that belong to given ids, in their order. The result has no id columns.
 *
 * Tables of a file are usually in step, so that the rows are those in the expected range. Otherwise, rows are matched by their
 * ids, and `onMismatch` is called. Ids without row get missing values.
 *
 * @throws CherenkitError TABLE_KEY_DUPLICATE (65) for rows with the same ids in a table that is not in step; HDF5_CORRUPT (65)
 *   for a table without ids
 */
export async function readRowsOf(
  file: Hdf5File,
  path: string,
  wanted: WantedRows,
  { range: [start, stop], onMismatch }: ExpectedRows,
): Promise<Table> {
  const { ids, names, columns } = wanted;
  try {
    const table = await readTable(file, path, { start, stop, ...(columns && { columns }) });
    if (haveEqualIds(table, ids, names)) return table.without(...names);
    onMismatch(path);
    return await readMatchedRows(file, path, wanted);
  } catch (error) {
    if (CherenkitError.is(error) && error.code === 'TABLE_KEY_DUPLICATE') throw error;
    throw fileDefect(`${file.name}: ${path}`, error);
  }
}

/** Reads the rows of a table that belong to given ids, as {@link readRowsOf}, for a table that is not in step. */
export async function readMatchedRows(
  file: Hdf5File,
  path: string,
  { ids, names, columns }: WantedRows,
): Promise<Table> {
  const rows = findRows(await readTable(file, path, { columns: names }), ids, names, `${file.name}: ${path}`);
  const found = rows.filter((row) => row >= 0);
  const first = found.reduce((least, row) => Math.min(least, row), rows.length === 0 ? 0 : Infinity);
  const last = found.reduce((largest, row) => Math.max(largest, row), -1);
  const range = found.length === 0 ? { stop: 0 } : { start: first, stop: last + 1 };
  const read = await readTable(file, path, { ...range, ...(columns && { columns }) });
  return read.without(...names).take(rows.map((row) => (row < 0 ? -1 : row - first)));
}

/**
 * Finds the row of a table for each row of ids; -1 without match.
 *
 * @param table - with the columns `names`, whose values together identify a row
 * @param ids - table with the same columns
 * @param place - file and path of the table, for messages
 * @throws CherenkitError TABLE_KEY_DUPLICATE (65)
 */
export function findRows(table: Table, ids: Table, names: readonly string[], place: string): Int32Array {
  const [name, ...others] = names;
  const found = others.length > 0 ? undefined : rowsById(table.column(name).values, ids.column(name).values);
  if (found !== undefined) return found;
  const numbered = table.select(...names).withColumn(
    ROW,
    Int32Array.from({ length: table.nRows }, (_, row) => row),
  );
  try {
    return ids
      .select(...names)
      .join(numbered, names, { how: 'left' })
      .column(ROW).values as Int32Array;
  } catch (error) {
    if (!CherenkitError.is(error) || error.code !== 'TABLE_KEY_DUPLICATE') throw error;
    throw repeatedIds(table, names, place, error);
  }
}

/** Several rows of a table of a file have the same ids. */
function repeatedIds(table: Table, names: readonly string[], place: string, cause: unknown): CherenkitError {
  const seen = new Set<string>();
  for (let row = 0; row < table.nRows; row++) {
    const ids = names.map((name) => `${name} ${String(table.column(name).values[row])}`).join(', ');
    if (seen.size !== seen.add(ids).size) continue;
    const message = `${place} has several rows with ${ids}, the second of them in row ${row}. Remove duplicate events.`;
    return new CherenkitError('TABLE_KEY_DUPLICATE', ExitCode.BAD_INPUT, message, { cause });
  }
  throw cause;
}

/** Finds rows by one id, of which events have long runs; undefined for ids that are not unique, or not exact as numbers. */
function rowsById(stored: ColumnValues, ids: ColumnValues): Int32Array | undefined {
  const rows = new Map<number, number>();
  for (let row = 0; row < stored.length; row++) rows.set(Number(stored[row]), row);
  if (rows.size !== stored.length || ![...rows.keys()].every(Number.isSafeInteger)) return undefined;
  const found = new Int32Array(ids.length);
  for (let i = 0; i < ids.length; i++) {
    found[i] = i > 0 && ids[i] === ids[i - 1] ? found[i - 1] : (rows.get(Number(ids[i])) ?? -1);
  }
  return found;
}

/** Not a name of a column in files. */
const ROW = ' row';

/** Places the columns of two tables side by side. Names that both have get the suffixes. */
export function sideBySide(left: Table, right: Table, suffixes: readonly [string, string] = ['_1', '_2']): Table {
  const named = (table: Table, other: Table, suffix: string): Column[] =>
    Array.from(table.columns.values(), (column) =>
      other.has(column.name) ? column.with({ name: column.name + suffix }) : column,
    );
  return new Table([...named(left, right, suffixes[0]), ...named(right, left, suffixes[1])], left.meta);
}

/** Whether two tables have the same ids in the same order. */
export function haveEqualIds(table: Table, other: Table, names: readonly string[]): boolean {
  return (
    table.nRows === other.nRows && names.every((name) => areEqual(table.column(name).values, other.column(name).values))
  );
}

/** Whether ids, which may have different integer types, are equal. */
function areEqual(a: ColumnValues, b: ColumnValues): boolean {
  const [x, y] = [wordsOf(a), wordsOf(b)];
  if (x && y) {
    for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false;
    return true;
  }
  for (let i = 0; i < a.length; i++) if (Number(a[i]) !== Number(b[i])) return false;
  return true;
}

/** The 32-bit words of 64-bit integers, which compare faster than bigints. */
function wordsOf(values: ColumnValues): Int32Array | undefined {
  if (!(values instanceof BigInt64Array || values instanceof BigUint64Array)) return undefined;
  return new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
}
