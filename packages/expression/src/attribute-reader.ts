import { CellArray, TextArray, UnitArray } from './column-value.js';
import { camelCase, snakeCase } from './python-name.js';
import { didYouMean, nameSome } from '@cherenkit/errors';
import { declaredFields, type DeclaredField } from './declared-fields.js';
import { ELEMENTWISE_FUNCTIONS } from './elementwise-functions.js';
import { Fault, TypeFault } from './expression-error.js';
import { defineFunction, type LanguageFunction } from './language-function.js';
import { REDUCTION_FUNCTIONS } from './reduction-functions.js';
import { Unit } from './unit.js';
import {
  describe,
  EnumerationMember,
  isArray,
  Quantity,
  scaled,
  toUnit,
  toValue,
  type ArrayValue,
  type Plain,
  type Value,
} from './expression-value.js';

type Attribute<V> = (value: V) => Value;

const ARRAY_ATTRIBUTES: ReadonlyMap<string, Attribute<ArrayValue>> = new Map<string, Attribute<ArrayValue>>([
  ['size', (array) => array.length],
  ['shape', (array) => [array.length]],
  ['ndim', () => 1],
]);

const QUANTITY_ATTRIBUTES: ReadonlyMap<string, Attribute<Quantity>> = new Map<string, Attribute<Quantity>>([
  ['quantity', (quantity) => quantity],
  ['value', ({ value }) => value],
  ['unit', ({ unit }) => unit],
  ['size', ({ value }) => (isArray(value) ? value.length : 1)],
  ['shape', ({ value }) => (isArray(value) ? [value.length] : [])],
  ['ndim', ({ value }) => (isArray(value) ? 1 : 0)],
  ['isscalar', ({ value }) => !isArray(value)],
]);

/** Attributes of astropy's `Column` with a unit. */
const COLUMN_ATTRIBUTES: ReadonlyMap<string, Attribute<UnitArray>> = new Map<string, Attribute<UnitArray>>([
  ['quantity', ({ value, unit }) => new Quantity(value, unit)],
  ['value', ({ value }) => value],
  ['unit', ({ unit }) => unit],
  ['size', ({ value }) => value.length],
  ['shape', ({ value }) => [value.length]],
  ['ndim', () => 1],
]);

const MEMBER_ATTRIBUTES: ReadonlyMap<string, Attribute<EnumerationMember>> = new Map<
  string,
  Attribute<EnumerationMember>
>([
  ['value', ({ value }) => value],
  ['name', ({ name }) => name],
]);

const CELL_ATTRIBUTES: ReadonlyMap<string, Attribute<CellArray>> = new Map<string, Attribute<CellArray>>([
  ['size', ({ values }) => values.length],
  ['shape', ({ nRows, count }) => [nRows, count]],
  ['ndim', () => 2],
]);

const TEXT_ATTRIBUTES: ReadonlyMap<string, Attribute<TextArray>> = new Map<string, Attribute<TextArray>>([
  ['size', ({ values }) => values.length],
]);

/** Methods of arrays, with or without a unit; the receiver is the first argument. */
const ARRAY_METHODS = ['sum', 'mean', 'std', 'var', 'max', 'min', 'any', 'all', 'argmax', 'argmin', 'ptp'];

/** All methods of the language. The receiver is the first argument. */
export const METHODS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  ...Object.entries(REDUCTION_FUNCTIONS).filter(([name]) => ARRAY_METHODS.includes(name)),
  ...Object.entries(ELEMENTWISE_FUNCTIONS).filter(([name]) => ['clip', 'round'].includes(name)),
  ...Object.entries({
    to: defineFunction('self unit', (self: Value, unit: Value) => {
      const target = toUnit(unit);
      return new Quantity(toQuantity(self).in(target), target);
    }),
    to_value: defineFunction('self unit?', (self: Value, unit: Value = null) => {
      const quantity = toQuantity(self);
      return unit === null ? quantity.value : quantity.in(toUnit(unit));
    }),
    multiplicity: defineFunction('self tel_mask tel_type?', (self: Value, mask: Value, type?: Value) =>
      callMember(self, 'multiplicity', mask, ...(type === undefined || type === null ? [] : [type])),
    ),
  }),
]);

/**
 * Returns a function that reads the named attribute of a value. Declared fields are looked up by the camelCase name.
 */
