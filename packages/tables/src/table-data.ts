import { CherenkitError, didYouMean, ExitCode } from '@cherenkit/errors';
import { invalidColumn, type Column } from './column.js';

/** A value that describes a table as a whole: text, a float64 (number), an int64 (bigint), or a truth value. */
export type MetaValue = string | number | bigint | boolean;
export type TableMeta = Readonly<Record<string, MetaValue>>;

/** What a table holds; verbs are pure functions from one to another. */
export interface TableData {
  readonly nRows: number;
  /** By name, in order. */
  readonly columns: ReadonlyMap<string, Column>;
  readonly meta: TableMeta;
}

/**
 * The data of a table with these columns.
 *
 * @param nRows - of a table without columns
 * @throws CherenkitError TABLE_COLUMN_INVALID (2) for columns of different lengths or of one name
 */
export function tableData(columns: Iterable<Column>, meta: TableMeta = {}, nRows = 0): TableData {
  const byName = new Map<string, Column>();
  let first: Column | undefined;
  for (const column of columns) {
    if (byName.has(column.name)) throw invalidColumn(column.name, 'there are two columns of this name');
    first ??= column;
    if (column.length !== first.length) {
      throw invalidColumn(column.name, `it has ${column.length} rows, column "${first.name}" has ${first.length}`);
    }
    byName.set(column.name, column);
  }
  return { nRows: first?.length ?? nRows, columns: byName, meta };
}

/** @throws CherenkitError TABLE_COLUMN_UNKNOWN (2) that names the nearest column */
export function columnOf({ columns }: TableData, name: string): Column {
  const column = columns.get(name);
  if (column) return column;
  const names = [...columns.keys()];
  const hint = didYouMean(name, names) || (names.length > 0 ? `; there are ${names.slice(0, 40).join(', ')}` : '');
  throw new CherenkitError('TABLE_COLUMN_UNKNOWN', ExitCode.USAGE, `There is no column "${name}"${hint}`);
}

/** The table with its columns changed one by one. */
export function mapColumns({ columns, meta, nRows }: TableData, change: (column: Column) => Column): TableData {
  return tableData(Array.from(columns.values(), change), meta, nRows);
}

/** The given rows in the given order; -1 stands for a row of missing values. */
export function takeRows(table: TableData, rows: ArrayLike<number>): TableData {
  const { columns, meta } = mapColumns(table, (column) => column.take(rows));
  return { columns, meta, nRows: rows.length };
}

/** Rows `start` to before `stop`, over the same memory; negative ones count from the end, as for `Array.slice`. */
export function sliceRows(table: TableData, start = 0, stop = table.nRows): TableData {
  const bound = (at: number): number => Math.min(Math.max(at < 0 ? at + table.nRows : at, 0), table.nRows);
  const [from, to] = [bound(start), Math.max(bound(start), bound(stop))];
  const { columns, meta } = mapColumns(table, (column) => column.slice(from, to));
  return { columns, meta, nRows: to - from };
}
