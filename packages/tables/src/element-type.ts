/** Numeric element types; `bool` is stored as one byte, 0 or 1. */
export type NumericType =
  'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float32' | 'float64' | 'bool';

/** Element types of columns. */
export type ElementType = NumericType | 'string';

/** Numeric arrays; 64-bit integers are bigint. */
export type NumericValues =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** All elements of a column, row by row; booleans are 0 or 1. */
export type ColumnValues = NumericValues | readonly string[];

/** Single element: a string, a bigint for 64-bit integers, else a number. */
export type ElementValue = number | bigint | string;

/** Typed array of each numeric type. */
export const TYPED_ARRAYS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
  bool: Uint8Array,
} as const satisfies Record<NumericType, unknown>;

/** Type of each typed array; that of Uint8Array is uint8. */
const TYPES = new Map<unknown, NumericType>(
  (Object.keys(TYPED_ARRAYS) as NumericType[]).reverse().map((type) => [TYPED_ARRAYS[type], type]),
);

/** Element type of an array: float64 for plain arrays of numbers, uint8 for Uint8Array. */
export function elementTypeOf(values: ArrayLike<unknown>): ElementType {
  if (ArrayBuffer.isView(values)) {
    const found = TYPES.get(values.constructor);
    if (found !== undefined) return found;
  }
  switch (typeof values[0]) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int64';
    default:
      return 'float64';
  }
}

const NO_INTEGERS: ReadonlySet<ElementType> = new Set(['float32', 'float64', 'bool', 'string']);
const INTEGER_BITS = /^(u?)int(\d+)$/;

/** The first value, as text, that no integer of the type can represent; undefined if there is none. -1 is accepted as the sentinel of uint64. */
export function unrepresentable(type: ElementType, values: ArrayLike<unknown>): string | undefined {
  if (NO_INTEGERS.has(type) || values instanceof TYPED_ARRAYS[type as NumericType]) return undefined;
  const [, unsigned, digits] = INTEGER_BITS.exec(type) ?? [];
  const bits = Number(digits);
  const least = unsigned === '' ? -(2 ** (bits - 1)) : bits === 64 ? -1 : 0;
  const end = unsigned === '' ? 2 ** (bits - 1) : 2 ** bits;
  for (let i = 0; i < values.length; i++) {
    const value = typeof values[i] === 'bigint' ? (values[i] as bigint) : Number(values[i]);
    const isInteger = typeof value === 'bigint' || Number.isInteger(value);
    if (!(value >= least && value < end && isInteger)) return String(values[i]);
  }
  return undefined;
}

/** Converts an array to values of a type; no copy if it is a typed array of that type. */
export function toValues(type: ElementType, values: ArrayLike<unknown>): ColumnValues {
  if (type === 'string') return Array.isArray(values) ? (values as string[]) : Array.from(values, String);
  const Values = TYPED_ARRAYS[type];
  if (values instanceof Values) return values;
  if (type === 'int64' || type === 'uint64') {
    const integers = new TYPED_ARRAYS[type](values.length);
    for (let i = 0; i < integers.length; i++) integers[i] = BigInt(values[i] as number | bigint);
    return integers;
  }
  const numbers = new (Values as Float64ArrayConstructor)(values.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = Number(values[i]);
  return numbers;
}

/** New array of zeros or empty strings. */
export function emptyValues(type: ElementType, length: number): NumericValues | string[] {
  return type === 'string' ? new Array<string>(length).fill('') : new TYPED_ARRAYS[type](length);
}

/**
 * Sentinel of the data model for a missing element: NaN, -1, the largest unsigned integer, false, or the empty string.
 */
export function missingElement(type: ElementType): ElementValue {
  switch (type) {
    case 'string':
      return '';
    case 'bool':
      return 0;
    case 'float32':
    case 'float64':
      return NaN;
    case 'int64':
      return -1n;
    case 'uint64':
      return 2n ** 64n - 1n;
    default:
      return type.startsWith('u') ? 2 ** Number(type.slice(4)) - 1 : -1;
  }
}

/** Elements `start` to `stop` (exclusive); typed arrays share their memory. */
export function partOf(values: ColumnValues, start: number, stop: number): ColumnValues {
  return 'subarray' in values ? values.subarray(start, stop) : values.slice(start, stop);
}
