import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { Column } from './column.js';
import { columnOf, mapColumns, tableData, type TableData } from './table-data.js';

/** Selects columns, in the given order. */
export function selectColumns(table: TableData, names: readonly string[]): TableData {
  return tableData(
    names.map((name) => columnOf(table, name)),
    table.meta,
    table.nRows,
  );
}

/** Removes columns. */
export function withoutColumns(table: TableData, names: readonly string[]): TableData {
  const removed = new Set(names.map((name) => columnOf(table, name).name));
  const kept = [...table.columns.values()].filter(({ name }) => !removed.has(name));
  return tableData(kept, table.meta, table.nRows);
}

/** Renames columns, by a record of names or by a function. */
export function renameColumns(
  table: TableData,
  names: Readonly<Record<string, string>> | ((name: string) => string),
): TableData {
  if (typeof names === 'function') return mapColumns(table, (column) => column.with({ name: names(column.name) }));
  for (const name of Object.keys(names)) columnOf(table, name);
  return mapColumns(table, (column) => column.with({ name: names[column.name] ?? column.name }));
}

/** Adds a column, or replaces the column of the same name. */
export function addColumn(table: TableData, column: Column): TableData {
  if (table.columns.size > 0 && column.length !== table.nRows) {
    throw new CherenkitError(
      'TABLE_COLUMN_INVALID',
      ExitCode.USAGE,
      `Column "${column.name}": expected ${table.nRows} rows, like the table, found ${column.length}.`,
    );
  }
  const columns = new Map(table.columns).set(column.name, column);
  return tableData(columns.values(), table.meta);
}
