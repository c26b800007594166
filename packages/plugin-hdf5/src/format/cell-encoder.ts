import { TYPED_ARRAYS, type NumericType } from '@cherenkit/tables';
import { elementSize, stringLength, type StoredType, type PlacedColumn } from './placed-column.js';

/** Value of a cell: a scalar, or an array with the elements of the column's shape in C order. */
export type CellValue = number | bigint | boolean | string | ArrayLike<number | bigint | boolean | string>;

/** Writes a cell at a byte position of a row buffer. */
export type CellEncoder = (view: DataView, at: number, value: CellValue) => void;

type Element = number | bigint | boolean | string;

type ElementEncoder = (view: DataView, at: number, value: Element) => void;

const utf8 = new TextEncoder();
const TWO_TO_32 = 2 ** 32;

// Numbers are split into two words, since creating a BigInt allocates memory for each cell.
function setInt64(view: DataView, at: number, value: Element): void {
  if (typeof value === 'bigint') {
    view.setBigInt64(at, value, true);
    return;
  }
  const number = Number(value);
  view.setInt32(at + 4, Math.floor(number / TWO_TO_32), true);
  view.setUint32(at, number, true);
}

/** -1 stands for an unknown unsigned integer of 64 bits, whose sentinel is no exact number. */
function setUint64(view: DataView, at: number, value: Element): void {
  setInt64(view, at, typeof value === 'bigint' ? BigInt.asIntN(64, value) : value);
}

/** Smallest integer of each type, and the integer after the largest one. */
const INTEGER_RANGES: Partial<Record<StoredType, readonly [least: number, end: number]>> = {
  int8: [-(2 ** 7), 2 ** 7],
  uint8: [0, 2 ** 8],
  int16: [-(2 ** 15), 2 ** 15],
  uint16: [0, 2 ** 16],
  int32: [-(2 ** 31), 2 ** 31],
  uint32: [0, 2 ** 32],
  int64: [-(2 ** 63), 2 ** 63],
  uint64: [-1, 2 ** 64],
};

/** Adds a check that integers are within the range of their type. */
function checkedEncoder(type: StoredType, name: string, encode: ElementEncoder): ElementEncoder {
  const range = INTEGER_RANGES[type];
  if (range === undefined) return encode;
  const [least, end] = range;
  return (view, at, value) => {
    const number = typeof value === 'bigint' ? value : Number(value);
    if (number >= least && number < end && (typeof number === 'bigint' || Number.isInteger(number))) {
      encode(view, at, number);
      return;
    }
    const expected = `an integer from ${BigInt(least)} to ${BigInt(end) - 1n}`;
    throw new RangeError(`Column "${name}" is ${type}: expected ${expected}, found ${String(value)}.`);
  };
}

const ELEMENT_ENCODERS: Record<Exclude<StoredType, `S${number}`>, ElementEncoder> = {
  int8: (view, at, value) => view.setInt8(at, Number(value)),
  uint8: (view, at, value) => view.setUint8(at, Number(value)),
  int16: (view, at, value) => view.setInt16(at, Number(value), true),
  uint16: (view, at, value) => view.setUint16(at, Number(value), true),
  int32: (view, at, value) => view.setInt32(at, Number(value), true),
  uint32: (view, at, value) => view.setUint32(at, Number(value), true),
  int64: setInt64,
  uint64: setUint64,
  float32: (view, at, value) => view.setFloat32(at, Number(value), true),
  float64: (view, at, value) => view.setFloat64(at, Number(value), true),
  bool: (view, at, value) => view.setUint8(at, value ? 1 : 0),
};

const IS_NATIVE_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function stringEncoder(name: string, length: number): ElementEncoder {
  return (view, at, value) => {
    const text = String(value);
    const target = new Uint8Array(view.buffer, view.byteOffset + at, length);
    const { read, written } = utf8.encodeInto(text, target);
    if (read < text.length) {
      throw new RangeError(`Column "${name}": expected at most ${length} bytes of UTF-8, found "${text}".`);
    }
    target.fill(0, written);
  };
}

/** Returns the encoder of one element, for cells and attributes. */
export function elementEncoder(type: StoredType, name: string): ElementEncoder {
  const length = stringLength(type);
  return length === undefined
    ? checkedEncoder(type, name, ELEMENT_ENCODERS[type as Exclude<StoredType, `S${number}`>])
    : stringEncoder(name, length);
}

/**
 * Returns the encoder of a column's cells. Typed arrays of the column's type are copied as bytes, other values are converted
 * element by element: floats round as in typed arrays.
 *
 * The encoder throws a RangeError for arrays of a different length, for strings that do not fit, and for integers out of the
 * range of the type; -1 is accepted as the sentinel of uint64.
 */
export function cellEncoder(column: PlacedColumn): CellEncoder {
  const { name, type, count, shape = [] } = column;
  const encode = elementEncoder(type, name);
  // Fast path: most cells are float64.
  if (shape.length === 0 && type === 'float64') {
    return (view, at, value) =>
      view.setFloat64(at, typeof value === 'number' ? value : Number(requireScalar(name, value)), true);
  }
  if (shape.length === 0) return (view, at, value) => encode(view, at, requireScalar(name, value));
  const step = elementSize(type);
  const sameLayout = IS_NATIVE_LITTLE_ENDIAN && type !== 'bool' ? TYPED_ARRAYS[type as NumericType] : undefined;
  return (view, at, value) => {
    if (typeof value !== 'object' || value.length !== count) {
      const found = typeof value === 'object' ? `${value.length} values` : `a ${typeof value}`;
      throw new RangeError(`Column "${name}": expected ${count} elements per row, found ${found}.`);
    }
    if (sameLayout !== undefined && value instanceof sameLayout) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      new Uint8Array(view.buffer, view.byteOffset + at, column.size).set(bytes);
      return;
    }
    for (let i = 0; i < count; i++) encode(view, at + i * step, value[i]);
  };
}

/** @throws RangeError if the value is an array */
function requireScalar(name: string, value: CellValue): number | bigint | boolean | string {
  if (typeof value !== 'object') return value;
  throw new RangeError(`Column "${name}": expected a scalar, found ${value.length} values.`);
}
