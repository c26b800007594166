import { power as reproduciblePower } from '@cherenkit/kernels';
import { isBoolean, map, mapTest, zip, zipTest } from './broadcast.js';
import { CellArray, cellByCell, checkSameUnit, UnitArray } from './column-value.js';
import { Fault, TypeFault } from './expression-error.js';
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

/** Remainder with the sign of the divisor, like Python's `%` and `numpy.remainder`. */
export function modulo(a: number, b: number): number {
  const remainder = a % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
}

/** Quotient rounded down, like Python's `//` and `numpy.floor_divide`; consistent with {@link modulo}. */
function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b;
  const remainder = a % b;
  const quotient = (a - remainder) / b - (remainder !== 0 && remainder < 0 !== b < 0 ? 1 : 0);
  // The division rounds, so the quotient may differ from an integer by some bits.
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** Power as in C: unlike JavaScript's, 1 to any power is 1. */
function power(a: number, b: number): number {
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : reproduciblePower(a, b);
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
 * Evaluates `a operator b` by the rules of numpy and astropy. Division by zero gives infinity or NaN, not an error.
 *
 * @throws Fault for operands without this operation: text, subtracted masks, units that do not convert
 */
export function calculate(operator: ArithmeticOperator, a: Value, b: Value): Value {
  if (a instanceof Unit && b instanceof Unit) {
    if (operator === '*') return a.times(b);
    if (operator === '/') return a.times(b.power(-1));
  }
  if (a instanceof Unit && operator === '**' && typeof b === 'number') return a.power(b);
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
    if (operator === '-') throw new TypeFault('masks cannot be subtracted; use a & ~b or a ^ b');
  }
  return zip(a, b, OPERATIONS[operator]);
}

function calculateWithUnits(operator: ArithmeticOperator, a: Value, b: Value): Value {
  const [x, y] = [asQuantity(a), asQuantity(b)];
  switch (operator) {
    case '*':
      return new Quantity(calculatePlain('*', x.value, y.value), x.unit.times(y.unit));
    case '/':
      return new Quantity(calculatePlain('/', x.value, y.value), x.unit.times(y.unit.power(-1)));
    case '**': {
      const exponent = toPlain(y);
      if (isArray(exponent) && x.unit !== Unit.dimensionless)
        throw new Fault('expected a single number as the power of a unit');
      return new Quantity(
        calculatePlain('**', x.value, exponent),
        isArray(exponent) ? x.unit : x.unit.power(Number(exponent)),
      );
    }
    default: {
      const { left, right, unit } = toCommonUnit(a, b);
      return new Quantity(calculatePlain(operator, left, right), operator === '//' ? Unit.dimensionless : unit);
    }
  }
}

/** The numbers of two values, converted to one unit. */
export interface CommonUnit {
  readonly left: Plain;
  readonly right: Plain;
  readonly unit: Unit;
}

/**
 * Converts two values to a common unit: the unit of the first, or of the quantity if the other is 0, infinity or NaN,
 * which are valid in any unit.
 *
 * @throws Fault if the units do not convert
 */
export function toCommonUnit(a: Value, b: Value): CommonUnit {
  const common = findCommonUnit(a, b);
  if (common) return common;
  const [x, y] = [asQuantity(a), asQuantity(b)];
  if (x.unit !== Unit.dimensionless && y.unit !== Unit.dimensionless) {
    throw new TypeFault(`cannot convert ${y.unit.name} to ${x.unit.name}`);
  }
  const { name } = asQuantity(a instanceof Quantity ? a : b).unit;
  const example = /^\w+$/.test(name) ? `u.${name}` : `u.Unit("${name}")`;
  throw new TypeFault(
    `cannot combine a quantity in ${name} with a plain number; give the number a unit (such as 2 * ${example}) or use .value`,
  );
}

/** Like {@link toCommonUnit}; undefined if the units do not convert. */
export function findCommonUnit(a: Value, b: Value): CommonUnit | undefined {
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
  return value instanceof Quantity ? value : new Quantity(toPlain(value), Unit.dimensionless);
}

function unitAsQuantity(value: Value): Value {
  return value instanceof Unit ? new Quantity(1, value) : value;
}

/** @throws Fault for values that are not numeric */
export function negate(value: Value): Value {
  if (value instanceof Quantity)
    return new Quantity(
      map(value.value, (x) => -x),
      value.unit,
    );
  const plain = toPlain(value);
  if (plain instanceof Uint8Array) throw new TypeFault('a mask cannot be negated by -; use ~');
  return map(plain, (x) => -x);
}

/** @throws Fault for values that are not numeric */
export function unaryPlus(value: Value): Value {
  return value instanceof Quantity ? value : map(toPlain(value), (x) => x);
}

/** `~`: logical not for booleans and masks, bitwise not for integers. Like for numpy's booleans, `~True` is False. */
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
 * Evaluates `& | ^` of booleans, masks and integers; shifts of integers; and `50 << u.deg`, which attaches a unit.
 *
 * @throws Fault for all other operands
 */
export function calculateBits(operator: BitOperator, a: Value, b: Value): Value {
  const cells = cellByCell(a, b, (x, y) => calculateBits(operator, x, y));
  if (cells) return cells;
  if (operator === '<<' && b instanceof Unit) {
    if (a instanceof UnitArray) return new Quantity(asQuantity(a).in(b), b);
    return a instanceof Quantity ? new Quantity(a.in(b), b) : new Quantity(toPlain(a), b);
  }
  if (a instanceof Quantity || b instanceof Quantity) {
    throw new TypeFault(`${operator} cannot combine ${describe(a)} and ${describe(b)}; put comparisons in parentheses`);
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
  throw new Fault(`${operator} expects booleans or integers, found ${x}; put comparisons in parentheses`);
}

function bits(
  a: number,
  b: number,
  small: (a: number, b: number) => number,
  large: (a: bigint, b: bigint) => bigint,
): number {
  return (a | 0) === a && (b | 0) === b ? small(a, b) : Number(large(BigInt(a), BigInt(b)));
}
