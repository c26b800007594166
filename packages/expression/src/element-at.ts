import { nameSome } from '@cherenkit/errors';
import { attributeReader, isRecord } from './attribute-reader.js';
import { CellArray, UnitArray } from './column-value.js';
import { declaredFields } from './declared-fields.js';
import { Fault } from './expression-error.js';
import {
  describe,
  isArray,
  isList,
  Quantity,
  toArray,
  toInteger,
  toValue,
  type ArrayValue,
  type Plain,
  type Value,
  type ValueList,
} from './expression-value.js';

/** `start:stop:step`; null for omitted bounds. */
export class Slice {
  constructor(
    readonly start: Value,
    readonly stop: Value,
    readonly step: Value,
  ) {}
}

/**
 * Evaluates `object[index]`: an element, a slice, the elements selected by a mask or by an array of indices, or the
 * entry of a key.
 *
 * @throws Fault if there is no such element
 */
export function elementAt(object: Value, index: Value | Slice): Value {
  if (object instanceof Quantity && isArray(object.value)) {
    return new Quantity(elementAt(object.value, index) as Plain, object.unit);
  }
  if (object instanceof UnitArray) return elementAt(object.value, index);
  if (isArray(object)) {
    if (!isArray(index) && !isList(index)) return elementOf(object, index);
    const picked = pick(object.length, toArray(index));
    const Type = object.constructor as { new (length: number): ArrayValue };
    const result = new Type(picked.length);
    picked.forEach((at, i) => (result[i] = object[at] as number));
    return result;
  }
  if (isList(object)) return elementOf(object, index);
  if (object instanceof Map) {
    if (object.has(index)) return toValue(object.get(index));
    throw new Fault(`unknown key: ${describe(index)}; known keys are ${nameSome(object.keys())}`);
  }
  if (typeof index === 'string' && (declaredFields(object) !== undefined || isRecord(object))) {
    return attributeReader(index)(object);
  }
  throw new Fault(`${describe(object)} cannot be indexed`);
}

/**
 * Evaluates `object[:, index]`: the numbers at one place of all rows of a column with several numbers per row.
 *
 * @throws Fault for other objects, other rows than all, and an index out of range
 */
export function columnAt(object: Value, rows: Value | Slice, index: Value): Value {
  if (!(object instanceof CellArray)) {
    throw new Fault(`expected a column with several numbers per row before [:, ...], found ${describe(object)}`);
  }
  const isWhole = rows instanceof Slice && [rows.start, rows.stop, rows.step].every((bound) => bound === null);
  if (!isWhole) throw new Fault('expected all rows, as in x[:, 0]');
  const { values, count, nRows, unit } = object;
  const i = toInteger(index);
  const at = i < 0 ? i + count : i;
  if (at < 0 || at >= count) throw new Fault(`index ${i} is out of range for ${describe(object)}`);
  const Type = values.constructor as { new (length: number): ArrayValue };
  const numbers = new Type(nRows);
  for (let row = 0; row < nRows; row++) numbers[row] = values[row * count + at] as number;
  return unit === undefined ? numbers : new Quantity(numbers, unit);
}

function elementOf(sequence: ArrayValue | ValueList, index: Value | Slice): Value {
  if (index instanceof Slice) return slice(sequence, index);
  const i = toInteger(index);
  const at = i < 0 ? i + sequence.length : i;
  if (at < 0 || at >= sequence.length) throw new Fault(`index ${i} is out of range for ${describe(sequence)}`);
  const element = sequence[at] as Value;
  return sequence instanceof Uint8Array ? element !== 0 : element;
}

/** Indices that a mask or an array of indices selects. */
function pick(length: number, by: ArrayValue): readonly number[] {
  const picked: number[] = [];
  if (by instanceof Uint8Array) {
    if (by.length !== length) throw new Fault(`expected a mask of ${length}, as long as the array, found ${by.length}`);
    by.forEach((one, i) => one !== 0 && picked.push(i));
    return picked;
  }
  for (const value of by) {
    const i = toInteger(value);
    const at = i < 0 ? i + length : i;
    if (at < 0 || at >= length) throw new Fault(`index ${i} is out of range for an array of ${length}`);
    picked.push(at);
  }
  return picked;
}

function slice(sequence: ArrayValue | ValueList, { start, stop, step }: Slice): Value {
  const stride = step === null ? 1 : toInteger(step);
  if (stride === 0) throw new Fault('the step of a slice must not be 0');
  const n = sequence.length;
  const [low, high] = stride > 0 ? [0, n] : [-1, n - 1];
  const bound = (value: Value, otherwise: number): number => {
    if (value === null) return otherwise;
    const i = toInteger(value);
    return Math.min(Math.max(i < 0 ? i + n : i, low), high);
  };
  const [first, end] = [bound(start, stride > 0 ? low : high), bound(stop, stride > 0 ? high : low)];
  const indices: number[] = [];
  for (let i = first; stride > 0 ? i < end : i > end; i += stride) indices.push(i);
  if (isList(sequence)) return indices.map((i) => sequence[i] as Value);
  const Type = sequence.constructor as { new (length: number): ArrayValue };
  const result = new Type(indices.length);
  indices.forEach((at, i) => (result[i] = sequence[at] as number));
  return result;
}
