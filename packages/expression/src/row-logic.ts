import { mapTest, zipTest } from './broadcast.js';
import { CellArray, TextArray, UnitArray } from './column-value.js';
import { isArray, toPlain, isTruthy, type Mask, type Value } from './expression-value.js';

/**
 * Truth value of a single value, or of each row of a column.
 *
 * @throws Fault for text, quantities and columns with several values per row
 */
function truthValues(value: Value): boolean | Mask {
  const isColumn = isArray(value) || value instanceof UnitArray;
  return isColumn ? mapTest(toPlain(value), (x) => x !== 0) : isTruthy(value);
}

/** Whether a value has one element per row. */
export function isRowwise(value: Value): boolean {
  return isArray(value) || value instanceof UnitArray || value instanceof TextArray || value instanceof CellArray;
}

/**
 * Evaluates `a and b` or `a or b` row by row. @throws Fault for values without truth value, and columns of different
 * lengths
 */
export function combineRows(operator: 'and' | 'or', a: Value, b: Value): boolean | Mask {
  const [x, y] = [truthValues(a), truthValues(b)];
  return operator === 'and' ? zipTest(x, y, (p, q) => p * q !== 0) : zipTest(x, y, (p, q) => p + q !== 0);
}

/** Evaluates `not a` row by row. @throws Fault for values without truth value */
export function negateRows(value: Value): boolean | Mask {
  const mask = truthValues(value);
  return typeof mask === 'boolean' ? !mask : mapTest(mask, (x) => x === 0);
}
