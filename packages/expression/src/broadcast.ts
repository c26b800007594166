import { Fault } from './expression-error.js';
import { isArray, type ArrayValue, type Mask, type Plain } from './expression-value.js';

type FloatArray = Float32Array | Float64Array;

/** `f` of each number. float32 stays float32, all else becomes float64. */
export function map(values: Plain, f: (x: number) => number): number | FloatArray {
  if (!isArray(values)) return f(Number(values));
  const result = values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length);
  for (let i = 0; i < result.length; i++) result[i] = f(values[i] as number);
  return result;
}

/** Whether each number passes a test. */
export function mapTest(values: Plain, test: (x: number) => boolean): boolean | Mask {
  if (!isArray(values)) return test(Number(values));
  const result = new Uint8Array(values.length);
  for (let i = 0; i < result.length; i++) result[i] = Number(test(values[i] as number));
  return result;
}

/**
 * `f` of the numbers of both, pair by pair; a number or an array of one meets each element of the other.
 *
 * The type of the result is numpy's, narrowed to float32 and float64: a number beside a float32 array is rounded to
 * float32 first.
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

/** Whether each pair of numbers passes a test; see {@link zip}. */
export function zipTest(a: Plain, b: Plain, test: (a: number, b: number) => boolean): boolean | Mask {
  if (!isArray(a) && !isArray(b)) return test(Number(a), Number(b));
  const n = commonLength(a, b);
  const result = new Uint8Array(n);
  const [x, y] = [operand(a, b), operand(b, a)];
  const [xStep, yStep] = [x.length === 1 ? 0 : 1, y.length === 1 ? 0 : 1];
  for (let i = 0; i < n; i++) result[i] = Number(test(x[i * xStep] as number, y[i * yStep] as number));
  return result;
}

/** A mask, or a truth value. */
export function isBoolean(value: Plain): value is boolean | Mask {
  return typeof value === 'boolean' || value instanceof Uint8Array;
}

function commonLength(a: Plain, b: Plain): number {
  const [n, m] = [isArray(a) ? a.length : 1, isArray(b) ? b.length : 1];
  if (n === m || m === 1) return n;
  if (n === 1) return m;
  throw new Fault(`arrays of ${n} and of ${m} do not fit together`);
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

/** Whether all values of the type are float32 values, too. */
function hasFloat32(array: ArrayValue): boolean {
  return array instanceof Float32Array || array.BYTES_PER_ELEMENT <= 2;
}
