import { CherenkitError, didYouMean, ExitCode, nameSome } from '@cherenkit/errors';
import { invalidColumn, type Column } from './column.js';

/** Value of a table's metadata: a string, a float64 (number), an int64 (bigint), or a boolean. */
export type MetaValue = string | number | bigint | boolean;
/** Metadata of a table by name. */
export type TableMeta = Readonly<Record<string, MetaValue>>;

/** Data of a table, on which its methods operate as pure functions. */
export interface TableData {
  readonly nRows: number;
  /** Columns by name, in order. */
  readonly columns: ReadonlyMap<string, Column>;
  readonly meta: TableMeta;
}

/**
 * Checks columns and combines them into a table.
 *
 * @param nRows - number of rows of a table without columns
 * @throws CherenkitError TABLE_COLUMN_INVALID (2) for different lengths or a duplicate name
 */
export function tableData(columns: Iterable<Column>, meta: TableMeta = {}, nRows = 0): TableData {
  const byName = new Map<string, Column>();
  let first: Column | undefined;
  for (const column of columns) {
    if (byName.has(column.name)) throw invalidColumn(column.name, 'duplicate column');
    first ??= column;
    if (column.length !== first.length) {
      throw invalidColumn(
        column.name,
        `expected ${first.length} rows, like column "${first.name}", found ${column.length}`,
      );
    }
    byName.set(column.name, column);
  }
  return { nRows: first?.length ?? nRows, columns: byName, meta };
}

/** Column by name. @throws CherenkitError TABLE_COLUMN_UNKNOWN (2), which suggests the nearest name */
export function columnOf({ columns }: TableData, name: string): Column {
  const column = columns.get(name);
  if (column) return column;
  const names = [...columns.keys()];
  const hint = didYouMean(name, names) || (names.length > 0 ? `; known columns are ${nameSome(names)}` : '');
  throw new CherenkitError('TABLE_COLUMN_UNKNOWN', ExitCode.USAGE, `Unknown column "${name}"${hint}`);
}

/** Replaces each column. */
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
