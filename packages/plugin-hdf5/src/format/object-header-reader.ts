import { CherenkitError } from '@cherenkit/core';
import type { ByteSource } from '@cherenkit/io';
import type { AttributeContent } from '../engine/file-access.js';
import { elementSize } from './placed-column.js';
import { readDatatype } from './datatype-reader.js';
import { readElements } from './element-reader.js';
import { MessageType } from './object-header-writer.js';
import { corrupt, StructureCursor, unsupported } from './structure-cursor.js';

/** Message of an object header: its type and a cursor at its content. */
export interface ReadMessage {
  readonly type: number;
  readonly content: StructureCursor;
}

/** Called with each damage instead of throwing it. */
export type OnDamage = (error: CherenkitError) => void;

/**
 * Does a part of the reading; a damage is passed to `onDamage` if that is given.
 *
 * @returns undefined for a damage
 * @throws CherenkitError HDF5_CORRUPT, HDF5_UNSUPPORTED (65) without `onDamage`
 */
export async function tolerated<T>(part: () => Promise<T>, onDamage: OnDamage | undefined): Promise<T | undefined> {
  try {
    return await part();
  } catch (error) {
    if (!onDamage || !CherenkitError.is(error)) throw error;
    onDamage(error);
    return undefined;
  }
}

/** Reads all messages of an object header, version 1, including continuation blocks. */
export async function readObjectHeader(file: ByteSource, address: number, onDamage?: OnDamage): Promise<ReadMessage[]> {
  const prefix = new StructureCursor(await readWithin(file, address, 16), address);
  const version = prefix.u8();
  if (version !== 1) throw unsupported(`object header version ${version === 0x4f ? 2 : version}`);
  const count = prefix.skip(1).u16();
  const blocks = [{ address: address + 16, length: prefix.skip(4).u32() }];
  const messages: ReadMessage[] = [];
  let total = 0;
  for (let block = blocks.shift(); block; block = blocks.shift()) {
    const { address: start, length: size } = block;
    total += size;
    if (total > (file.size ?? Infinity)) throw corrupt('the blocks of an object header overlap', start);
    const read = (): Promise<Uint8Array> => readWithin(file, start, size);
    const bytes = await tolerated(read, messages.length > 0 ? onDamage : undefined);
    if (!bytes) continue;
    const cursor = new StructureCursor(bytes, start);
    while (cursor.remaining >= 8 && messages.length < count) {
      const type = cursor.u16();
      const length = cursor.u16();
      const flags = cursor.u8();
      const origin = start + cursor.skip(3).position;
      const content = new StructureCursor(cursor.take(length), origin);
      if (flags & 2) throw unsupported('shared header messages');
      messages.push({ type, content });
      if (type === MessageType.CONTINUATION) blocks.push({ address: content.address(), length: content.address() });
    }
  }
  return messages;
}

/** Reads `length` bytes at `position`. @throws CherenkitError HDF5_CORRUPT (65) beyond the end of the file */
export async function readWithin(file: ByteSource, position: number, length: number): Promise<Uint8Array> {
  if (position + length > (file.size ?? 0)) throw corrupt(`expected ${length} bytes, the file ends before`, position);
  return file.read(position, length);
}

/** Reads a dataspace message. Returns the sizes of the dimensions: empty for a scalar, undefined for a null dataspace. */
export function readDataspace(cursor: StructureCursor): number[] | undefined {
  const version = cursor.u8();
  const rank = cursor.u8();
  cursor.skip(1);
  if (version === 2) {
    if (cursor.u8() === 2) return undefined;
  } else {
    cursor.skip(5);
  }
  return Array.from({ length: rank }, () => cursor.address());
}

/** Reads the attributes of an object. Attributes of unsupported types, such as variable-length types, are skipped. */
export function readAttributes(messages: readonly ReadMessage[]): Map<string, AttributeContent> {
  const attributes = new Map<string, AttributeContent>();
  for (const { type, content } of messages) {
    if (type !== MessageType.ATTRIBUTE) continue;
    const [name, value] = readAttribute(content);
    if (value !== undefined) attributes.set(name, value);
  }
  return attributes;
}

function readAttribute(cursor: StructureCursor): [name: string, value: AttributeContent | undefined] {
  const version = cursor.u8();
  const padding = version === 1 ? 8 : 1;
  const [nameLength, typeLength, spaceLength] = [cursor.skip(1).u16(), cursor.u16(), cursor.u16()];
  if (version === 3) cursor.skip(1);
  const part = (length: number) =>
    new StructureCursor(cursor.take(Math.ceil(length / padding) * padding), cursor.origin + cursor.position);
  const name = part(nameLength).text();
  const typeCursor = part(typeLength);
  const space = readDataspace(part(spaceLength));
  if (space === undefined) return [name, ''];
  let datatype;
  try {
    datatype = readDatatype(typeCursor);
  } catch {
    return [name, undefined];
  }
  const { type, shape = [] } = datatype;
  if (type === undefined) return [name, undefined];
  const count = [...space, ...shape].reduce((product, length) => product * length, 1);
  const values = readElements(type, cursor.take(count * elementSize(type)), count);
  if (space.length + shape.length > 0) return [name, values];
  return [name, type === 'bool' ? values[0] === 1 : values[0]];
}
