import { hasBrand } from './brand.js';
import { CellArray, TextArray, UnitArray } from './column-value.js';
import { Fault, TypeFault } from './expression-error.js';
import { Unit } from './unit.js';

type NumberArray = Float64Array | Float32Array | Int8Array | Int16Array | Int32Array | Uint16Array | Uint32Array;
/** Elements are 1 and 0. In expressions, a Uint8Array is always a mask. */
export type Mask = Uint8Array;
export type ArrayValue = NumberArray | Mask;
export type ValueList = readonly Value[];
/** Numbers without a unit. */
export type Plain = number | boolean | ArrayValue;
/**
 * Value in an expression. null is Python's None; objects are {@link Quantity}, {@link Unit}, arrays, containers and
 * others.
 */
export type Value = number | boolean | string | null | object;

const QUANTITY_BRAND = Symbol.for('cherenkit.expression.Quantity');

/** Numbers with a unit. */
export class Quantity {
  static [Symbol.hasInstance](value: unknown): value is Quantity {
    return hasBrand(value, QUANTITY_BRAND);
  }

  get [QUANTITY_BRAND](): true {
    return true;
  }

  constructor(
    readonly value: Plain,
    readonly unit: Unit,
  ) {}

  /** The numbers in another unit. @throws Fault if the units do not convert */
  in(unit: Unit): Plain {
    return scaled(this.value, this.unit.factorTo(unit));
  }
}

const ENUMERATION_MEMBER_BRAND = Symbol.for('cherenkit.expression.EnumerationMember');

/** Member of an enumeration, such as `EventType.SUBARRAY`. */
export class EnumerationMember {
  static [Symbol.hasInstance](value: unknown): value is EnumerationMember {
    return hasBrand(value, ENUMERATION_MEMBER_BRAND);
  }

  get [ENUMERATION_MEMBER_BRAND](): true {
    return true;
  }

  constructor(
    readonly name: string,
    readonly value: number,
  ) {}
}

export function isArray(value: Value): value is ArrayValue {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

export function isList(value: Value): value is ValueList {
  return Array.isArray(value);
}

/** Converts a value of a scope or a container: 64-bit integers to floats, undefined to None. */
export function toValue(raw: unknown): Value {
  switch (typeof raw) {
    case 'number':
    case 'boolean':
    case 'string':
      return raw;
    case 'undefined':
      return null;
    case 'bigint':
      return Number(raw);
    case 'object':
      return raw instanceof BigInt64Array || raw instanceof BigUint64Array ? Float64Array.from(raw, Number) : raw;
    default:
      throw new Fault(`cannot use a ${typeof raw} in an expression`);
  }
}

/**
 * Converts a value to plain numbers; lists become arrays.
 *
 * @throws Fault for values that are not numeric or have a unit
 */
export function toPlain(value: Value): Plain {
  if (typeof value === 'number' || typeof value === 'boolean' || isArray(value)) return value;
  if (value instanceof Quantity) {
    if (value.unit.convertsTo(Unit.dimensionless)) return value.in(Unit.dimensionless);
    throw new TypeFault(
      `expected a plain number, found ${describe(value)}; divide it by a unit (x / u.m) or use .value`,
    );
  }
  if (value instanceof UnitArray) return value.value;
  if (value instanceof CellArray) {
    throw new Fault(
      `expected one number per row, found ${describe(value)}; reduce it with axis=1, as in np.sum(x, axis=1)`,
    );
  }
  if (isList(value)) {
    if (value.every((item) => typeof item === 'boolean')) return Uint8Array.from(value, Number);
    if (value.every((item) => typeof item === 'number' || typeof item === 'boolean')) {
      return Float64Array.from(value, Number);
    }
  }
  if (value === null) throw new Fault('expected a number, found None');
  throw new TypeFault(`expected a number, found ${describe(value)}`);
}

/** Like {@link toPlain}; a number becomes an array of length 1. */
export function toArray(value: Value): ArrayValue {
  const plain = toPlain(value);
  if (isArray(plain)) return plain;
  return typeof plain === 'boolean' ? Uint8Array.of(Number(plain)) : Float64Array.of(plain);
}

/** @throws Fault unless the value is a single integer */
export function toInteger(value: Value): number {
  const number = toPlain(value);
  if (isArray(number) || !Number.isInteger(Number(number))) {
    throw new Fault(`expected an integer, found ${describe(value)}`);
  }
  return Number(number);
}

export function toUnit(value: Value): Unit {
  if (value instanceof Unit) return value;
  if (typeof value === 'string') return Unit.parse(value);
  throw new TypeFault(`expected a unit such as u.deg or "deg", found ${describe(value)}`);
}

/**
 * Truth value as in Python.
 *
 * @throws Fault for arrays with more than one element, and for quantities
 */
export function isTruthy(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (value === null || value === '') return false;
  if (value instanceof UnitArray) return isTruthy(value.value);
  if (value instanceof TextArray || value instanceof CellArray) {
    throw new TypeFault(`the truth value of ${describe(value)} is undefined; compare it`);
  }
  if (isArray(value)) {
    if (value.length === 1) return value[0] !== 0;
    throw new TypeFault(
      `the truth value of an array is ambiguous; use np.any(...) or np.all(...), and & | ~ between arrays`,
    );
  }
  if (value instanceof Quantity) throw new TypeFault(`the truth value of ${describe(value)} is undefined; compare it`);
  if (isList(value)) return value.length > 0;
  return true;
}

/** Describes a value in messages. */
export function describe(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`;
  if (isArray(value)) return `${value instanceof Uint8Array ? 'a mask' : 'an array'} of ${value.length}`;
  if (isList(value)) return `a list of ${value.length}`;
  if (value instanceof Quantity) return `a quantity in ${value.unit.name}`;
  if (value instanceof Unit) return `the unit ${value.name}`;
  if (value instanceof UnitArray) return `a column of ${value.value.length} in ${value.unit.name}`;
  if (value instanceof TextArray) return `a column of ${value.values.length} texts`;
  if (value instanceof CellArray) return `a column of ${value.count} numbers per row`;
  if (value instanceof EnumerationMember) return value.name;
  return `the ${value.constructor?.name ?? 'record'}`;
}

export function scaled(value: Plain, factor: number): Plain {
  if (factor === 1) return value;
  if (!isArray(value)) return Number(value) * factor;
  const result = value instanceof Float32Array ? new Float32Array(value.length) : new Float64Array(value.length);
  for (let i = 0; i < result.length; i++) result[i] = (value[i] as number) * factor;
  return result;
}
