import type { NumericType } from '@cherenkit/tables';
import { elementEncoder } from './cell-encoder.js';
import { datatypeMessage, elementSize, headerSpace } from './placed-column.js';
import { MessageBuilder, terminated, UNDEFINED_ADDRESS } from './message-builder.js';

/** Numbers of the header messages that a table or a group has (HDF5 File Format Specification 3.0, IV.A.2). */
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

/** A message's number and its content. */
export type HeaderMessage = readonly [type: number, content: Uint8Array];

/**
 * The value of an attribute: text is stored as UTF-8, `ascii` as ASCII (PyTables unpickles only those), a plain
 * number as float64, everything else in the type that is named.
 */
export type AttributeValue =
  | string
  | number
  | { readonly ascii: string }
  | { readonly type: NumericType; readonly value: number | bigint | boolean };

/** Attributes of a group or a table, in the order in which they are written. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

// A message's length is a 16-bit number, and a multiple of eight.
const LARGEST_MESSAGE = 65528;

/** The dataspace message, version 1: a scalar without dimensions, else a simple space; `extendible` has no upper limit. */
export function dataspaceMessage(dimensions: readonly number[], extendible = false): Uint8Array {
  const message = new MessageBuilder(24).u8(1, dimensions.length, extendible ? 1 : 0, 0, 0, 0, 0, 0);
  for (const length of dimensions) message.u64(length);
  if (extendible) dimensions.forEach(() => message.u64(UNDEFINED_ADDRESS));
  return message.bytes;
}

function attributeContent(name: string, value: AttributeValue): { datatype: Uint8Array; data: Uint8Array } {
  if (typeof value === 'string' || (typeof value === 'object' && 'ascii' in value)) {
    const isUtf8 = typeof value === 'string';
    const text = new TextEncoder().encode(isUtf8 ? value : value.ascii);
    // A string type has at least one byte; PyTables and h5py read a single NUL as the empty string.
    const data = text.length > 0 ? text : new Uint8Array(1);
    return { datatype: datatypeMessage(`S${data.length}`, [], isUtf8), data };
  }
  const typed = typeof value === 'number' ? ({ type: 'float64', value } as const) : value;
  const data = new Uint8Array(elementSize(typed.type));
  elementEncoder(typed.type, name)(new DataView(data.buffer), 0, typed.value);
  return { datatype: datatypeMessage(typed.type), data };
}

/**
 * The message of one scalar attribute, version 1.
 *
 * @throws RangeError for a value beyond the 64 KB that an object header of this format can hold
 */
export function attributeMessage(name: string, value: AttributeValue): HeaderMessage {
  const { datatype, data } = attributeContent(name, value);
  const dataspace = dataspaceMessage([]);
  const storedName = terminated(name);
  const message = new MessageBuilder(128)
    .u8(1, 0)
    .u16(storedName.length)
    .u16(datatype.length)
    .u16(dataspace.length)
    .padded(storedName)
    .padded(datatype)
    .padded(dataspace)
    .raw(data).bytes;
  if (message.length > LARGEST_MESSAGE) {
    throw new RangeError(
      `Attribute "${name}" takes ${message.length} bytes; an attribute of this file format ends at ${LARGEST_MESSAGE}. Store it in a table.`,
    );
  }
  return [MessageType.ATTRIBUTE, message];
}

/**
 * An object header, version 1, in one block.
 *
 * @throws RangeError for more than 65535 messages or for one of more than 64 KB
 */
export function objectHeader(messages: readonly HeaderMessage[]): Uint8Array {
  if (messages.length > 0xffff) {
    throw new RangeError(`An object header holds up to 65535 messages, got ${messages.length}.`);
  }
  const size = messages.reduce((sum, [, content]) => sum + headerSpace(content), 0);
  const header = new MessageBuilder(16 + size).u8(1, 0).u16(messages.length).u32(1).u32(size).u32(0);
  for (const [type, content] of messages) {
    const space = headerSpace(content) - 8;
    if (space > LARGEST_MESSAGE) {
      throw new RangeError(
        `Message ${type} of an object header takes ${space} bytes, ${LARGEST_MESSAGE} is the limit.`,
      );
    }
    header.u16(type).u16(space).u8(0, 0, 0, 0).padded(content);
  }
  return header.bytes;
}
