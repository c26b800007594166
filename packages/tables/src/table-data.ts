import { CherenkitError, didYouMean, ExitCode } from '@cherenkit/errors';
import { invalidColumn, type Column } from './column.js';

/** A value of a table's metadata: text, a float64 (number), an int64 (bigint), or a boolean. */
export type MetaValue = string | number | bigint | boolean;
export type TableMeta = Readonly<Record<string, MetaValue>>;

/** The data of a table. The verbs are pure functions on it. */
export interface TableData {
  readonly nRows: number;
  /** Columns by name, in order. */
  readonly columns: ReadonlyMap<string, Column>;
  readonly meta: TableMeta;
}

/**
 * Checks columns and puts them together to a table.
 *
 * @param nRows - number of rows of a table without columns
 * @throws CherenkitError TABLE_COLUMN_INVALID (2) for different lengths or a repeated name
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

/** The column of a name. @throws CherenkitError TABLE_COLUMN_UNKNOWN (2), naming the nearest column */
export function columnOf({ columns }: TableData, name: string): Column {
  const column = columns.get(name);
  if (column) return column;
  const names = [...columns.keys()];
  const hint = didYouMean(name, names) || (names.length > 0 ? `; there are ${names.slice(0, 40).join(', ')}` : '');
  throw new CherenkitError('TABLE_COLUMN_UNKNOWN', ExitCode.USAGE, `There is no column "${name}"${hint}`);
}

/** The table with each column replaced. */
export function mapColumns({ columns, meta, nRows }: TableData, change: (column: Column) => Column): TableData {
  return tableData(Array.from(columns.values(), change), meta, nRows);
}

/** The given rows, in the given order; -1 stands for a row of missing values. */
export function takeRows(table: TableData, rows: ArrayLike<number>): TableData {
  const { columns, meta } = mapColumns(table, (column) => column.take(rows));
  return { columns, meta, nRows: rows.length };
}

/** Rows `start` to `stop` (exclusive), in the same memory; negative numbers count from the end, as in `Array.slice`. */
export function sliceRows(table: TableData, start = 0, stop = table.nRows): TableData {
  const bound = (at: number): number => Math.min(Math.max(at < 0 ? at + table.nRows : at, 0), table.nRows);
  const [from, to] = [bound(start), Math.max(bound(start), bound(stop))];
  const { columns, meta } = mapColumns(table, (column) => column.slice(from, to));
  return { columns, meta, nRows: to - from };
}
