import { Fault } from './expression-error.js';
import { isArray, type ArrayValue, type Mask, type Plain } from './expression-value.js';

type FloatArray = Float32Array | Float64Array;

/** Applies `f` to each number. The result is float32 for float32, else float64. */
export function map(values: Plain, f: (x: number) => number): number | FloatArray {
  if (!isArray(values)) return f(Number(values));
  const result = values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length);
  for (let i = 0; i < result.length; i++) result[i] = f(values[i] as number);
  return result;
}

/** Applies a test to each number. */
export function mapTest(values: Plain, test: (x: number) => boolean): boolean | Mask {
  if (!isArray(values)) return test(Number(values));
  const result = new Uint8Array(values.length);
  for (let i = 0; i < result.length; i++) result[i] = Number(test(values[i] as number));
  return result;
}

/**
 * Applies `f` to the numbers of both values pairwise; a number or an array of length 1 is broadcast.
 *
 * The type of the result is numpy's, limited to float32 and float64: a number combined with a float32 array is first
 * rounded to float32.
 */
export function zip(a: Plain, b: Plain, f: (a: number, b: number) => number): number | FloatArray {
  if (!isArray(a) && !isArray(b)) return f(Number(a), Number(b));
  const n = commonLength(a, b);
  const result = isFloat32Together(a, b) ? new Float32Array(n) : new Float64Array(n);
  const [x, y] = [operand(a, b), operand(b, a)];
  const [xStep, yStep] = [x.length === 1 ? 0 : 1, y.length === 1 ? 0 : 1];
  for (let i = 0; i < n; i++) result[i] = f(x[i * xStep] as number, y[i * yStep] as number);
  return result;
}

/** Applies a test to the numbers of both values pairwise; see {@link zip}. */
export function zipTest(a: Plain, b: Plain, test: (a: number, b: number) => boolean): boolean | Mask {
  if (!isArray(a) && !isArray(b)) return test(Number(a), Number(b));
  const n = commonLength(a, b);
  const result = new Uint8Array(n);
  const [x, y] = [operand(a, b), operand(b, a)];
  const [xStep, yStep] = [x.length === 1 ? 0 : 1, y.length === 1 ? 0 : 1];
  for (let i = 0; i < n; i++) result[i] = Number(test(x[i * xStep] as number, y[i * yStep] as number));
  return result;
}

/** Whether a value is a mask or a boolean. */
export function isBoolean(value: Plain): value is boolean | Mask {
  return typeof value === 'boolean' || value instanceof Uint8Array;
}

function commonLength(a: Plain, b: Plain): number {
  const [n, m] = [isArray(a) ? a.length : 1, isArray(b) ? b.length : 1];
  if (n === m || m === 1) return n;
  if (n === 1) return m;
  throw new Fault(`cannot combine arrays of length ${n} and ${m}`);
}

function operand(value: Plain, other: Plain): ArrayValue {
  if (isArray(value)) return value;
  const number = Number(value);
  return Float64Array.of(other instanceof Float32Array ? Math.fround(number) : number);
}

function isFloat32Together(a: Plain, b: Plain): boolean {
  return (
    (a instanceof Float32Array && (!isArray(b) || hasFloat32(b))) ||
    (b instanceof Float32Array && (!isArray(a) || hasFloat32(a)))
  );
}

/** Whether float32 represents all values of the array's type. */
function hasFloat32(array: ArrayValue): boolean {
  return array instanceof Float32Array || array.BYTES_PER_ELEMENT <= 2;
}
