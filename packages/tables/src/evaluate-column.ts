import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { CellArray, compileExpression, Quantity, TextArray, UnitArray, type Value } from '@cherenkit/expression';
import { columnFrom, type Column, type ColumnHeader, type ColumnInput } from './column.js';
import type { TableData } from './table-data.js';
import { tableScope, type TableScopeOptions } from './table-scope.js';

/**
 * Evaluates an expression over the columns of a table.
 *
 * `and`, `or`, `not`, `in` and chained comparisons work row by row, as in pandas' `query` (numpy and ctapipe raise an error for
 * arrays); `& | ~` work as well.
 *
 * @throws ExpressionError (EXPRESSION_INVALID, EXPRESSION_FAILED)
 */
export function evaluateExpression(table: TableData, text: string, options?: TableScopeOptions): Value {
  return compileExpression(text, undefined, { byRows: true }).evaluate(tableScope(table, options));
}

/**
 * Evaluates a condition over the columns of a table to a mask of its rows.
 *
 * @throws CherenkitError TABLE_MASK_INVALID (2) if the value is not one boolean per row
 */
export function evaluateMask(table: TableData, text: string): Uint8Array {
  const value = evaluateExpression(table, text);
  if (value instanceof Uint8Array && value.length === table.nRows) return value;
  if (typeof value === 'boolean') return new Uint8Array(table.nRows).fill(Number(value));
  throw new CherenkitError(
    'TABLE_MASK_INVALID',
    ExitCode.USAGE,
    `${JSON.stringify(text)} has no truth value for each of the ${table.nRows} rows; compare columns, as in "hillas_intensity > 50", and ` +
      'reduce those with several values per row by axis=1.',
  );
}

/**
 * Evaluates an expression over the columns of a table to a column. Columns with a unit are quantities; the unit of the result becomes that
 * of the column.
 *
 * @param header - the name of the column, its description, and a unit to convert to
 * @throws CherenkitError TABLE_COLUMN_INVALID (2) if the value is neither one per row nor a single one
 */
export function evaluateColumn(
  table: TableData,
  { name, unit, description }: Pick<ColumnHeader, 'name' | 'unit' | 'description'>,
  text: string,
): Column {
  const value = evaluateExpression(table, text, { units: 'quantity' });
  const isQuantity = value instanceof Quantity || value instanceof UnitArray;
  const input = inputOf(isQuantity ? value.value : value, table.nRows);
  const column = input && columnFrom(name, { ...input, description, unit: isQuantity ? value.unit.toVounit() : unit });
  if (column?.length !== table.nRows) {
    throw new CherenkitError(
      'TABLE_COLUMN_INVALID',
      ExitCode.USAGE,
      `${JSON.stringify(text)} gives neither one value for each of the ${table.nRows} rows nor one for all.`,
    );
  }
  if (unit === undefined || unit === column.unit) return column;
  return columnFrom(name, { shape: column.shape, description, unit, values: column.numbers(unit) });
}

/** The value of an expression as values of a column; undefined for other kinds of values. */
function inputOf(value: Value, nRows: number): Exclude<ColumnInput, ArrayLike<unknown>> | undefined {
  switch (typeof value) {
    case 'number':
      return { values: new Float64Array(nRows).fill(value) };
    case 'boolean':
      return { values: new Uint8Array(nRows).fill(Number(value)), type: 'bool' };
    case 'string':
      return { values: new Array<string>(nRows).fill(value), type: 'string' };
  }
  if (value instanceof CellArray)
    return { ...inputOf(value.values, nRows), values: value.values, shape: [value.count] };
  if (value instanceof TextArray) return { values: value.values, type: 'string' };
  if (value instanceof Uint8Array) return { values: value, type: 'bool' };
  return ArrayBuffer.isView(value) ? { values: value as Float64Array } : undefined;
}
