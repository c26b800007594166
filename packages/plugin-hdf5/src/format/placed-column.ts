import { TYPED_ARRAYS, type NumericType } from '@cherenkit/tables';
import { aligned, MessageBuilder, terminated } from './message-builder.js';

/**
 * Types of an element as a file stores it: a number, or, as numpy spells it, `S12` for up to 12 bytes of UTF-8. A `bool` is a bit field of
 * eight bits, as PyTables has it.
 */
export type StoredType = NumericType | `S${number}`;

/** A column of a file as a caller declares it. */
export interface StoredColumn {
  readonly name: string;
  readonly type: StoredType;
  /** Lengths of the dimensions of one cell; absent or empty for a scalar. */
  readonly shape?: readonly number[];
}

/** A column and its place in the packed row. */
export interface PlacedColumn extends StoredColumn {
  /** Byte in the row where the cell starts. */
  readonly offset: number;
  /** Bytes of the cell. */
  readonly size: number;
  /** Elements of the cell. */
  readonly count: number;
}

/** The length in bytes of a fixed string, or undefined for the other types. */
export function stringLength(type: StoredType): number | undefined {
  return type.startsWith('S') ? Number(type.slice(1)) : undefined;
}

/** Bytes of one element. */
export function elementSize(type: StoredType): number {
  return stringLength(type) ?? TYPED_ARRAYS[type as NumericType].BYTES_PER_ELEMENT;
}

/**
 * The columns one after the other, without gaps: numpy's packed record, which is what PyTables reads and writes.
 *
 * @throws RangeError for no columns, a repeated name, or a string or dimension that is not a positive integer
 */
export function placeColumns(columns: readonly StoredColumn[]): PlacedColumn[] {
  if (columns.length === 0 || columns.length > 0xffff) {
    throw new RangeError(`A table needs 1 to 65535 columns, got ${columns.length}.`);
  }
  const names = new Set<string>();
  let offset = 0;
  return columns.map((column) => {
    const { name, type, shape = [] } = column;
    if (names.has(name)) throw new RangeError(`Two columns are called "${name}".`);
    names.add(name);
    const count = shape.reduce((product, length) => product * length, 1);
    const size = elementSize(type) * count;
    if (!Number.isSafeInteger(size) || size < 1 || shape.length > 32) {
      throw new RangeError(`Column "${name}" has type ${type} and shape [${shape.join(', ')}]: ${size} bytes.`);
    }
    const placed = { ...column, offset, size, count };
    offset += size;
    return placed;
  });
}

// Datatype message, version 1, per class: 0x10 integer, 0x11 float, 0x13 string, 0x14 bit field; then three bytes of class bits.
function scalarDatatype(type: StoredType, utf8: boolean): Uint8Array {
  const size = elementSize(type);
  const message = new MessageBuilder(24);
  if (stringLength(type) !== undefined) return message.u8(0x13, utf8 ? 0x10 : 0, 0, 0).u32(size).bytes;
  switch (type) {
    case 'bool':
      return message.u8(0x14, 0, 0, 0).u32(1).u16(0).u16(8).bytes;
    case 'float32':
      return message.u8(0x11, 0x20, 31, 0).u32(4).u16(0).u16(32).u8(23, 8, 0, 23).u32(127).bytes;
    case 'float64':
      return message.u8(0x11, 0x20, 63, 0).u32(8).u16(0).u16(64).u8(52, 11, 0, 52).u32(1023).bytes;
    default: {
      const signed = type.startsWith('int');
      return message
        .u8(0x10, signed ? 0x08 : 0, 0, 0)
        .u32(size)
        .u16(0)
        .u16(8 * size).bytes;
    }
  }
}

/**
 * The datatype message of an element or of an array of elements (HDF5 File Format Specification 3.0, IV.A.2.d).
 *
 * @param utf8 - whether a string says that it is UTF-8; PyTables unpickles only strings that say ASCII
 */
export function datatypeMessage(type: StoredType, shape: readonly number[] = [], utf8 = false): Uint8Array {
  const element = scalarDatatype(type, utf8);
  if (shape.length === 0) return element;
  const size = shape.reduce((product, length) => product * length, elementSize(type));
  const message = new MessageBuilder(64).u8(0x2a, 0, 0, 0).u32(size).u8(shape.length, 0, 0, 0);
  for (const length of shape) message.u32(length);
  for (let i = 0; i < shape.length; i++) message.u32(i);
  return message.raw(element).bytes;
}

/** The compound datatype of a row, version 2, the oldest that may hold arrays. */
export function rowDatatypeMessage(columns: readonly PlacedColumn[], rowBytes: number): Uint8Array {
  const message = new MessageBuilder(1024).u8(0x26, columns.length & 0xff, columns.length >> 8, 0).u32(rowBytes);
  for (const { name, type, shape, offset } of columns) {
    message.padded(terminated(name)).u32(offset).raw(datatypeMessage(type, shape));
  }
  return message.bytes;
}

/** Bytes that a message takes in an object header. */
export function headerSpace(message: Uint8Array): number {
  return 8 + aligned(message.length);
}