export function attributeReader(name: string): (object: Value) => Value {
  const fieldName = camelCase(name);
  let known: ReadonlyMap<string, DeclaredField> | undefined;
  let read: (raw: unknown) => Value = toValue;
  return (object) => {
    const fields = declaredFields(object);
    if (fields === undefined) return readAttribute(object, name, fieldName);
    // A criterion is evaluated on objects of one or two classes, so caching the last field is nearly always
    // sufficient.
    if (fields !== known) {
      const field = fields.get(fieldName);
      if (!field) throw new TypeFault(noAttribute(object, name, [...fields.keys()].map(snakeCase)));
      [known, read] = [fields, fieldReader(field)];
    }
    return read((object as Readonly<Record<string, unknown>>)[fieldName]);
  };
}

function readAttribute(object: Value, name: string, fieldName: string): Value {
  if (object instanceof Quantity) return lookUp(QUANTITY_ATTRIBUTES, object, name);
  if (isArray(object)) return lookUp(ARRAY_ATTRIBUTES, object, name);
  if (object instanceof UnitArray) return lookUp(COLUMN_ATTRIBUTES, object, name);
  if (object instanceof CellArray) return lookUp(CELL_ATTRIBUTES, object, name);
  if (object instanceof TextArray) return lookUp(TEXT_ATTRIBUTES, object, name);
  if (object instanceof EnumerationMember) return lookUp(MEMBER_ATTRIBUTES, object, name);
  if (object === null) throw new Fault(`cannot read attribute ${JSON.stringify(name)} of a missing value (None)`);
  if (isRecord(object)) {
    const key = [name, fieldName].find((candidate) => Object.hasOwn(object, candidate));
    if (key === undefined) throw new Fault(noAttribute(object, name, Object.keys(object).map(snakeCase)));
    return toValue(object[key]);
  }
  throw new TypeFault(noAttribute(object, name, []));
}

function lookUp<V extends Value>(attributes: ReadonlyMap<string, Attribute<V>>, object: V, name: string): Value {
  const attribute = attributes.get(name);
  if (attribute) return attribute(object);
  throw new TypeFault(noAttribute(object, name, [...attributes.keys(), ...METHODS.keys()]));
}

function noAttribute(object: Value, name: string, known: readonly string[]): string {
  const hint = METHODS.has(name)
    ? `; it is a method, call ${name}(...)`
    : didYouMean(name, known) || (known.length > 0 ? `; it has ${nameSome(known)}` : '');
  // Without values: the message may be about an example.
  const what = typeof object === 'number' ? 'a number without unit' : isArray(object) ? 'an array' : describe(object);
  return `${what} has no attribute ${JSON.stringify(name)}${hint}`;
}

/** Returns a function that converts the stored value of a field to the value in expressions. */
function fieldReader({ unit: name, factor = 1, members, isIntegers }: DeclaredField): (raw: unknown) => Value {
  if (members) {
    const names = new Map(Object.entries(members).map(([member, value]) => [value, member]));
    return (raw) => new EnumerationMember(names.get(raw as number) ?? String(raw), raw as number);
  }
  // In expressions, a Uint8Array is a mask.
  if (isIntegers) {
    return (raw) => {
      if (Array.isArray(raw)) return Int32Array.from(raw as readonly number[]);
      return raw instanceof Uint8Array ? Uint16Array.from(raw) : toValue(raw);
    };
  }
  if (name === undefined) return toValue;
  const unit = Unit.parse(name);
  return (raw) => (raw === undefined ? null : new Quantity(scaled(raw as Plain, factor), unit));
}

/** Whether a value is an object literal, whose own properties are attributes. */
export function isRecord(value: Value): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function toQuantity(value: Value): Quantity {
  if (value instanceof Quantity) return value;
  if (value instanceof UnitArray) return new Quantity(value.value, value.unit);
  if (value === null) throw new Fault('expected a quantity, found None');
  throw new TypeFault(`expected a quantity, found ${describe(value)}`);
}

function callMember(self: Value, name: string, ...values: Value[]): Value {
  const member: unknown = typeof self === 'object' && self !== null ? Reflect.get(self, name) : undefined;
  if (typeof member !== 'function') throw new TypeFault(`${describe(self)} has no method ${JSON.stringify(name)}`);
  return toValue(Reflect.apply(member, self, values));
}
