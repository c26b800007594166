import { CherenkitError, ExitCode } from '@cherenkit/errors';
import {
  CellArray,
  compileExpression,
  Quantity,
  TextArray,
  UnitArray,
  type Expression,
  type Value,
} from '@cherenkit/expression';
import { columnFrom, type Column, type ColumnHeader, type ColumnInput } from './column.js';
import type { TableData } from './table-data.js';
import { tableScope, type TableScopeOptions } from './table-scope.js';

/**
 * Evaluates an expression over the columns of a table.
 *
 * `and`, `or`, `not`, `in` and chained comparisons are evaluated row by row, as in pandas' `query` (numpy and ctapipe
 * raise an error for arrays); so are `& | ~`.
 *
 * @throws ExpressionError EXPRESSION_INVALID, EXPRESSION_FAILED (2)
 */
export function evaluateExpression(table: TableData, text: string, options?: TableScopeOptions): Value {
  return compiled(text).evaluate(tableScope(table, options));
}

/** Compiled expressions, at most this many: models evaluate the same ones for each telescope event. */
const MAX_COMPILED = 256;
const expressions = new Map<string, Expression>();

function compiled(text: string): Expression {
  const known = expressions.get(text);
  if (known) return known;
  const expression = compileExpression(text, undefined, { byRows: true });
  if (expressions.size >= MAX_COMPILED) expressions.clear();
  expressions.set(text, expression);
  return expression;
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
    `${JSON.stringify(text)}: expected a condition with one truth value for each of the ${table.nRows} rows. Compare columns, as in ` +
      '"hillas_intensity > 50", and reduce columns with several values per row with axis=1.',
  );
}

/**
 * Evaluates an expression over the columns of a table to a column. Columns with a unit are quantities, and the column
 * has the unit of the result.
 *
 * @param header - name and description of the column, and a unit to convert to
 * @param values - values of further names in the expression
 * @throws CherenkitError TABLE_COLUMN_INVALID (2) unless the result is one value per row or a single one
 */
export function evaluateColumn(
  table: TableData,
  { name, unit, description }: Pick<ColumnHeader, 'name' | 'unit' | 'description'>,
  text: string,
  values?: TableScopeOptions['values'],
): Column {
  const value = evaluateExpression(table, text, { units: 'quantity', ...(values && { values }) });
  const isQuantity = value instanceof Quantity || value instanceof UnitArray;
  const input = inputOf(isQuantity ? value.value : value, table.nRows);
  const ownUnit = isQuantity || value instanceof CellArray ? value.unit : undefined;
  const column = input && columnFrom(name, { ...input, description, unit: ownUnit?.toVounit() ?? unit });
  if (column?.length !== table.nRows) {
    throw new CherenkitError(
      'TABLE_COLUMN_INVALID',
      ExitCode.USAGE,
      `${JSON.stringify(text)}: expected one value for each of the ${table.nRows} rows, or a single value for all.`,
    );
  }
  if (unit === undefined || unit === column.unit) return column;
  return columnFrom(name, { shape: column.shape, description, unit, values: column.numbers(unit) });
}

/** Values of a column from the result of an expression; undefined for results that are not column values. */
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
