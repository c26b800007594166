import { isBoolean, map, mapTest, zip, zipTest } from './broadcast.js';
import { CellArray, cellByCell, checkSameUnit, UnitArray } from './column-value.js';
import { Fault } from './expression-error.js';
import type { ArithmeticOperator, BitOperator } from './syntax-tree.js';
import { Unit } from './unit.js';
import {
  describe,
  isArray,
  Quantity,
  scaled,
  toPlain,
  type ArrayValue,
  type Plain,
  type Value,
} from './expression-value.js';

/** Remainder with the sign of the divisor, as Python and `numpy.remainder` have it. */
export function modulo(a: number, b: number): number {
  const remainder = a % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
}

/** Quotient rounded down, as Python and `numpy.floor_divide` have it: consistent with {@link modulo}. */
export function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b;
  const remainder = a % b;
  const quotient = (a - remainder) / b - (remainder !== 0 && remainder < 0 !== b < 0 ? 1 : 0);
  // The difference was rounded, so the quotient can be off a whole number by some bits.
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** Power as C has it; JavaScript's differs for a base of one. */
export function power(a: number, b: number): number {
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b;
}

const OPERATIONS: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': floorDivide,
  '%': modulo,
  '**': power,
};

/**
 * The value of `a operator b` by numpy's and astropy's rules. Division by zero gives infinity or NaN, never an error.
 *
 * @throws Fault for operands that have no such operation: text, masks that are subtracted, units that do not convert
 */
export function calculate(operator: ArithmeticOperator, a: Value, b: Value): Value {
  if (a instanceof Unit && b instanceof Unit) {
    if (operator === '*') return a.times(b);
    if (operator === '/') return a.times(b.toThe(-1));
  }
  if (a instanceof Unit && operator === '**' && typeof b === 'number') return a.toThe(b);
  const cells = cellByCell(a, b, (x, y) => calculate(operator, x, y));
  if (cells) return cells;
  const [left, right] = [unitAsQuantity(a), unitAsQuantity(b)];
  if (left instanceof Quantity || right instanceof Quantity) return calculateWithUnits(operator, left, right);
  if (operator !== '*' && operator !== '/' && operator !== '**') checkSameUnit(left, right);
  return calculatePlain(operator, toPlain(left), toPlain(right));
}

function calculatePlain(operator: ArithmeticOperator, a: Plain, b: Plain): Plain {
  if (isBoolean(a) && isBoolean(b) && (isArray(a) || isArray(b))) {
    if (operator === '+') return zipTest(a, b, (x, y) => x + y > 0);
    if (operator === '*') return zipTest(a, b, (x, y) => x * y > 0);
    if (operator === '-') throw new Fault('masks cannot be subtracted; a & ~b or a ^ b may be meant');
  }
  return zip(a, b, OPERATIONS[operator]);
}

function calculateWithUnits(operator: ArithmeticOperator, a: Value, b: Value): Value {
  const [x, y] = [asQuantity(a), asQuantity(b)];
  switch (operator) {
    case '*':
      return new Quantity(calculatePlain('*', x.value, y.value), x.unit.times(y.unit));
    case '/':
      return new Quantity(calculatePlain('/', x.value, y.value), x.unit.times(y.unit.toThe(-1)));
    case '**': {
      const exponent = toPlain(y);
      if (isArray(exponent) && x.unit !== Unit.none) throw new Fault('the power of a unit must be one number');
      return new Quantity(
        calculatePlain('**', x.value, exponent),
        isArray(exponent) ? x.unit : x.unit.toThe(Number(exponent)),
      );
    }
    default: {
      const { left, right, unit } = inOneUnit(a, b);
      return new Quantity(calculatePlain(operator, left, right), operator === '//' ? Unit.none : unit);
    }
  }
}

/** The numbers of two values in one unit. */
export interface CommonUnit {
  readonly left: Plain;
  readonly right: Plain;
  readonly unit: Unit;
}

/**
 * The numbers of two values in the unit of the first, or of the only one that has a unit where the other is 0,
 * infinity or NaN, which fit any unit.
 *
 * @throws Fault when they do not convert
 */
export function inOneUnit(a: Value, b: Value): CommonUnit {
  const common = findOneUnit(a, b);
  if (common) return common;
  const [x, y] = [asQuantity(a), asQuantity(b)];
  if (x.unit !== Unit.none && y.unit !== Unit.none) {
    throw new Fault(`${y.unit.name} does not convert to ${x.unit.name}`);
  }
  const { name } = asQuantity(a instanceof Quantity ? a : b).unit;
  const example = /^\w+$/.test(name) ? `u.${name}` : `u.Unit("${name}")`;
  throw new Fault(
    `a quantity in ${name} meets a plain number; give the number a unit (such as 2 * ${example}) or take .value of the quantity`,
  );
}

