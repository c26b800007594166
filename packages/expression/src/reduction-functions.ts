import { CellArray } from './column-value.js';
import { Fault } from './expression-error.js';
import { define, type LanguageFunction } from './language-function.js';
import {
  countNonzero,
  indexOf,
  maximum,
  mean,
  median,
  minimum,
  standardDeviation,
  sum,
  variance,
} from './reductions.js';
import type { Unit } from './unit.js';
import { Quantity, toArray, toInteger, type ArrayValue, type Value } from './expression-value.js';

/** Of all elements of an array. */
function reduction(
  f: (values: ArrayValue, ddof: number) => number,
  changeUnit: (unit: Unit) => Unit = (unit) => unit,
  extra = '',
): LanguageFunction {
  return define(`a axis? ${extra}`, (a: Value, axis?: Value, ddof?: Value) => {
    const n = ddof === undefined ? 0 : toInteger(ddof);
    if (a instanceof CellArray) return reduceCells(a, axis, (values) => f(values, n));
    checkAxis(axis);
    return a instanceof Quantity ? new Quantity(f(toArray(a.value), n), changeUnit(a.unit)) : f(toArray(a), n);
  });
}

function counting(f: (values: ArrayValue) => number | boolean): LanguageFunction {
  return define('a axis?', (a: Value, axis?: Value) => {
    if (a instanceof CellArray) return reduceCells(a, axis, f);
    checkAxis(axis);
    return f(toArray(a instanceof Quantity ? a.value : a));
  });
}

/** One number per row for `axis=1`, one of all numbers without an axis. */
function reduceCells(
  cells: CellArray,
  axis: Value | undefined,
  f: (values: ArrayValue) => number | boolean,
): number | boolean | ArrayValue {
  if (axis === undefined || axis === null) return f(cells.values);
  if (axis !== 1 && axis !== -1) throw new Fault('a column of several numbers per row is reduced with axis=1');
  const reduced = Array.from(cells.rows(), f);
  if (reduced.every((one) => typeof one === 'boolean')) return Uint8Array.from(reduced, Number);
  return cells.values instanceof Float32Array ? Float32Array.from(reduced, Number) : Float64Array.from(reduced, Number);
}

function checkAxis(axis: Value | undefined): void {
  if (axis === undefined || axis === null || axis === 0 || axis === -1) return;
  throw new Fault('arrays in expressions have one axis, 0');
}

/** numpy's functions that make one number of an array. */
export const REDUCTION_FUNCTIONS: Readonly<Record<string, LanguageFunction>> = {
  sum: reduction(sum),
  mean: reduction(mean),
  median: reduction(median),
  std: reduction(standardDeviation, undefined, 'ddof?'),
  var: reduction(variance, (unit) => unit.toThe(2), 'ddof?'),
  max: reduction(maximum),
  min: reduction(minimum),
  amax: reduction(maximum),
  amin: reduction(minimum),
  ptp: reduction((values) => maximum(values) - minimum(values)),
  argmax: counting((values) => indexOf(values, maximum(values))),
  argmin: counting((values) => indexOf(values, minimum(values))),
  count_nonzero: counting(countNonzero),
  any: counting((values) => countNonzero(values) > 0),
  all: counting((values) => countNonzero(values) === values.length),
  size: counting((values) => values.length),
};
