import { TYPED_ARRAYS, type NumericType } from '@cherenkit/tables';
import { elementSize, stringLength, type StoredType, type PlacedColumn } from './placed-column.js';

/** Value of a cell: a scalar, or an array with the elements of the column's shape in C order. */
export type CellValue = number | bigint | boolean | string | ArrayLike<number | bigint | boolean | string>;

/** Writes a cell at a byte position of a row buffer. */
export type CellEncoder = (view: DataView, at: number, value: CellValue) => void;

type ElementEncoder = (view: DataView, at: number, value: number | bigint | boolean | string) => void;

const utf8 = new TextEncoder();
const TWO_TO_32 = 2 ** 32;

// Numbers are split into two words, since creating a BigInt allocates memory for each cell.
function setInt64(view: DataView, at: number, value: number | bigint | boolean | string): void {
  if (typeof value === 'bigint') {
    view.setBigInt64(at, BigInt.asIntN(64, value), true);
    return;
  }
  const number = Number(value);
  view.setInt32(at + 4, Math.floor(number / TWO_TO_32), true);
  view.setUint32(at, number, true);
}

const ELEMENT_ENCODERS: Record<Exclude<StoredType, `S${number}`>, ElementEncoder> = {
  int8: (view, at, value) => view.setInt8(at, Number(value)),
  uint8: (view, at, value) => view.setUint8(at, Number(value)),
  int16: (view, at, value) => view.setInt16(at, Number(value), true),
  uint16: (view, at, value) => view.setUint16(at, Number(value), true),
  int32: (view, at, value) => view.setInt32(at, Number(value), true),
  uint32: (view, at, value) => view.setUint32(at, Number(value), true),
  int64: setInt64,
  uint64: setInt64,
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
    ? ELEMENT_ENCODERS[type as Exclude<StoredType, `S${number}`>]
    : stringEncoder(name, length);
}

/**
 * Returns the encoder of a column's cells. Typed arrays of the column's type are copied as bytes, other values are converted
 * element by element: integers wrap around and floats round as in typed arrays.
 *
 * The encoder throws a RangeError for arrays of a different length and for strings that do not fit.
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