/** Like {@link inOneUnit}, and undefined when they do not convert. */
export function findOneUnit(a: Value, b: Value): CommonUnit | undefined {
  const [x, y] = [asQuantity(a), asQuantity(b)];
  if (!(b instanceof Quantity) && fitsAnyUnit(y.value)) return { left: x.value, right: y.value, unit: x.unit };
  if (!(a instanceof Quantity) && fitsAnyUnit(x.value)) return { left: x.value, right: y.value, unit: y.unit };
  if (!x.unit.convertsTo(y.unit)) return undefined;
  return { left: x.value, right: scaled(y.value, y.unit.factorTo(x.unit)), unit: x.unit };
}

function fitsAnyUnit(value: Plain): boolean {
  const fits = mapTest(value, (x) => x === 0 || !Number.isFinite(x));
  return isArray(fits) ? fits.every((one) => one === 1) : fits;
}

function asQuantity(value: Value): Quantity {
  if (value instanceof UnitArray) return new Quantity(value.value, value.unit);
  return value instanceof Quantity ? value : new Quantity(toPlain(value), Unit.none);
}

function unitAsQuantity(value: Value): Value {
  return value instanceof Unit ? new Quantity(1, value) : value;
}

/** @throws Fault for values without number */
export function negate(value: Value): Value {
  if (value instanceof Quantity)
    return new Quantity(
      map(value.value, (x) => -x),
      value.unit,
    );
  const plain = toPlain(value);
  if (plain instanceof Uint8Array) throw new Fault('a mask has no negative; ~ inverts it');
  return map(plain, (x) => -x);
}

/** @throws Fault for values without number */
export function unaryPlus(value: Value): Value {
  return value instanceof Quantity ? value : map(toPlain(value), (x) => x);
}

/** `~`: not, for truth values and masks; the bits, for whole numbers. As for numpy's booleans, `~True` is False. */
export function invert(value: Value): Value {
  if (value instanceof CellArray) return new CellArray(invert(value.values) as ArrayValue, value.count);
  const plain = toPlain(value);
  return isBoolean(plain) ? mapTest(plain, (x) => x === 0) : map(plain, (x) => -toBits(x, '~') - 1);
}

const BIT_OPERATIONS: Readonly<Record<BitOperator, (a: number, b: number) => number>> = {
  '&': (a, b) =>
    bits(
      a,
      b,
      (x, y) => x & y,
      (x, y) => x & y,
    ),
  '|': (a, b) =>
    bits(
      a,
      b,
      (x, y) => x | y,
      (x, y) => x | y,
    ),
  '^': (a, b) =>
    bits(
      a,
      b,
      (x, y) => x ^ y,
      (x, y) => x ^ y,
    ),
  '<<': (a, b) => a * 2 ** b,
  '>>': (a, b) => Math.floor(a / 2 ** b),
};

/**
 * `& | ^` of truth values, masks and whole numbers; shifts of whole numbers; `50 << u.deg` gives a number a unit.
 *
 * @throws Fault for everything else
 */
export function calculateBits(operator: BitOperator, a: Value, b: Value): Value {
  const cells = cellByCell(a, b, (x, y) => calculateBits(operator, x, y));
  if (cells) return cells;
  if (operator === '<<' && b instanceof Unit) {
    if (a instanceof UnitArray) return new Quantity(asQuantity(a).in(b), b);
    return a instanceof Quantity ? new Quantity(a.in(b), b) : new Quantity(toPlain(a), b);
  }
  if (a instanceof Quantity || b instanceof Quantity) {
    throw new Fault(`${operator} has no meaning for ${describe(a)} and ${describe(b)}; put comparisons in parentheses`);
  }
  const [x, y] = [toPlain(a), toPlain(b)];
  if (isBoolean(x) && isBoolean(y)) {
    if (operator === '&') return zipTest(x, y, (p, q) => p * q > 0);
    if (operator === '|') return zipTest(x, y, (p, q) => p + q > 0);
    if (operator === '^') return zipTest(x, y, (p, q) => p !== q);
  }
  const operation = BIT_OPERATIONS[operator];
  return zip(x, y, (p, q) => operation(toBits(p, operator), toBits(q, operator)));
}

function toBits(x: number, operator: string): number {
  if (Number.isInteger(x)) return x;
  throw new Fault(`${operator} works on truth values and whole numbers, found ${x}; put comparisons in parentheses`);
}

function bits(
  a: number,
  b: number,
  small: (a: number, b: number) => number,
  large: (a: bigint, b: bigint) => bigint,
): number {
  return (a | 0) === a && (b | 0) === b ? small(a, b) : Number(large(BigInt(a), BigInt(b)));
}
