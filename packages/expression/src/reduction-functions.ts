import { CellArray } from './column-value.js';
import { Fault } from './expression-error.js';
import { defineFunction, type LanguageFunction } from './language-function.js';
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

/** Reduction of all elements of an array. */
function reduction(
  f: (values: ArrayValue, ddof: number) => number,
  changeUnit: (unit: Unit) => Unit = (unit) => unit,
  extra = '',
): LanguageFunction {
  return defineFunction(`a axis? ${extra}`, (a: Value, axis?: Value, ddof?: Value) => {
    const n = ddof === undefined ? 0 : toInteger(ddof);
    if (a instanceof CellArray) return reduceCells(a, axis, (values) => f(values, n));
    checkAxis(axis);
    return a instanceof Quantity ? new Quantity(f(toArray(a.value), n), changeUnit(a.unit)) : f(toArray(a), n);
  });
}

function plainReduction(f: (values: ArrayValue) => number | boolean): LanguageFunction {
  return defineFunction('a axis?', (a: Value, axis?: Value) => {
    if (a instanceof CellArray) return reduceCells(a, axis, f);
    checkAxis(axis);
    return f(toArray(a instanceof Quantity ? a.value : a));
  });
}

/** Reduces each row for `axis=1`, or all numbers without an axis. */
function reduceCells(
  cells: CellArray,
  axis: Value | undefined,
  f: (values: ArrayValue) => number | boolean,
): number | boolean | ArrayValue {
  if (axis === undefined || axis === null) return f(cells.values);
  if (axis !== 1 && axis !== -1) throw new Fault('expected axis=1 for a column with several numbers per row');
  const reduced = Array.from(cells.rows(), f);
  if (reduced.every((one) => typeof one === 'boolean')) return Uint8Array.from(reduced, Number);
  return cells.values instanceof Float32Array ? Float32Array.from(reduced, Number) : Float64Array.from(reduced, Number);
}

function checkAxis(axis: Value | undefined): void {
  if (axis === undefined || axis === null || axis === 0 || axis === -1) return;
  throw new Fault('expected axis=0: arrays in expressions have one axis');
}

/** numpy's functions that reduce an array to a single value. */
export const REDUCTION_FUNCTIONS: Readonly<Record<string, LanguageFunction>> = {
  sum: reduction(sum),
  mean: reduction(mean),
  median: reduction(median),
  std: reduction(standardDeviation, undefined, 'ddof?'),
  var: reduction(variance, (unit) => unit.power(2), 'ddof?'),
  max: reduction(maximum),
  min: reduction(minimum),
  amax: reduction(maximum),
  amin: reduction(minimum),
  ptp: reduction((values) => maximum(values) - minimum(values)),
  argmax: plainReduction((values) => indexOf(values, maximum(values))),
  argmin: plainReduction((values) => indexOf(values, minimum(values))),
  count_nonzero: plainReduction(countNonzero),
  any: plainReduction((values) => countNonzero(values) > 0),
  all: plainReduction((values) => countNonzero(values) === values.length),
  size: plainReduction((values) => values.length),
};
