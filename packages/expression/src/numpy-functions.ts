import { compare } from './comparison.js';
import { ELEMENTWISE_FUNCTIONS } from './elementwise-functions.js';
import { defineFunction, type LanguageFunction } from './language-function.js';
import { REDUCTION_FUNCTIONS } from './reduction-functions.js';
import { countNonzero } from './reductions.js';
import { Quantity, toArray, toPlain, type Value } from './expression-value.js';

const asArray = (x: Value): Value => (x instanceof Quantity ? x : toPlain(x));

/** Functions of the module `np` in expressions. */
export const NUMPY_FUNCTIONS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>(
  Object.entries({
    ...ELEMENTWISE_FUNCTIONS,
    ...REDUCTION_FUNCTIONS,
    array: defineFunction('object', asArray),
    asarray: defineFunction('a', asArray),
    array_equal: defineFunction('a1 a2', (a: Value, b: Value) => {
      const [x, y] = [toArray(a), toArray(b)];
      return x.length === y.length && countNonzero(toArray(compare('==', x, y))) === x.length;
    }),
  }),
);

/** Constants of the module `np` in expressions. */
export const NUMPY_CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['nan', NaN],
  ['pi', Math.PI],
  ['inf', Infinity],
  ['e', Math.E],
]);
