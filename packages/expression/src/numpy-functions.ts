import { compare } from './comparison.js';
import { ELEMENTWISE_FUNCTIONS } from './elementwise-functions.js';
import { define, type LanguageFunction } from './language-function.js';
import { REDUCTION_FUNCTIONS } from './reduction-functions.js';
import { countNonzero } from './reductions.js';
import { Quantity, toArray, toPlain, type Value } from './expression-value.js';

const asArray = (x: Value): Value => (x instanceof Quantity ? x : toPlain(x));

/** The functions that expressions know as `np.NAME`. */
export const NUMPY_FUNCTIONS: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>(
  Object.entries({
    ...ELEMENTWISE_FUNCTIONS,
    ...REDUCTION_FUNCTIONS,
    array: define('object', asArray),
    asarray: define('a', asArray),
    array_equal: define('a1 a2', (a: Value, b: Value) => {
      const [x, y] = [toArray(a), toArray(b)];
      return x.length === y.length && countNonzero(toArray(compare('==', x, y))) === x.length;
    }),
  }),
);

/** The numbers that expressions know as `np.NAME`. */
export const NUMPY_CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['nan', NaN],
  ['pi', Math.PI],
  ['inf', Infinity],
  ['e', Math.E],
]);
