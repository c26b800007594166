import { TYPED_ARRAYS, type NumericType } from '@cherenkit/tables';
import { alignTo8, MessageBuilder, nulTerminated } from './message-builder.js';

/**
 * Element type as stored in a file: a numeric type, or numpy's notation `S12` for strings of up to 12 bytes of UTF-8. As in
 * PyTables, `bool` is a bit field of eight bits.
 */
export type StoredType = NumericType | `S${number}`;

/** Column of a table in a file. */
export interface StoredColumn {
  readonly name: string;
  readonly type: StoredType;
  /** Shape of one cell; absent or empty for scalars. */
  readonly shape?: readonly number[];
}

/** Column and its position in the packed row. */
export interface PlacedColumn extends StoredColumn {
  /** Position of the cell in the row, bytes. */
  readonly offset: number;
  /** Size of the cell, bytes. */
  readonly size: number;
  /** Number of elements of the cell. */
  readonly count: number;
}

/** Length of a fixed-length string type, bytes; undefined for other types. */
export function stringLength(type: StoredType): number | undefined {
  return type.startsWith('S') ? Number(type.slice(1)) : undefined;
}

/** Size of one element, bytes. */
export function elementSize(type: StoredType): number {
  return stringLength(type) ?? TYPED_ARRAYS[type as NumericType].BYTES_PER_ELEMENT;
}

/**
 * Places columns contiguously in a row, without padding: numpy's packed record layout, as PyTables uses.
 *
 * @throws RangeError without columns, for duplicate names, and for string lengths or dimensions that are not positive integers
 */
export function placeColumns(columns: readonly StoredColumn[]): PlacedColumn[] {
  if (columns.length === 0 || columns.length > 0xffff) {
    throw new RangeError(`Expected 1 to 65535 columns, found ${columns.length}.`);
  }
  const names = new Set<string>();
  let offset = 0;
  return columns.map((column) => {
    const { name, type, shape = [] } = column;
    if (names.has(name)) throw new RangeError(`Duplicate column "${name}": expected unique names.`);
    names.add(name);
    const count = shape.reduce((product, length) => product * length, 1);
    const size = elementSize(type) * count;
    if (!Number.isSafeInteger(size) || size < 1 || shape.length > 32) {
      throw new RangeError(
        `Column "${name}": type ${type} and shape [${shape.join(', ')}] give ${size} bytes, expected a positive size and at most 32 dimensions.`,
      );
    }
    const placed = { ...column, offset, size, count };
    offset += size;
    return placed;
  });
}

// Datatype message, version 1: class (0x10 integer, 0x11 float, 0x13 string, 0x14 bit field), three bytes of class bits, size.
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
 * Encodes the datatype message of an element or array (HDF5 File Format Specification 3.0, IV.A.2.d).
 *
 * @param utf8 - character set of strings: UTF-8, otherwise ASCII; PyTables unpickles only ASCII strings
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

/** Encodes the compound datatype of a row, version 2: the oldest version that supports arrays. */
export function rowDatatypeMessage(columns: readonly PlacedColumn[], rowBytes: number): Uint8Array {
  const message = new MessageBuilder(1024).u8(0x26, columns.length & 0xff, columns.length >> 8, 0).u32(rowBytes);
  for (const { name, type, shape, offset } of columns) {
    message.padded(nulTerminated(name)).u32(offset).raw(datatypeMessage(type, shape));
  }
  return message.bytes;
}

/** Size of a message in an object header including its prefix and padding, bytes. */
export function headerSpace(message: Uint8Array): number {
  return 8 + alignTo8(message.length);
}
