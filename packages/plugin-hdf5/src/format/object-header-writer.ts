import type { NumericType, NumericValues } from '@cherenkit/tables';
import { elementEncoder } from './cell-encoder.js';
import { datatypeMessage, elementSize, headerSpace } from './placed-column.js';
import { MessageBuilder, nulTerminated, UNDEFINED_ADDRESS } from './message-builder.js';

/** Types of header messages of tables and groups (HDF5 File Format Specification 3.0, IV.A.2). */
export const MessageType = {
  DATASPACE: 0x01,
  DATATYPE: 0x03,
  FILL_VALUE: 0x05,
  LAYOUT: 0x08,
  FILTERS: 0x0b,
  ATTRIBUTE: 0x0c,
  CONTINUATION: 0x10,
  SYMBOL_TABLE: 0x11,
} as const;

/** Type and content of a header message. */
export type HeaderMessage = readonly [type: number, content: Uint8Array];

/**
 * Value of an attribute: strings are stored as UTF-8, `ascii` as ASCII (PyTables unpickles only ASCII strings), plain
 * numbers as float64, other values and arrays in the given type.
 */
export type AttributeValue =
  | string
  | number
  | { readonly ascii: string }
  | { readonly type: NumericType; readonly value: number | bigint | boolean }
  | { readonly type: NumericType; readonly values: NumericValues };

/** Attributes of a group or table by name, in writing order. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

// Message lengths are 16-bit numbers and multiples of eight.
const MAX_MESSAGE_SIZE = 65528;

/** Encodes a dataspace message, version 1: scalar without dimensions, otherwise simple; unlimited if `extendible`. */
export function dataspaceMessage(dimensions: readonly number[], extendible = false): Uint8Array {
  const message = new MessageBuilder(24).u8(1, dimensions.length, extendible ? 1 : 0, 0, 0, 0, 0, 0);
  for (const length of dimensions) message.u64(length);
  if (extendible) dimensions.forEach(() => message.u64(UNDEFINED_ADDRESS));
  return message.bytes;
}

/** Datatype, dimensions and bytes of an attribute. */
interface EncodedAttribute {
  readonly datatype: Uint8Array;
  readonly dimensions: readonly number[];
  readonly data: Uint8Array;
}

function attributeContent(name: string, value: AttributeValue): EncodedAttribute {
  if (typeof value === 'string' || (typeof value === 'object' && 'ascii' in value)) {
    const isUtf8 = typeof value === 'string';
    const text = new TextEncoder().encode(isUtf8 ? value : value.ascii);
    // String types have at least one byte; PyTables and h5py read a single NUL as empty string.
    const data = text.length > 0 ? text : new Uint8Array(1);
    return { datatype: datatypeMessage(`S${data.length}`, [], isUtf8), dimensions: [], data };
  }
  const typed = typeof value === 'number' ? ({ type: 'float64', value } as const) : value;
  const isArray = 'values' in typed;
  const values = isArray ? typed.values : [typed.value];
  const size = elementSize(typed.type);
  const view = new DataView(new ArrayBuffer(size * values.length));
  const encode = elementEncoder(typed.type, name);
  values.forEach((each, i) => encode(view, i * size, each));
  const dimensions = isArray ? [values.length] : [];
  return { datatype: datatypeMessage(typed.type), dimensions, data: new Uint8Array(view.buffer) };
}

/**
 * Encodes an attribute message, version 1.
 *
 * @throws RangeError if the message exceeds 64 KiB, the limit of this object header version
 */
export function attributeMessage(name: string, value: AttributeValue): HeaderMessage {
  const { datatype, dimensions, data } = attributeContent(name, value);
  const dataspace = dataspaceMessage(dimensions);
  const storedName = nulTerminated(name);
  const message = new MessageBuilder(128)
    .u8(1, 0)
    .u16(storedName.length)
    .u16(datatype.length)
    .u16(dataspace.length)
    .padded(storedName)
    .padded(datatype)
    .padded(dataspace)
    .raw(data).bytes;
  if (message.length > MAX_MESSAGE_SIZE) {
    throw new RangeError(
      `Attribute "${name}": expected at most ${MAX_MESSAGE_SIZE} bytes, found ${message.length}. Store the value in a table instead.`,
    );
  }
  return [MessageType.ATTRIBUTE, message];
}

/**
 * Encodes an object header, version 1, as a single block.
 *
 * @throws RangeError for more than 65535 messages or messages of more than 64 KiB
 */
export function objectHeader(messages: readonly HeaderMessage[]): Uint8Array {
  if (messages.length > 0xffff) {
    throw new RangeError(`Object header: expected at most 65535 messages, found ${messages.length}.`);
  }
  const size = messages.reduce((sum, [, content]) => sum + headerSpace(content), 0);
  const header = new MessageBuilder(16 + size).u8(1, 0).u16(messages.length).u32(1).u32(size).u32(0);
  for (const [type, content] of messages) {
    const space = headerSpace(content) - 8;
    if (space > MAX_MESSAGE_SIZE) {
      throw new RangeError(
        `Object header message ${type}: expected at most ${MAX_MESSAGE_SIZE} bytes, found ${space}.`,
      );
    }
    header.u16(type).u16(space).u8(0, 0, 0, 0).padded(content);
  }
  return header.bytes;
}
