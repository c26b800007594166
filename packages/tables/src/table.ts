import type { Scope, Value } from '@cherenkit/expression';
import { Column, columnFrom, type Cell, type ColumnHeader, type ColumnInput } from './column.js';
import { statisticsTable } from './column-statistics.js';
import { evaluateColumn, evaluateExpression, evaluateMask } from './evaluate-column.js';
import { filterRows, type RowMask } from './filter-rows.js';
import { groupRows, uniqueRows } from './group-rows.js';
import { joinTables, type JoinOptions } from './join-tables.js';
import { addColumn, renameColumns, selectColumns, withoutColumns } from './select-columns.js';
import { sortRows, type SortKey } from './sort-rows.js';
import { stackTables, type StackOptions } from './stack-tables.js';
import { columnOf, sliceRows, tableData, takeRows, type TableData, type TableMeta } from './table-data.js';
import { jsonRows, type JsonRow } from './table-json.js';
import { tableScope, type TableScopeOptions } from './table-scope.js';
import { tableText, type TextOptions } from './table-text.js';

/** Row as an object with the names of the columns as keys. */
export type Row = Readonly<Record<string, Cell>>;

/** Group of rows with equal values in some columns; `key` has these values. */
export interface TableGroup {
  readonly key: Row;
  readonly table: Table;
}

/**
 * Table of typed columns with units and descriptions.
 *
 * Tables are immutable: each method returns a new table, which shares the memory of unchanged columns.
 *
 * @example
 * ```ts
 * const showers = Table.of({ event_id: [1, 2, 3], true_energy: { values: [0.2, 1.5, 30], unit: 'TeV' } });
 * const bright = showers.filter('true_energy > 1').withColumn('log_energy', 'np.log10(true_energy / u.TeV)');
 * console.log(bright, bright.numbers('true_energy', 'GeV'));
 * ```
 */
export class Table implements TableData {
  readonly nRows: number;
  readonly columns: ReadonlyMap<string, Column>;
  readonly meta: TableMeta;

  /** @throws CherenkitError TABLE_COLUMN_INVALID (2) for different lengths or a duplicate name */
  constructor(columns: Iterable<Column>, meta: TableMeta = {}, nRows = 0) {
    ({ nRows: this.nRows, columns: this.columns, meta: this.meta } = tableData(columns, meta, nRows));
  }

  /**
   * Makes a table from plain or typed arrays, alone or with a unit, a type, a description.
   *
   * @example
   * ```ts
   * import { Table } from '@cherenkit/tables';
   *
   * const images = Table.of({
   *   event_id: BigInt64Array.of(1n, 2n),
   *   image: { values: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3], description: 'Charge per pixel, p.e.' },
   * });
   * console.log(images.filter('np.sum(image, axis=1) > 10').numbers('image')); // 4, 5, 6
   * ```
   */
  static of(columns: Readonly<Record<string, ColumnInput>>, meta?: TableMeta): Table {
    return new Table(
      Object.entries(columns).map(([name, input]) => columnFrom(name, input)),
      meta,
    );
  }

  /**
   * Concatenates the rows of several tables with the same columns, or of different ones with `{ how: 'outer' }`.
   *
   * @throws CherenkitError TABLES_DIFFER (2) naming the column and the difference; RangeError for an empty list
   */
  static stack(tables: readonly Table[], options?: StackOptions): Table {
    return Table.#from(stackTables(tables, options));
  }

