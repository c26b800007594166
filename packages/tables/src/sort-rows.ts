import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { Column } from './column.js';
import { columnOf, takeRows, type TableData } from './table-data.js';

/** Column to sort by: its name, or `descending(name)`. */
export type SortKey = string | { readonly name: string; readonly descending: true };

/** Sorts by a column in descending order: `table.sortBy(descending('hillas_intensity'))`. */
export function descending(name: string): SortKey {
  return { name, descending: true };
}

/**
 * Sorts the rows by one or more columns. The sort is stable; NaN is last in ascending and descending order. Text is
 * compared by UTF-16 code units.
 *
 * @throws CherenkitError TABLE_COLUMN_UNKNOWN (2), or TABLE_KEY_INVALID (2) for columns with several values per row, and for anything else
 *   than names and `descending(name)`
 */
export function sortRows(table: TableData, keys: readonly SortKey[]): TableData {
  const names = keys.filter((key) => typeof key === 'string');
  const orders = keys.map((key) => {
    if (typeof key === 'string') return orderOf(columnOf(table, key), 1);
    if (!isDescending(key)) throw invalidKey(key, names);
    return orderOf(columnOf(table, key.name), -1);
  });
  const rows = Uint32Array.from({ length: table.nRows }, (_, row) => row);
  rows.sort((a, b) => {
    for (const order of orders) {
      const difference = order(a, b);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
  return takeRows(table, rows);
}

function isDescending(key: unknown): boolean {
  const { name, descending: isSet } = Object(key) as { readonly name?: unknown; readonly descending?: unknown };
  return typeof name === 'string' && isSet === true;
}

/** Error TABLE_KEY_INVALID (2); options as of other libraries, such as `{ descending: true }`, are a common mistake. */
function invalidKey(key: unknown, names: readonly string[]): CherenkitError {
  const found = JSON.stringify(key) ?? String(key);
  const example = `sortBy(descending(${JSON.stringify(names.at(-1) ?? 'true_energy')}))`;
  const message = `sortBy: expected names of columns, or descending(name), found ${found}. For descending order, write ${example}, with descending of cherenkit.`;
  return new CherenkitError('TABLE_KEY_INVALID', ExitCode.USAGE, message);
}

type RowOrder = (a: number, b: number) => number;

function orderOf(column: Column, sign: 1 | -1): RowOrder {
  const { values, count, meaning, name } = column;
  if (meaning?.kind === 'time' && count === 2) {
    const words = values as Uint32Array;
    return (a, b) => sign * (words[2 * a] - words[2 * b] || words[2 * a + 1] - words[2 * b + 1]);
  }
  if (count > 1) {
    throw new CherenkitError(
      'TABLE_KEY_INVALID',
      ExitCode.USAGE,
      `Column "${name}": expected one value per row to sort by, found ${count}.`,
    );
  }
  if (values instanceof Float64Array || values instanceof Float32Array) return orderOfFloats(values, sign);
  const comparable = values as readonly string[];
  return (a, b) => {
    const [x, y] = [comparable[a], comparable[b]];
    return x < y ? -sign : x > y ? sign : 0;
  };
}

function orderOfFloats(values: Float64Array | Float32Array, sign: 1 | -1): RowOrder {
  return (a, b) => {
    const [x, y] = [values[a], values[b]];
    if (x < y) return -sign;
    if (x > y) return sign;
    return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  };
}
