import { checkOptions, CherenkitError, ExitCode, nameSome, type OptionRule } from '@cherenkit/errors';
import { Column, placeCells, type ColumnHeader } from './column.js';
import { emptyValues, missingElement } from './element-type.js';
import { tableData, takeRows, type TableData } from './table-data.js';

/** Options of `Table.stack`. */
export interface StackOptions {
  /**
   * `exact` (default) refuses tables with different columns. `outer` keeps the columns of all tables, with missing values (NaN,
   * -1, the largest unsigned integer, false or the empty string) in the rows of tables that lack them.
   */
  readonly how?: 'exact' | 'outer';
  /** Order of the rows: numbers of rows of the stacked tables. Default: as they are. Saves the copy of a later `take`. */
  readonly order?: ArrayLike<number> | undefined;
}

const STACK_OPTIONS: Readonly<Record<keyof StackOptions, OptionRule>> = {
  how: { expected: '"exact" or "outer"', accepts: (value) => value === 'exact' || value === 'outer' },
  order: { expected: 'a list of rows', accepts: (value) => Array.isArray(value) || ArrayBuffer.isView(value) },
};

/**
 * Concatenates the rows of several tables. All tables need the same columns, in any order, with the same types, shapes
 * and units; descriptions and metadata are those of the first table.
 *
 * @throws CherenkitError OPTION_INVALID (2); TABLES_DIFFER (2), which names the column and the difference; RangeError for an empty list
 */
export function stackTables(tables: readonly TableData[], options: StackOptions = {}): TableData {
  checkOptions('stack', options, STACK_OPTIONS);
  const { how = 'exact', order } = options;
  const [first, ...others] = tables;
  if (first === undefined) throw new RangeError('stackTables: expected at least one table');
  if (others.length === 0) return order ? takeRows(first, order) : first;
  const columns = new Map(first.columns);
  others.forEach((table, i) => {
    if (how === 'exact') checkNames(first, table, i + 1);
    for (const [name, column] of table.columns) {
      const expected = columns.get(name);
      const difference = expected && differenceOf(expected, column);
      if (difference !== undefined) throw tablesDiffer(i + 1, `column "${name}" ${difference}`);
      if (!expected) columns.set(name, column);
    }
  });
  const nRows = tables.reduce((sum, table) => sum + table.nRows, 0);
  const places = order && placesIn(order, nRows);
  const stacked = Array.from(columns.values(), (column) => stackColumn(column, tables, nRows, places));
  return tableData(stacked, first.meta, nRows);
}

/** Row of each row in the given order. @throws RangeError unless the order contains each row once */
function placesIn(order: ArrayLike<number>, nRows: number): Int32Array {
  const places = new Int32Array(nRows).fill(-1);
  for (let i = 0; i < order.length; i++) places[order[i]] = i;
  if (order.length === nRows && !places.includes(-1)) return places;
  throw new RangeError(
    `stackTables: expected an order of ${nRows} rows with each row once, found ${order.length} numbers.`,
  );
}

function stackColumn(
  { header, type, count, name, meaning }: Column,
  tables: readonly TableData[],
  nRows: number,
  places: Int32Array | undefined,
): Column {
  const values = emptyValues(type, nRows * count);
  const missing = meaning?.kind === 'time' ? 0 : missingElement(type);
  let next = 0;
  for (const table of tables) {
    const part = table.columns.get(name)?.values;
    const end = next + table.nRows;
    if (!places && part && 'set' in values) (values as Float64Array).set(part as Float64Array, next * count);
    else if (!part) {
      for (let row = next; row < end; row++) {
        const to = (places ? places[row] : row) * count;
        (values as Float64Array).fill(missing as number, to, to + count);
      }
    } else placeCells(part, values, count, places ? places.subarray(next, end) : rowsFrom(next, end));
    next = end;
  }
  return new Column(header, values);
}

function rowsFrom(start: number, end: number): Int32Array {
  return Int32Array.from({ length: end - start }, (_, i) => start + i);
}

function checkNames(first: TableData, other: TableData, index: number): void {
  const missing = [...first.columns.keys()].filter((name) => !other.columns.has(name));
  const unknown = [...other.columns.keys()].filter((name) => !first.columns.has(name));
  if (missing.length + unknown.length > 0) {
    const parts = [
      ...(missing.length > 0 ? [`lacks ${nameSome(missing)}`] : []),
      ...(unknown.length > 0 ? [`has ${nameSome(unknown)} beyond those of the first`] : []),
    ];
    throw tablesDiffer(index, `it ${parts.join(' and ')}`);
  }
}

/** Reason why two columns cannot be concatenated; undefined if they can. */
function differenceOf(expected: ColumnHeader, found: ColumnHeader): string | undefined {
  const shape = ({ shape = [] }: ColumnHeader): string => `[${shape.join(', ')}]`;
  if (found.type !== expected.type) return `is ${found.type}, not ${expected.type}`;
  if (shape(found) !== shape(expected)) return `has cells of shape ${shape(found)}, not ${shape(expected)}`;
  if (found.unit !== expected.unit) return `is in ${found.unit ?? 'no unit'}, not in ${expected.unit ?? 'none'}`;
  if (found.meaning?.kind !== expected.meaning?.kind) {
    return `holds ${found.meaning?.kind ?? 'plain values'}, not ${expected.meaning?.kind ?? 'plain values'}`;
  }
  const scale = ({ meaning }: ColumnHeader): string =>
    meaning?.kind === 'fixed point' ? JSON.stringify(meaning.scale) : '';
  return scale(found) === scale(expected) ? undefined : 'has another fixed-point scale';
}

function tablesDiffer(index: number, problem: string): CherenkitError {
  return new CherenkitError(
    'TABLES_DIFFER',
    ExitCode.USAGE,
    `Table ${index + 1} cannot be stacked below the first: ${problem}. Select, rename or convert columns first.`,
  );
}