  static #from({ columns, meta, nRows }: TableData): Table {
    return new Table(columns.values(), meta, nRows);
  }

  /** Names of the columns, in order. */
  get names(): string[] {
    return [...this.columns.keys()];
  }

  has(name: string): boolean {
    return this.columns.has(name);
  }

  /** Column by name. @throws CherenkitError TABLE_COLUMN_UNKNOWN (2), which suggests the nearest name */
  column(name: string): Column {
    return columnOf(this, name);
  }

  /**
   * Values of a column as float64, in its unit or another one: `table.numbers('true_alt', 'rad')`.
   *
   * @throws CherenkitError TABLE_COLUMN_UNKNOWN (2); TABLE_COLUMN_INVALID (2) for text, and for units that do not
   *   convert
   */
  numbers(name: string, unit?: string): Float64Array {
    return columnOf(this, name).numbers(unit);
  }

  /**
   * Selects rows by a mask or by an expression over the columns: `hillas_intensity > 50 and is_valid`. Columns are
   * plain numbers in their unit, see {@link TableScopeOptions}.
   *
   * @throws CherenkitError TABLE_MASK_INVALID (2), ExpressionError
   */
  filter(condition: RowMask | string): Table {
    return Table.#from(filterRows(this, typeof condition === 'string' ? evaluateMask(this, condition) : condition));
  }

  /**
   * Evaluates a condition over the columns, as for {@link filter}: 1 for rows that meet it, 0 for the others.
   *
   * @throws CherenkitError TABLE_MASK_INVALID (2), ExpressionError
   */
  mask(condition: string): Uint8Array {
    return evaluateMask(this, condition);
  }

  /** Selects columns, in the given order. */
  select(...names: readonly string[]): Table {
    return Table.#from(selectColumns(this, names));
  }

  /** Removes columns. */
  without(...names: readonly string[]): Table {
    return Table.#from(withoutColumns(this, names));
  }

  /** Renames columns: `{ old: 'new' }`, or a function of the name. */
  rename(names: Readonly<Record<string, string>> | ((name: string) => string)): Table {
    return Table.#from(renameColumns(this, names));
  }

  /**
   * Adds or replaces a column: a column, an array, or an expression over the columns, such as `withColumn('area',
   * 'hillas_width * hillas_length')`. In expressions, columns with a unit are quantities, and the result has its unit.
   *
   * @param header - for expressions: a description, a unit to convert to, and values of further names
   * @throws CherenkitError TABLE_COLUMN_INVALID (2) for a different number of rows, ExpressionError
   */
  withColumn(
    name: string,
    column: Column | ColumnInput | string,
    header: Pick<ColumnHeader, 'unit' | 'description'> & Pick<TableScopeOptions, 'values'> = {},
  ): Table {
    if (typeof column === 'string')
      return Table.#from(addColumn(this, evaluateColumn(this, { ...header, name }, column, header.values)));
    const added = column instanceof Column ? column.with({ name }) : columnFrom(name, column);
    return Table.#from(addColumn(this, added));
  }

  /** Replaces the metadata. */
  withMeta(meta: TableMeta): Table {
    return new Table(this.columns.values(), meta, this.nRows);
  }

  /** Rows `start` to `stop` (exclusive), in the same memory; negative numbers count from the end. */
  slice(start?: number, stop?: number): Table {
    return Table.#from(sliceRows(this, start, stop));
  }

  /** The given rows, in the given order; -1 stands for a row of missing values. */
  take(rows: ArrayLike<number>): Table {
    return Table.#from(takeRows(this, rows));
  }

  /**
   * Sorts the rows by one or more columns: names, or `descending(name)`. The sort is stable; NaN is last.
   *
   * @throws CherenkitError TABLE_COLUMN_UNKNOWN or TABLE_KEY_INVALID (2)
   */
  sortBy(...keys: readonly SortKey[]): Table {
    return Table.#from(sortRows(this, keys));
  }

  /**
   * Adds the columns of another table to the rows with the same ids: `telescopeEvents.join(showers, ['obs_id',
   * 'event_id'])`. Ids must be unique in the other table. Rows keep their order; see {@link JoinOptions}.
   *
   * @throws CherenkitError TABLE_KEY_DUPLICATE, TABLE_KEY_INVALID, TABLE_COLUMN_UNKNOWN or TABLE_COLUMN_INVALID (2)
   */
  join(other: Table, on: string | readonly string[], options?: JoinOptions): Table {
    return Table.#from(joinTables(this, other, typeof on === 'string' ? [on] : on, options));
  }

  /** Selects the first row of each group of rows with equal values in some columns. */
  unique(...names: readonly string[]): Table {
    return Table.#from(uniqueRows(this, names));
  }

  /** Groups the rows by equal values in some columns; groups are in the order of their first rows. */
  groupBy(...names: readonly string[]): TableGroup[] {
    const keys = selectColumns(this, names);
    return groupRows(this, names).map(({ first, rows }) => ({ key: rowOf(keys, first), table: this.take(rows) }));
  }

  /** Table with the count, number of NaN, minimum, maximum, mean and standard deviation of each column, in its unit. */
  statistics(): Table {
    return Table.#from(statisticsTable(this));
  }

  /** Evaluates an expression over the columns to an array, or to a single value, as with `np.mean(hillas_width)`. */
  evaluate(expression: string, options?: TableScopeOptions): Value {
    return evaluateExpression(this, expression, options);
  }

  /** Scope of the columns, for expressions compiled with `{ byRows: true }`. */
  scope(options?: TableScopeOptions): Scope {
    return tableScope(this, options);
  }

  row(index: number): Row {
    return rowOf(this, index);
  }

  /**
   * All rows as objects, with values as {@link Column.at} gives them: times as {@link Time}, numbers for members of
   * enumerations. Slow for large tables. See {@link toJSON} for texts.
   */
  toRows(): Row[] {
    return Array.from({ length: this.nRows }, (_, row) => rowOf(this, row));
  }

  /**
   * All rows as plain data, also for `JSON.stringify(table)`: times as texts in TAI, members of enumerations by name, arrays as
   * lists, null for NaN.
   */
  toJSON(): JsonRow[] {
    return jsonRows(this);
  }

  /** Names, units, types and some rows; also the output of `console.log` in Node. */
  toString(options?: TextOptions): string {
    return tableText(this, options);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return tableText(this);
  }
}

function rowOf({ columns }: TableData, row: number): Row {
  return Object.fromEntries(Array.from(columns.values(), (column) => [column.name, column.at(row)]));
}
