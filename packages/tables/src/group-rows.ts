import { RowIndex, RowKeys } from './row-keys.js';
import { takeRows, type TableData } from './table-data.js';

/** Rows with equal keys. */
export interface RowGroup {
  /** First row of the group. */
  readonly first: number;
  /** All rows of the group, in order. */
  readonly rows: Uint32Array;
}

/**
 * Groups the rows of a table by equal values in some columns. Groups are in the order of their first rows.
 *
 * @throws CherenkitError TABLE_COLUMN_UNKNOWN (2), or TABLE_KEY_INVALID (2) unless the columns hold single integers,
 *   booleans or text
 */
export function groupRows(table: TableData, names: readonly string[]): RowGroup[] {
  const keys = new RowKeys(table, names, new Map());
  const index = new RowIndex(keys);
  const groupOf = new Uint32Array(table.nRows);
  const firsts: number[] = [];
  const sizes: number[] = [];
  for (let row = 0; row < table.nRows; row++) {
    const first = index.add(row);
    if (first === row) {
      groupOf[row] = firsts.length;
      firsts.push(row);
      sizes.push(1);
    } else {
      groupOf[row] = groupOf[first];
      sizes[groupOf[row]]++;
    }
  }
  const groups = firsts.map((first, group) => ({ first, rows: new Uint32Array(sizes[group]) }));
  const filled = new Uint32Array(groups.length);
  for (let row = 0; row < table.nRows; row++) {
    const group = groupOf[row];
    groups[group].rows[filled[group]++] = row;
  }
  return groups;
}

/** Selects the first row of each group of rows with equal values in some columns. */
export function uniqueRows(table: TableData, names: readonly string[]): TableData {
  const groups = groupRows(table, names);
  return groups.length === table.nRows
    ? table
    : takeRows(
        table,
        groups.map(({ first }) => first),
      );
}
