import type { Scope, Value } from '@cherenkit/expression';
import { Column, columnFrom, type Cell, type ColumnHeader, type ColumnInput } from './column.js';
import { statisticsTable } from './column-statistics.js';
import { evaluateColumn, evaluateExpression, evaluateMask } from './evaluate-column.js';
import { filterRows, type RowMask } from './filter-rows.js';
import { groupRows, uniqueRows } from './group-rows.js';
import { joinTables, type JoinOptions } from './join-tables.js';
import { addColumn, renameColumns, selectColumns, withoutColumns } from './select-columns.js';
import { sortRows, type SortKey } from './sort-rows.js';
import { stackTables } from './stack-tables.js';
import { columnOf, sliceRows, tableData, takeRows, type TableData, type TableMeta } from './table-data.js';
import { tableScope, type TableScopeOptions } from './table-scope.js';
import { tableText, type TextOptions } from './table-text.js';

/** A row as an object, by the names of the columns. */
export type Row = Readonly<Record<string, Cell>>;

/** Rows with equal values in some columns: those values, and the rows. */
export interface TableGroup {
  readonly key: Row;
  readonly table: Table;
}

/**
 * Named, typed columns of equal length, with units and descriptions.
 *
 * A table is not changed: each verb gives another one, which shares the memory of the columns that stay as they are.
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

  /** @throws CherenkitError TABLE_COLUMN_INVALID (2) for columns of different lengths or of one name */
  constructor(columns: Iterable<Column>, meta: TableMeta = {}, nRows = 0) {
    ({ nRows: this.nRows, columns: this.columns, meta: this.meta } = tableData(columns, meta, nRows));
  }

  /** A table out of plain or typed arrays by name, alone or with a unit, a type, a description. */
  static of(columns: Readonly<Record<string, ColumnInput>>, meta?: TableMeta): Table {
    return new Table(
      Object.entries(columns).map(([name, input]) => columnFrom(name, input)),
      meta,
    );
  }

  /**
   * The rows of several tables with the same columns, one table after the other.
   *
   * @throws CherenkitError TABLES_DIFFER (2) that names the column and what differs; RangeError for no tables
   */
  static stack(tables: readonly Table[]): Table {
    return Table.#from(stackTables(tables));
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

  /** @throws CherenkitError TABLE_COLUMN_UNKNOWN (2) that names the nearest column */
  column(name: string): Column {
    return columnOf(this, name);
  }

  /**
   * The elements of a column as float64, in its unit or in another one: `table.numbers('true_alt', 'rad')`.
   *
   * @throws CherenkitError TABLE_COLUMN_UNKNOWN or TABLE_COLUMN_INVALID (2): no such column, text, or a unit that does not convert
   */
  numbers(name: string, unit?: string): Float64Array {
    return columnOf(this, name).numbers(unit);
  }

  /**
   * The rows for which something is true: a mask, or an expression over the columns such as `hillas_intensity > 50 and is_valid`, in
   * which columns are plain numbers in their unit; see {@link evaluateExpression}.
   *
   * @throws CherenkitError TABLE_MASK_INVALID (2), ExpressionError
   */
  filter(condition: RowMask | string): Table {
    return Table.#from(filterRows(this, typeof condition === 'string' ? evaluateMask(this, condition) : condition));
  }

  /** The named columns, in the order in which they are named. */
  select(...names: readonly string[]): Table {
    return Table.#from(selectColumns(this, names));
  }

  /** All columns but the named ones. */
  without(...names: readonly string[]): Table {
    return Table.#from(withoutColumns(this, names));
  }

  /** Columns under other names: `{ old: 'new' }`, or what a function makes of each name. */
  rename(names: Readonly<Record<string, string>> | ((name: string) => string)): Table {
    return Table.#from(renameColumns(this, names));
  }

  /**
   * A column more, or another one in the place of that of this name: a column, arrays, or an expression over the columns, in which
   * columns with a unit are quantities and whose unit becomes the column's: `withColumn('area', 'hillas_width * hillas_length')`.
   *
   * @param header - for an expression: a description, or a unit to convert to
   * @throws CherenkitError TABLE_COLUMN_INVALID (2) for another number of rows, ExpressionError
   */
  withColumn(
    name: string,
    column: Column | ColumnInput | string,
    header: Pick<ColumnHeader, 'unit' | 'description'> = {},
  ): Table {
    if (typeof column === 'string')
      return Table.#from(addColumn(this, evaluateColumn(this, { ...header, name }, column)));
    const added = column instanceof Column ? column.with({ name }) : columnFrom(name, column);
    return Table.#from(addColumn(this, added));
  }

  /** The table with other metadata. */
  withMeta(meta: TableMeta): Table {
    return new Table(this.columns.values(), meta, this.nRows);
  }

  /** Rows `start` to before `stop`, over the same memory; negative ones count from the end. */
  slice(start?: number, stop?: number): Table {
    return Table.#from(sliceRows(this, start, stop));
  }

  /** The given rows, in the order in which they are given; a row of -1 becomes one of missing values. */
  take(rows: ArrayLike<number>): Table {
    return Table.#from(takeRows(this, rows));
  }

  /**
   * The rows in the order of some columns, the first one first: names, or `descending(name)`. Equal rows keep their order, NaN is last.
   *
   * @throws CherenkitError TABLE_COLUMN_UNKNOWN or TABLE_KEY_INVALID (2)
   */
  sortBy(...keys: readonly SortKey[]): Table {
    return Table.#from(sortRows(this, keys));
  }

  /**
   * The columns of another table beside these, matched by ids: `telescopeEvents.join(showers, ['obs_id', 'event_id'])`. The ids
   * have to be unique in the other table. See {@link joinTables}.
   *
   * @throws CherenkitError TABLE_KEY_DUPLICATE, TABLE_KEY_INVALID, TABLE_COLUMN_UNKNOWN or TABLE_COLUMN_INVALID (2)
   */
  join(other: Table, on: string | readonly string[], options?: JoinOptions): Table {
    return Table.#from(joinTables(this, other, typeof on === 'string' ? [on] : on, options));
  }

  /** The first row of each set of equal values of some columns. */
  unique(...names: readonly string[]): Table {
    return Table.#from(uniqueRows(this, names));
  }

  /** The rows by equal values of some columns, in the order in which those are first met. */
  groupBy(...names: readonly string[]): TableGroup[] {
    const keys = selectColumns(this, names);
    return groupRows(this, names).map(({ first, rows }) => ({ key: rowOf(keys, first), table: this.take(rows) }));
  }

  /** One row per column with its count, NaN, minimum, maximum, mean and standard deviation, in the column's unit. */
  statistics(): Table {
    return Table.#from(statisticsTable(this));
  }

  /** The value of an expression over the columns: an array, or one value such as that of `np.mean(hillas_width)`. */
  evaluate(expression: string, options?: TableScopeOptions): Value {
    return evaluateExpression(this, expression, options);
  }

  /** The columns as the names of an expression that was compiled with `{ byRows: true }`. */
  scope(options?: TableScopeOptions): Scope {
    return tableScope(this, options);
  }

  row(index: number): Row {
    return rowOf(this, index);
  }

  /** All rows as objects: for few rows, and for programs that want them so. */
  toRows(): Row[] {
    return Array.from({ length: this.nRows }, (_, row) => rowOf(this, row));
  }

  /** Names, units, types and some rows; Node's console shows this. */
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
