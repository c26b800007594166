import { calculate } from './arithmetic.js';
import { TextArray, UnitArray } from './column-value.js';
import { compare } from './comparison.js';
import { ELEMENTWISE_FUNCTIONS, round } from './elementwise-functions.js';
import { Fault } from './expression-error.js';
import { define, type LanguageFunction } from './language-function.js';
import { describe, isArray, isList, Quantity, toPlain, truth, type Value, type ValueList } from './expression-value.js';

/** The elements of a list, an array or a quantity that holds an array. */
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
  throw new Fault(`a list or an array is wanted, found ${describe(value)}`);
}

function extreme(name: string, operator: '<' | '>', values: ValueList): Value {
  const candidates = values.length === 1 ? items(values[0] as Value) : values;
  if (candidates.length === 0) throw new Fault(`${name} of nothing`);
  return candidates.reduce((best, candidate) => (truth(compare(operator, candidate, best)) ? candidate : best));
}

function toNumber(x: Value): number {
  if (typeof x === 'string') {
    const text = x.trim().toLowerCase();
    const special = /^[+-]?(?:inf(?:inity)?|nan)$/.test(text);
    const number = special ? Number(text.replace(/inf(?:inity)?/, 'Infinity')) : text === '' ? NaN : Number(text);
    if (Number.isNaN(number) && !special) throw new Fault(`${describe(x)} is no number`);
    return number;
  }
  const number = toPlain(x);
  if (!isArray(number)) return Number(number);
  if (number.length !== 1) throw new Fault(`one number is wanted, found ${describe(x)}`);
  return number[0] as number;
}

const NUMPY_NAMES = ['sin', 'cos', 'tan', 'arctan2', 'log', 'log10', 'exp', 'sqrt'];

/** The functions that need no `np.`: those that ctapipe adds, and Python's own. */
export const GLOBAL_FUNCTIONS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  ...Object.entries(ELEMENTWISE_FUNCTIONS).filter(([name]) => NUMPY_NAMES.includes(name)),
  ...Object.entries({
    abs: ELEMENTWISE_FUNCTIONS['abs'] as LanguageFunction,
    round: define('number ndigits?', round),
    min: define('values ...', (...values: Value[]) => extreme('min', '<', values)),
    max: define('values ...', (...values: Value[]) => extreme('max', '>', values)),
    sum: define('iterable', (values: Value) => items(values).reduce((total, value) => calculate('+', total, value), 0)),
    any: define('iterable', (values: Value) => items(values).some(truth)),
    all: define('iterable', (values: Value) => items(values).every(truth)),
    len: define('obj', (value: Value) => {
      if (typeof value === 'string') return value.length;
      return value instanceof Map ? value.size : items(value).length;
    }),
    int: define('x', (x: Value) => Math.trunc(toNumber(x))),
    float: define('x', toNumber),
    bool: define('x', truth),
  }),
]);
