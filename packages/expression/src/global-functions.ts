import { calculate } from './arithmetic.js';
import { TextArray, UnitArray } from './column-value.js';
import { compare } from './comparison.js';
import { ELEMENTWISE_FUNCTIONS, round } from './elementwise-functions.js';
import { DIRECTION_FUNCTIONS } from './direction-functions.js';
import { Fault } from './expression-error.js';
import { defineFunction, type LanguageFunction } from './language-function.js';
import {
  describe,
  isArray,
  isList,
  Quantity,
  toPlain,
  isTruthy,
  type Value,
  type ValueList,
} from './expression-value.js';

/** Elements of a list, an array, or a quantity with an array. */
function items(value: Value): ValueList {
  if (isList(value)) return value;
  if (value instanceof UnitArray) return items(value.value);
  if (value instanceof TextArray) return value.values;
  if (isArray(value)) {
    return value instanceof Uint8Array ? Array.from(value, (one) => one !== 0) : Array.from(value as Float64Array);
  }
  if (value instanceof Quantity && isArray(value.value)) {
    return Array.from(value.value as Float64Array, (number) => new Quantity(number, value.unit));
  }
  throw new Fault(`expected a list or an array, found ${describe(value)}`);
}

function extreme(name: string, operator: '<' | '>', values: ValueList): Value {
  const candidates = values.length === 1 ? items(values[0] as Value) : values;
  if (candidates.length === 0) throw new Fault(`${name}() of an empty sequence`);
  return candidates.reduce((best, candidate) => (isTruthy(compare(operator, candidate, best)) ? candidate : best));
}

function toNumber(x: Value): number {
  if (typeof x === 'string') {
    const text = x.trim().toLowerCase();
    const special = /^[+-]?(?:inf(?:inity)?|nan)$/.test(text);
    const number = special ? Number(text.replace(/inf(?:inity)?/, 'Infinity')) : text === '' ? NaN : Number(text);
    if (Number.isNaN(number) && !special) throw new Fault(`cannot convert ${describe(x)} to a number`);
    return number;
  }
  const number = toPlain(x);
  if (!isArray(number)) return Number(number);
  if (number.length !== 1) throw new Fault(`expected a single number, found ${describe(x)}`);
  return number[0] as number;
}

const NUMPY_NAMES = ['sin', 'cos', 'tan', 'arctan2', 'log', 'log10', 'exp', 'sqrt'];

/** Functions without a module prefix: Python's own, and those that ctapipe adds. */
export const GLOBAL_FUNCTIONS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  ...Object.entries(ELEMENTWISE_FUNCTIONS).filter(([name]) => NUMPY_NAMES.includes(name)),
  ...Object.entries({
    abs: ELEMENTWISE_FUNCTIONS['abs'] as LanguageFunction,
    round: defineFunction('number ndigits?', round),
    min: defineFunction('values ...', (...values: Value[]) => extreme('min', '<', values)),
    max: defineFunction('values ...', (...values: Value[]) => extreme('max', '>', values)),
    sum: defineFunction('iterable', (values: Value) =>
      items(values).reduce((total, value) => calculate('+', total, value), 0),
    ),
    any: defineFunction('iterable', (values: Value) => items(values).some(isTruthy)),
    all: defineFunction('iterable', (values: Value) => items(values).every(isTruthy)),
    len: defineFunction('obj', (value: Value) => {
      if (typeof value === 'string') return value.length;
      return value instanceof Map ? value.size : items(value).length;
    }),
    int: defineFunction('x', (x: Value) => Math.trunc(toNumber(x))),
    float: defineFunction('x', toNumber),
    bool: defineFunction('x', isTruthy),
    ...DIRECTION_FUNCTIONS,
  }),
]);
