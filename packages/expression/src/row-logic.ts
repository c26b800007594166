import { mapTest, zipTest } from './broadcast.js';
import { CellArray, TextArray, UnitArray } from './column-value.js';
import { isArray, toPlain, truth, type Mask, type Value } from './expression-value.js';

/**
 * The truth value of a value, or of each row of a column.
 *
 * @throws Fault for text, quantities and several values per row
 */
function truths(value: Value): boolean | Mask {
  const isColumn = isArray(value) || value instanceof UnitArray;
  return isColumn ? mapTest(toPlain(value), (x) => x !== 0) : truth(value);
}

/** Whether a value has one element per row. */
export function isRowwise(value: Value): boolean {
  return isArray(value) || value instanceof UnitArray || value instanceof TextArray || value instanceof CellArray;
}

/** `a and b`, `a or b`, row by row. @throws Fault for values without truth, and columns of different lengths */
export function combineRows(operator: 'and' | 'or', a: Value, b: Value): boolean | Mask {
  const [x, y] = [truths(a), truths(b)];
  return operator === 'and' ? zipTest(x, y, (p, q) => p * q !== 0) : zipTest(x, y, (p, q) => p + q !== 0);
}

/** `not a`, row by row. @throws Fault for values without truth */
export function negateRows(value: Value): boolean | Mask {
  const mask = truths(value);
  return typeof mask === 'boolean' ? !mask : mapTest(mask, (x) => x === 0);
}
