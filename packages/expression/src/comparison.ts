import { findOneUnit, inOneUnit } from './arithmetic.js';
import { zipTest } from './broadcast.js';
import { Fault } from './expression-error.js';
import type { ComparisonOperator } from './syntax-tree.js';
import { Unit } from './unit.js';
import {
  describe,
  EnumerationMember,
  isArray,
  isList,
  Quantity,
  toPlain,
  type Mask,
  type Value,
} from './expression-value.js';

const ORDERS = {
  '<': (a: number | string, b: number | string) => a < b,
  '<=': (a: number | string, b: number | string) => a <= b,
  '>': (a: number | string, b: number | string) => a > b,
  '>=': (a: number | string, b: number | string) => a >= b,
};

/**
 * The value of `a operator b`: a truth value, or a mask where an array takes part.
 *
 * @throws Fault for values without order, and for quantities of different dimensions
 */
export function compare(operator: ComparisonOperator, a: Value, b: Value): boolean | Mask {
  switch (operator) {
    case '==':
      return equal(a, b);
    case '!=': {
      const result = equal(a, b);
      return typeof result === 'boolean' ? !result : result.map((same) => 1 - same);
    }
    case 'in':
      return contains(b, a);
    case 'not in':
      return !contains(b, a);
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
  if (a instanceof Quantity || b instanceof Quantity) {
    const { left, right } = inOneUnit(a, b);
    return zipTest(left, right, test);
  }
  if ((isList(a) && !isArray(b)) || (isList(b) && !isArray(a))) throw new Fault(`lists have no order for ${operator}`);
  return zipTest(toPlain(a), toPlain(b), test);
}

function equal(a: Value, b: Value): boolean | Mask {
  if (a instanceof Unit || b instanceof Unit) {
    return a instanceof Unit && b instanceof Unit && a.convertsTo(b) && a.factorTo(b) === 1;
  }
  if (a instanceof EnumerationMember && b instanceof EnumerationMember) return a.name === b.name;
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((item, i) => allTrue(equal(item, b[i] as Value)));
  }
  if (!hasNumbers(a) || !hasNumbers(b)) return a === b;
  if (a instanceof Quantity || b instanceof Quantity) {
    const common = findOneUnit(a, b);
    // Quantities that do not convert are unequal, which is no error.
    return common ? zipTest(common.left, common.right, (x, y) => x === y) : false;
  }
  // A list is equal to no number, but has its elements compared with those of an array.
  if ((isList(a) && !isArray(b)) || (isList(b) && !isArray(a))) return false;
  return zipTest(toPlain(a), toPlain(b), (x, y) => x === y);
}

function contains(container: Value, item: Value): boolean {
  if (typeof container === 'string' && typeof item === 'string') return container.includes(item);
  if (container instanceof Map) return container.has(item);
  if (isList(container)) return container.some((element) => allTrue(equal(element, item)));
  if (!isArray(container)) throw new Fault(`"in" looks into lists, arrays and texts, found ${describe(container)}`);
  const found = hasNumbers(item) && equal(container, item);
  return typeof found === 'boolean' ? found : found.includes(1);
}

/** Python's identity, which is of use for None, True and False only. */
function same(a: Value, b: Value): boolean {
  if (a === null || b === null || (typeof a === 'boolean' && typeof b === 'boolean')) return a === b;
  if (typeof a === 'boolean' || typeof b === 'boolean') return false;
  throw new Fault('"is" tests for None, True and False; use == for values');
}

function hasNumbers(value: Value): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    isArray(value) ||
    isList(value) ||
    value instanceof Quantity
  );
}

function allTrue(result: boolean | Mask): boolean {
  return typeof result === 'boolean' ? result : result.every((one) => one === 1);
}
