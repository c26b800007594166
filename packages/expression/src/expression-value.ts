import { CellArray, TextArray, UnitArray } from './column-value.js';
import { Fault } from './expression-error.js';
import { Unit } from './unit.js';

export type NumberArray = Float64Array | Float32Array | Int8Array | Int16Array | Int32Array | Uint16Array | Uint32Array;
/** 1 and 0; inside expressions a Uint8Array is always a mask. */
export type Mask = Uint8Array;
export type ArrayValue = NumberArray | Mask;
export type ValueList = readonly Value[];
/** Numbers without unit. */
export type Plain = number | boolean | ArrayValue;
/** What an expression computes with; null is Python's None, the objects are {@link Quantity}, {@link Unit}, containers, ... */
export type Value = number | boolean | string | null | object;

/** Numbers with a unit. */
export class Quantity {
  constructor(
    readonly value: Plain,
    readonly unit: Unit,
  ) {}

  /** @throws Fault when the units do not convert */
  in(unit: Unit): Plain {
    return scaled(this.value, this.unit.factorTo(unit));
  }
}

/** A member of an enumeration such as EventType. */
export class EnumerationMember {
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

/**
 * What a source of names or a container holds, as a value: 64-bit integers become floats, a missing value None.
 */
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
      throw new Fault(`a ${typeof raw} cannot be used in an expression`);
  }
}

/**
 * The numbers in a value: itself, or the array that a list makes.
 *
 * @throws Fault for everything that has no numbers, or has a unit
 */
export function toPlain(value: Value): Plain {
  if (typeof value === 'number' || typeof value === 'boolean' || isArray(value)) return value;
  if (value instanceof Quantity) {
    if (value.unit.convertsTo(Unit.none)) return value.in(Unit.none);
    throw new Fault(
      `a plain number is wanted, found ${describe(value)}; divide it by a unit (x / u.m) or take its .value`,
    );
  }
  if (value instanceof UnitArray) return value.value;
  if (value instanceof CellArray) {
    throw new Fault(`${describe(value)} cannot be used here; reduce it with axis=1, as in np.sum(x, axis=1)`);
  }
  if (isList(value)) {
    if (value.every((item) => typeof item === 'boolean')) return Uint8Array.from(value, Number);
    if (value.every((item) => typeof item === 'number' || typeof item === 'boolean')) {
      return Float64Array.from(value, Number);
    }
  }
  throw new Fault(`a number is wanted, found ${describe(value)}`);
}

/** Like {@link toPlain}, and an array of one for a number. */
export function toArray(value: Value): ArrayValue {
  const plain = toPlain(value);
  if (isArray(plain)) return plain;
  return typeof plain === 'boolean' ? Uint8Array.of(Number(plain)) : Float64Array.of(plain);
}

/** @throws Fault for arrays, lists and fractions */
export function toInteger(value: Value): number {
  const number = toPlain(value);
  if (isArray(number) || !Number.isInteger(Number(number))) {
    throw new Fault(`a whole number is wanted, found ${describe(value)}`);
  }
  return Number(number);
}

export function toUnit(value: Value): Unit {
  if (value instanceof Unit) return value;
  if (typeof value === 'string') return Unit.parse(value);
  throw new Fault(`a unit such as u.deg or "deg" is wanted, found ${describe(value)}`);
}

/**
 * Python's truth of a value.
 *
 * @throws Fault for arrays, which have many, and quantities, which have none
 */
export function truth(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (value === null || value === '') return false;
  if (value instanceof UnitArray) return truth(value.value);
  if (value instanceof TextArray || value instanceof CellArray) {
    throw new Fault(`${describe(value)} is neither true nor false; compare it`);
  }
  if (isArray(value)) {
    if (value.length === 1) return value[0] !== 0;
    throw new Fault(
      `an array of ${value.length} is neither true nor false; use np.any(...) or np.all(...), and & | ~ between arrays`,
    );
  }
  if (value instanceof Quantity) throw new Fault(`${describe(value)} is neither true nor false; compare it`);
  if (isList(value)) return value.length > 0;
  return true;
}

/** What a value is, for messages. */
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
