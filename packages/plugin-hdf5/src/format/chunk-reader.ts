import { decodeBlosc, inflate, unshuffle, type ByteSource } from '@cherenkit/io';
import { fletcher32 } from './fletcher32.js';
import type { StoredChunk } from './chunk-index.js';
import { FilterId } from './filter-pipeline.js';
import { readWithin, tolerated, type OnDamage } from './object-header-reader.js';
import { corrupt, StructureCursor, unsupported } from './structure-cursor.js';

/** Filter of a dataset, as stored in the filter pipeline message. */
export interface StoredFilter {
  readonly id: number;
  /** As it is stored; empty for filters of the library. */
  readonly name: string;
  readonly parameters: readonly number[];
}

/** Chunk of rows from the chunk index. Bit i of `skippedFilters` is set if filter i was not applied. */
export interface IndexedChunk extends StoredChunk {
  readonly skippedFilters: number;
}

const utf8 = new TextDecoder();

const SUPPORTED_FILTERS = new Set<number>(Object.values(FilterId));

/**
 * Reads a filter pipeline message, versions 1 and 2.
 *
 * @throws CherenkitError HDF5_UNSUPPORTED (65) for filters other than deflate, shuffle, Fletcher-32 and Blosc
 */
export function readFilters(cursor: StructureCursor): StoredFilter[] {
  const version = cursor.u8();
  const count = cursor.u8();
  if (version === 1) cursor.skip(6);
  return Array.from({ length: count }, () => {
    const id = cursor.u16();
    const nameLength = version === 1 || id >= 256 ? cursor.u16() : 0;
    const parameterCount = cursor.skip(2).u16();
    const storedName = cursor.take(version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength);
    const [name = ''] = utf8.decode(storedName).split('\0');
    const parameters = Array.from({ length: parameterCount }, () => cursor.u32());
    if (version === 1 && parameterCount % 2 === 1) cursor.skip(4);
    if (!SUPPORTED_FILTERS.has(id)) throw unsupported(`filter ${id}`);
    return { id, name, parameters };
  });
}

/**
 * Reads the chunk index of a one-dimensional dataset, a B-tree of version 1. Returns the chunks in row order.
 *
 * @param root - address of the root node
 * @param parentLevel - level of the parent node; infinite for the root
 * @param onDamage - called for each damaged part below the root, whose chunks are left out
 */
export async function readChunkIndex(
  file: ByteSource,
  root: number,
  parentLevel = Number.POSITIVE_INFINITY,
  onDamage?: OnDamage,
): Promise<IndexedChunk[]> {
  const head = new StructureCursor(await readWithin(file, root, 24), root).expect('TREE');
  const level = head.skip(1).u8();
  if (level >= parentLevel) throw corrupt('the B-tree contains a cycle', root);
  const count = head.u16();
  const entries = new StructureCursor(await readWithin(file, root + 24, count * 32), root + 24);
  const chunks: IndexedChunk[] = [];
  for (let i = 0; i < count; i++) {
    const bytes = entries.u32();
    const skippedFilters = entries.u32();
    const row = entries.address();
    const address = entries.skip(8).address();
    if (level === 0) chunks.push({ row, bytes, address, skippedFilters });
    else {
      const below = await tolerated(() => readChunkIndex(file, address, level, onDamage), onDamage);
      chunks.push(...(below ?? []));
    }
  }
  return chunks;
}

/**
 * Reads the rows of a chunk.
 *
 * @param rowsBytes - expected size of the rows, bytes
 * @throws CherenkitError HDF5_CORRUPT (65) if checksum, compressed data or size are wrong
 */
export async function readChunk(
  file: ByteSource,
  chunk: IndexedChunk,
  filters: readonly StoredFilter[],
  rowsBytes: number,
): Promise<Uint8Array> {
  return decodeChunk(await readWithin(file, chunk.address, chunk.bytes), chunk, filters, rowsBytes);
}

/**
 * Decodes a stored chunk by reversing its filters in reverse order.
 *
 * @param rowsBytes - expected size of the rows, bytes
 * @param target - of `rowsBytes`; the rows may be written to it, and are then returned as this array
 * @throws CherenkitError HDF5_CORRUPT (65) if checksum, compressed data or size are wrong
 */
export async function decodeChunk(
  stored: Uint8Array,
  chunk: IndexedChunk,
  filters: readonly StoredFilter[],
  rowsBytes: number,
  target?: Uint8Array,
): Promise<Uint8Array> {
  let bytes = stored;
  for (let i = filters.length - 1; i >= 0; i--) {
    if (chunk.skippedFilters & (1 << i)) continue;
    // Filters before this one in the pipeline, which are reversed later, read its result.
    bytes = await reverseFilter(filters[i], bytes, chunk.address, rowsBytes, i === 0 ? target : undefined);
  }
  if (bytes.length !== rowsBytes) {
    throw corrupt(`expected a chunk of ${rowsBytes} bytes, found ${bytes.length}`, chunk.address);
  }
  return bytes;
}

/**
 * Reads a chunk as it is stored. The checksum, if it is the last filter, is checked.
 *
 * @throws CherenkitError HDF5_CORRUPT (65) for a wrong checksum
 */
export async function readStoredChunk(
  file: ByteSource,
  chunk: IndexedChunk,
  filters: readonly StoredFilter[],
): Promise<Uint8Array> {
  const bytes = await readWithin(file, chunk.address, chunk.bytes);
  const last = filters.at(-1);
  if (last?.id === FilterId.FLETCHER32) await reverseFilter(last, bytes, chunk.address, 0);
  return bytes;
}

async function reverseFilter(
  { id, parameters }: StoredFilter,
  bytes: Uint8Array,
  address: number,
  rowsBytes: number,
  target?: Uint8Array,
): Promise<Uint8Array> {
  switch (id) {
    case FilterId.FLETCHER32: {
      const content = bytes.subarray(0, bytes.length - 4);
      const checksum = new StructureCursor(bytes.subarray(content.length), address).u32();
      if (checksum !== fletcher32(content)) throw corrupt('wrong checksum of a chunk', address);
      return content;
    }
    case FilterId.SHUFFLE:
      return unshuffle(bytes, parameters[0], bytes.length === target?.length ? target : undefined);
    case FilterId.DEFLATE:
      return decompressed(inflate(bytes), address);
    default:
      return decompressed(decodeBlosc(bytes, rowsBytes, target), address);
  }
}

async function decompressed(content: Promise<Uint8Array>, address: number): Promise<Uint8Array> {
  try {
    return await content;
  } catch {
    throw corrupt('a chunk cannot be decompressed', address);
  }
}
