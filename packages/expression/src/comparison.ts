import { findCommonUnit, toCommonUnit } from './arithmetic.js';
import { zipTest } from './broadcast.js';
import { cellByCell, checkSameUnit, TextArray, UnitArray, type CellArray } from './column-value.js';
import { Fault, TypeFault } from './expression-error.js';
import type { ComparisonOperator } from './syntax-tree.js';
import { Unit } from './unit.js';
import {
  describe,
  EnumerationMember,
  isArray,
  isList,
  Quantity,
  toPlain,
  type ArrayValue,
  type Mask,
  type Value,
  type ValueList,
} from './expression-value.js';

const ORDERS = {
  '<': (a: number | string, b: number | string) => a < b,
  '<=': (a: number | string, b: number | string) => a <= b,
  '>': (a: number | string, b: number | string) => a > b,
  '>=': (a: number | string, b: number | string) => a >= b,
};

/**
 * Evaluates `a operator b` to a boolean, or to a mask if an operand is an array.
 *
 * @throws Fault for values that cannot be ordered, and for quantities of different dimensions
 */
export function compare(operator: ComparisonOperator, a: Value, b: Value): boolean | Mask | CellArray {
  const isOrder = operator in ORDERS || operator === '==' || operator === '!=';
  const cells = isOrder ? cellByCell(a, b, (x, y) => compare(operator, x, y)) : undefined;
  if (cells) return cells;
  switch (operator) {
    case '==':
      return equal(a, b);
    case '!=':
      return inverted(equal(a, b));
    case 'in':
      return contains(b, a);
    case 'not in':
      return inverted(contains(b, a));
    case 'is':
      return same(a, b);
    case 'is not':
      return !same(a, b);
    default:
      return order(operator, a, b);
  }
}

function order(operator: keyof typeof ORDERS, a: Value, b: Value): boolean | Mask {
  const test = ORDERS[operator];
  if (typeof a === 'string' && typeof b === 'string') return test(a, b);
  if (a instanceof TextArray || b instanceof TextArray) return testTexts(a, b, test);
  if (a instanceof Quantity || b instanceof Quantity) {
    const { left, right } = toCommonUnit(a, b);
    return zipTest(left, right, test);
  }
  if ((isList(a) && !isArray(b)) || (isList(b) && !isArray(a)))
    throw new TypeFault(`lists cannot be ordered by ${operator}`);
  checkSameUnit(a, b);
  return zipTest(toPlain(a), toPlain(b), test);
}

function equal(a: Value, b: Value): boolean | Mask {
  if (a instanceof Unit || b instanceof Unit) {
    return a instanceof Unit && b instanceof Unit && a.convertsTo(b) && a.factorTo(b) === 1;
  }
  if (a instanceof EnumerationMember && b instanceof EnumerationMember) return a.name === b.name;
  if (a instanceof TextArray || b instanceof TextArray) return testTexts(a, b, (x, y) => x === y);
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((item, i) => allTrue(equal(item, b[i] as Value)));
  }
  if (!hasNumbers(a) || !hasNumbers(b)) return a === b;
  if (a instanceof Quantity || b instanceof Quantity) {
    const common = findCommonUnit(a, b);
    // As in astropy, quantities that do not convert are unequal; this is not an error.
    return common ? zipTest(common.left, common.right, (x, y) => x === y) : false;
  }
  // As in numpy, a list differs from any number, but is compared element by element with an array.
  if ((isList(a) && !isArray(b)) || (isList(b) && !isArray(a))) return false;
  checkSameUnit(a, b);
  return zipTest(toPlain(a), toPlain(b), (x, y) => x === y);
}

/** Compares the texts of a column row by row. */
function testTexts(a: Value, b: Value, test: (a: string, b: string) => boolean): Mask {
  const n = (a instanceof TextArray ? a : (b as TextArray)).values.length;
  const textOf = (value: Value): ((row: number) => string) => {
    if (typeof value === 'string') return () => value;
    if (value instanceof TextArray && value.values.length === n) return (row) => value.values[row] ?? '';
    throw new Fault(`expected a text to compare with a column of ${n} texts, found ${describe(value)}`);
  };
  const [left, right] = [textOf(a), textOf(b)];
  return Uint8Array.from({ length: n }, (_, row) => Number(test(left(row), right(row))));
}

/** Whether a container contains a value. For columns of text or numbers, a mask, like `np.isin`. */
function contains(container: Value, item: Value): boolean | Mask {
  if (isList(container) && (item instanceof TextArray || item instanceof UnitArray || isArray(item))) {
    return isInList(item, container);
  }
  if (container instanceof UnitArray) return contains(container.value, item);
  if (container instanceof TextArray) return typeof item === 'string' && container.values.includes(item);
  if (typeof container === 'string' && typeof item === 'string') return container.includes(item);
  if (container instanceof Map) return container.has(item);
  if (isList(container)) return container.some((element) => allTrue(equal(element, item)));
  if (!isArray(container)) throw new Fault(`"in" expects a list, an array or a text, found ${describe(container)}`);
  const found = hasNumbers(item) && equal(container, item);
  return typeof found === 'boolean' ? found : found.includes(1);
}

function isInList(item: TextArray | UnitArray | ArrayValue, list: ValueList): Mask {
  const n = isArray(item) ? item.length : item instanceof TextArray ? item.values.length : item.value.length;
  const found = new Uint8Array(n);
  for (const element of list) {
    const same = equal(item, element);
    if (typeof same !== 'boolean') same.forEach((one, row) => (found[row] = (found[row] ?? 0) | one));
  }
  return found;
}

function inverted(result: boolean | Mask): boolean | Mask {
  return typeof result === 'boolean' ? !result : result.map((one) => 1 - one);
}

/** Python's identity, limited to None, True and False. */
function same(a: Value, b: Value): boolean {
  if (a === null || b === null || (typeof a === 'boolean' && typeof b === 'boolean')) return a === b;
  if (typeof a === 'boolean' || typeof b === 'boolean') return false;
  throw new TypeFault('"is" is supported for None, True and False only; use ==');
}

function hasNumbers(value: Value): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    isArray(value) ||
    isList(value) ||
    value instanceof Quantity ||
    value instanceof UnitArray
  );
}

function allTrue(result: boolean | Mask): boolean {
  return typeof result === 'boolean' ? result : result.every((one) => one === 1);
}
