import { readFilters } from '../../format/chunk-reader.js';
import { FilterId } from '../../format/filter-pipeline.js';
import { readDataspace, type ReadMessage } from '../../format/object-header-reader.js';
import { MessageType } from '../../format/object-header-writer.js';
import type { StoredType } from '../../format/placed-column.js';
import type { StructureCursor } from '../../format/structure-cursor.js';
import { sizeProblem } from '../check-size.js';
import type { DatasetLayout, StoredMember } from '../dataset-layout.js';
import { floatType } from '../h5wasm/header-attributes.js';

/** What is left to the HDF5 library. */
export class NotDirect extends Error {}

/** Names of filters whose message has none, as the library gives them. */
const FILTER_NAMES: Readonly<Record<number, string>> = { 1: 'deflate', 2: 'shuffle', 3: 'fletcher32' };

/**
 * Reads the layout of a table in chunks from the messages of its header: as `membersOf`, but only little-endian numbers of all their
 * bits, booleans, fixed-length texts and arrays of them (HDF5 File Format Specification 3.0, IV.A.2).
 *
 * @throws NotDirect, and others, for all else
 */
export function tableLayout(messages: readonly ReadMessage[], fileSize: number): DatasetLayout {
  const content = (type: number): StructureCursor | undefined =>
    messages.find((message) => message.type === type)?.content.restarted();
  const [space, datatype, layout] = [MessageType.DATASPACE, MessageType.DATATYPE, MessageType.LAYOUT].map(content);
  if (!space || !datatype || !layout) throw new NotDirect();
  const shape = readDataspace(space);
  const isChunked = layout.u8() === 3 && layout.u8() === 2;
  if (shape?.length !== 1 || !isChunked || layout.u8() !== 2) throw new NotDirect();
  const [chunkRows, chunkElement] = [layout.skip(8).u32(), layout.u32()];
  const { members, size } = rowMembers(datatype);
  if (chunkElement !== size || chunkRows < 1) throw new NotDirect();
  const filters = content(MessageType.FILTERS);
  if (filters && namedFilters(filters.restarted()).some(isOtherBlosc)) throw new NotDirect();
  const found: DatasetLayout = {
    shape,
    elementBytes: size,
    isCompound: true,
    members,
    chunkShape: [chunkRows],
    filters: filters ? namedFilters(filters) : [],
  };
  if (sizeProblem(found, fileSize) !== undefined) throw new NotDirect();
  return found;
}

/** Compressor zstd as the parameter of the Blosc filter. */
const BLOSC_ZSTD = 5;

/** Whether a filter is Blosc with another compressor than zstd. */
function isOtherBlosc({ id, parameters }: DatasetLayout['filters'][number]): boolean {
  return id === FilterId.BLOSC && parameters[6] !== BLOSC_ZSTD;
}

function namedFilters(cursor: StructureCursor): DatasetLayout['filters'] {
  return readFilters(cursor).map(({ id, name, parameters }) => ({
    id,
    name: name || (FILTER_NAMES[id] ?? ''),
    parameters,
  }));
}

/** Members of a compound datatype, versions 1 to 3. */
function rowMembers(cursor: StructureCursor): { readonly members: StoredMember[]; readonly size: number } {
  const { kind, version, bits, size } = head(cursor);
  if (kind !== 6) throw new NotDirect();
  const names = new Set<string>();
  const offsetBytes = size < 0x100 ? 1 : size < 0x1_0000 ? 2 : size < 0x100_0000 ? 3 : 4;
  const members = Array.from({ length: bits & 0xffff }, (): StoredMember => {
    const start = cursor.position;
    const name = cursor.text();
    if (version < 3) cursor.align(start);
    let offset = 0;
    if (version < 3) offset = cursor.u32();
    else for (let byte = 0; byte < offsetBytes; byte++) offset += cursor.u8() * 2 ** (8 * byte);
    // Version 1 has dimensions here, which HDF5 has not used since 1.4.
    if (version === 1 && cursor.u8() !== 0) throw new NotDirect();
    if (version === 1) cursor.skip(27);
    const { type, shape, bytes } = element(cursor);
    const count = shape.reduce((product, length) => product * length, 1);
    if (names.has(name) || count < 1 || offset + count * bytes > size) throw new NotDirect();
    names.add(name);
    return { name, type, shape, offset, size: count * bytes, count, isBigEndian: false };
  });
  if (members.length === 0) throw new NotDirect();
  return { members, size };
}

interface Element {
  readonly type: StoredType;
  readonly shape: readonly number[];
  /** Size of one element. */
  readonly bytes: number;
}

const [INTEGER, FLOAT, TEXT, BIT_FIELD, ARRAY] = [0, 1, 3, 4, 10];
const SIGNED = 8;

function element(cursor: StructureCursor): Element {
  const { kind, version, bits, size } = head(cursor);
  if (kind === ARRAY) return arrayElement(cursor, version, size);
  const isWhole = (): boolean => cursor.u16() === 0 && cursor.u16() === 8 * size;
  let type: StoredType | undefined;
  if (kind === TEXT && size > 0) type = `S${size}`;
  if (kind === BIT_FIELD && size === 1 && bits === 0 && isWhole()) type = 'bool';
  if (kind === FLOAT) type = floatType(bits, size, cursor.take(12));
  if (kind === INTEGER && (bits & ~SIGNED) === 0 && [1, 2, 4, 8].includes(size) && isWhole()) {
    type = `${bits === SIGNED ? 'int' : 'uint'}${8 * size}` as StoredType;
  }
  if (type === undefined) throw new NotDirect();
  return { type, shape: [], bytes: size };
}

function arrayElement(cursor: StructureCursor, version: number, size: number): Element {
  const rank = cursor.u8();
  if (version < 2 || rank < 1) throw new NotDirect();
  if (version === 2) cursor.skip(3);
  const outer = Array.from({ length: rank }, () => cursor.u32());
  if (version === 2) cursor.skip(4 * rank);
  const { type, shape, bytes } = element(cursor);
  const all = [...outer, ...shape];
  if (all.length > 32 || all.reduce((product, length) => product * length, bytes) !== size) throw new NotDirect();
  return { type, shape: all, bytes };
}

/** Class, version, class bits and size of a datatype. */
function head(cursor: StructureCursor): {
  readonly kind: number;
  readonly version: number;
  readonly bits: number;
  readonly size: number;
} {
  const first = cursor.u8();
  const bits = cursor.u8() | (cursor.u8() << 8) | (cursor.u8() << 16);
  const version = first >> 4;
  if (version < 1 || version > 3) throw new NotDirect();
  return { kind: first & 0xf, version, bits, size: cursor.u32() };
}
