import { Fault } from './expression-error.js';
import type { ArrayValue } from './expression-value.js';

/** Arrays up to this size are summed in eight running sums; larger ones are halved. */
const BLOCK = 128;

/**
 * Sum of all elements, bit for bit as in numpy: pairwise, and float32 arrays in float32. Sums of masks and integers are
 * exact.
 */
export function sum(values: ArrayValue): number {
  if (values instanceof Float32Array) return pairwiseSum(values, 0, values.length, Math.fround);
  if (values instanceof Float64Array) return pairwiseSum(values, 0, values.length, identity);
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Sums in numpy's order; `round` is applied after each addition. */
function pairwiseSum(
  values: Float32Array | Float64Array,
  start: number,
  n: number,
  round: (x: number) => number,
): number {
  if (n > BLOCK) {
    const half = Math.floor(n / 2);
    const first = half - (half % 8);
    return round(pairwiseSum(values, start, first, round) + pairwiseSum(values, start + first, n - first, round));
  }
  const end = start + n;
  let next = start;
  let total = 0;
  if (n >= 8) {
    const running = new Float64Array(8);
    for (; next + 8 <= end; next += 8) {
      for (let j = 0; j < 8; j++) running[j] = round((running[j] as number) + (values[next + j] as number));
    }
    const pair = (j: number) => round((running[j] as number) + (running[j + 1] as number));
    total = round(round(pair(0) + pair(2)) + round(pair(4) + pair(6)));
  }
  for (; next < end; next++) total = round(total + (values[next] as number));
  return total;
}

function identity(x: number): number {
  return x;
}

/** Rounding of results: to float32 for float32 arrays. */
function rounding(values: ArrayValue): (x: number) => number {
  return values instanceof Float32Array ? Math.fround : identity;
}

/** Mean; NaN for an empty array. */
export function mean(values: ArrayValue): number {
  return rounding(values)(sum(values) / values.length);
}

/** @param ddof - subtracted from the number of elements in the denominator */
export function variance(values: ArrayValue, ddof: number): number {
  const round = rounding(values);
  const average = mean(values);
  const squares = values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length);
  for (let i = 0; i < squares.length; i++) squares[i] = round((values[i] as number) - average) ** 2;
  return round(sum(squares) / Math.max(values.length - ddof, 0));
}

export function standardDeviation(values: ArrayValue, ddof: number): number {
  return rounding(values)(Math.sqrt(variance(values, ddof)));
}

/** Maximum; NaN if there is one. @throws Fault for an empty array */
export function maximum(values: ArrayValue): number {
  return extreme(values, 'maximum', Math.max);
}

/** Minimum; NaN if there is one. @throws Fault for an empty array */
export function minimum(values: ArrayValue): number {
  return extreme(values, 'minimum', Math.min);
}

function extreme(values: ArrayValue, name: string, choose: (a: number, b: number) => number): number {
  if (values.length === 0) throw new Fault(`${name} of an empty array`);
  let result = values[0] as number;
  for (const value of values) result = choose(result, value);
  return result;
}

/** Index of the first element equal to a value; NaN equals NaN. */
export function indexOf(values: ArrayValue, value: number): number {
  for (let i = 0; i < values.length; i++) {
    if (Object.is(values[i], value) || values[i] === value) return i;
  }
  return -1;
}

/** Median; NaN for an empty array or if there is one. */
export function median(values: ArrayValue): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  if (sorted.length === 0 || Number.isNaN(sorted[sorted.length - 1])) return NaN;
  const [upper, lower] = [Math.floor(middle), Math.ceil(middle) - 1];
  return rounding(values)(((sorted[lower] as number) + (sorted[upper] as number)) / 2);
}

export function countNonzero(values: ArrayValue): number {
  let count = 0;
  for (const value of values) if (value !== 0) count++;
  return count;
}
