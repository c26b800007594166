import type { RunRecord } from '@cherenkit/core';
import { readParts } from '#tool-host';
import { HDF5_SIGNATURE } from '../format/hdf5-writer.js';
import { readAttributes } from '../format/object-header-reader.js';
import { MessageType } from '../format/object-header-writer.js';
import { corrupt, StructureCursor } from '../format/structure-cursor.js';

/** Attribute of the root with the record of the run that wrote the file, as JSON. */
export const RUN_RECORD = 'CHERENKIT RUN';
/** Attribute of the root of merged outputs with the shards of which they consist, as JSON. */
export const MERGED_SHARDS = 'CHERENKIT SHARDS';

/** The shards of a production whose outputs were merged. */
export interface MergedShards {
  /** Digest of the manifest's content. */
  readonly production: string;
  /** Numbers of the first and the last shard. */
  readonly range: readonly [first: number, last: number];
}

/** What a file says of its origin. */
export interface StoredOrigin {
  /** Record of the run that wrote it; undefined for files of other programs, and for merged ones. */
  readonly record?: RunRecord | undefined;
  /** Undefined unless it is the merge of outputs of a production. */
  readonly shards?: MergedShards | undefined;
}

const SUPERBLOCK_BYTES = 96;
/** Size of the object header of the root, with all attributes, up to which it is read at once. */
const HEADER_BYTES = 2 ** 14;

/**
 * Reads what a file says of its origin from its first bytes and the attributes of its root, which takes as long as opening it.
 *
 * @throws CherenkitError HDF5_CORRUPT (65) for a file that is no HDF5 file, or not whole; the system's error if it cannot be read
 */
export function readStoredOrigin(path: string): StoredOrigin {
  return readParts(path, (part, size) => {
    const superblock = part(0, SUPERBLOCK_BYTES);
    if (superblock.length < SUPERBLOCK_BYTES || HDF5_SIGNATURE.some((byte, i) => superblock[i] !== byte)) {
      throw corrupt('expected the signature of HDF5', 0);
    }
    const cursor = new StructureCursor(superblock, 0);
    // Other versions are of other programs, whose files have no record.
    if (superblock[8] > 0) return {};
    const end = cursor.skip(40).address();
    if (end > size) throw corrupt(`expected a file of ${end} bytes, found ${size}`, size);
    const header = cursor.skip(16).address();
    const attributes = attributesOf(part(header, HEADER_BYTES), header, (length) => part(header, length));
    return { record: parsed(attributes.get(RUN_RECORD)), shards: parsed(attributes.get(MERGED_SHARDS)) };
  });
}

/** Values of the wanted attributes in an object header of version 1, by name. */
function attributesOf(
  bytes: Uint8Array,
  origin: number,
  read: (length: number) => Uint8Array,
): ReadonlyMap<string, unknown> {
  const head = new StructureCursor(bytes, origin);
  if (head.u8() !== 1) return new Map();
  const count = head.skip(1).u16();
  const length = 16 + head.skip(4).u32();
  const whole = length > bytes.length ? read(length) : bytes;
  const cursor = new StructureCursor(whole.subarray(0, length), origin).skip(16);
  const messages = [];
  for (let message = 0; message < count && cursor.remaining >= 8; message++) {
    const [type, size] = [cursor.u16(), cursor.u16()];
    const at = origin + cursor.skip(4).position;
    const content = cursor.take(size);
    if (type === MessageType.ATTRIBUTE && isWanted(content)) {
      messages.push({ type, content: new StructureCursor(content, at) });
    }
  }
  return readAttributes(messages);
}

/** Whether a message of an attribute begins with a name of ours; the name follows after eight bytes. */
function isWanted(content: Uint8Array): boolean {
  return PREFIX.every((byte, i) => content[8 + i] === byte);
}

const PREFIX = new TextEncoder().encode('CHERENKIT ');

function parsed<T>(value: unknown): T | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(value) as T;
  } catch {
    return undefined;
  }
}
