import { byteSource, type ByteSource } from '@cherenkit/io';
import { readElements } from '../../format/element-reader.js';
import { Hdf5Reader } from '../../format/hdf5-reader.js';
import type { ReadMessage } from '../../format/object-header-reader.js';
import { MessageType } from '../../format/object-header-writer.js';
import type { StoredType } from '../../format/placed-column.js';
import { StructureCursor } from '../../format/structure-cursor.js';
import type { AttributeContent } from '../file-access.js';

/** Attributes of an object by name, sorted as the library sorts them; undefined for those that the library has to read. */
export type HeaderAttributes = Map<string, AttributeContent | undefined>;

/** Reads bytes of a file. */
export type ReadBytes = (position: number, length: number) => Uint8Array;

/** Bytes that are read at once; headers of ctapipe's tables have some ten kilobytes. */
export const PAGE_BYTES = 2 ** 16;
/** Pages that are kept. */
const MAX_PAGES = 64;

/**
 * Reads attributes from the headers of objects in a file, without the library, which takes 0.1 ms for each attribute: more than
 * the values of most tables take. Texts and numbers in the old format of object headers, which PyTables and ctapipe write, are
 * read here; all else is left to the library, which also finds what is wrong with a damaged file.
 */
export class AttributesInHeaders {
  readonly #reader: Promise<Hdf5Reader>;

  constructor(name: string, size: number, read: ReadBytes) {
    this.#reader = Hdf5Reader.open(inPages(name, size, read));
    // Reported by `attributesOf`.
    this.#reader.catch(() => undefined);
  }

  /** Attributes of an object; undefined if the library has to read them all. */
  async attributesOf(path: string): Promise<HeaderAttributes | undefined> {
    try {
      const messages = await (await this.#reader).messages(path);
      return headerAttributes(messages);
    } catch {
      // The library reads other formats, and reports damages and failures of the file system.
      return undefined;
    }
  }
}

/**
 * Attributes in the messages of a header.
 *
 * @throws NotInHeader, CherenkitError if the library has to read them all
 */
export function headerAttributes(messages: readonly ReadMessage[]): HeaderAttributes {
  return inOrder(
    messages.flatMap(({ type, content }) =>
      type === MessageType.ATTRIBUTE ? [readAttribute(content.restarted())] : [],
    ),
  );
}

/** An attribute, or a list of attributes, that is left to the library. */
class NotInHeader extends Error {}

type NamedAttribute = readonly [name: string, value: AttributeContent | undefined];

/** Sorts attributes by the bytes of their names. */
function inOrder(attributes: readonly NamedAttribute[]): HeaderAttributes {
  const sorted = new Map([...attributes].sort(([a], [b]) => (a < b ? -1 : 1)));
  // eslint-disable-next-line no-control-regex -- names of other characters have another order as bytes
  const isSimple = (name: string): boolean => /^[\x01-\x7f]+$/.test(name);
  if (sorted.size !== attributes.length || ![...sorted.keys()].every(isSimple)) throw new NotInHeader();
  return sorted;
}

/** Reads an attribute message, versions 1 to 3 (HDF5 File Format Specification 3.0, IV.A.2.m). */
function readAttribute(message: StructureCursor): NamedAttribute {
  const [version, flags] = [message.u8(), message.u8()];
  if (version < 1 || version > 3 || flags !== 0) throw new NotInHeader();
  const [nameBytes, typeBytes, spaceBytes] = [message.u16(), message.u16(), message.u16()];
  if (version === 3) message.skip(1);
  const padding = version === 1 ? 8 : 1;
  const part = (bytes: number): Uint8Array => message.take(Math.ceil(bytes / padding) * padding).subarray(0, bytes);
  const nameCursor = new StructureCursor(part(nameBytes), 0);
  const name = nameCursor.text();
  if (nameCursor.remaining > 0) throw new NotInHeader();
  const datatype = part(typeBytes);
  const count = elementsOf(part(spaceBytes));
  if (count === 0) return [name, ''];
  const type = count === 1 ? typeOf(datatype) : undefined;
  if (type === undefined) return [name, undefined];
  const bytes = message.take(new DataView(datatype.buffer, datatype.byteOffset).getUint32(4, true));
  const [value] = readElements(type, bytes, 1);
  return [name, type === 'bool' ? value === 1 : value];
}

/** Number of elements of a dataspace: 1 for a scalar, 0 for none; undefined for arrays. */
function elementsOf(dataspace: Uint8Array): number | undefined {
  const [version, rank, flags, kind] = dataspace;
  if (version === 1) return rank === 0 && flags === 0 ? 1 : undefined;
  if (version !== 2 || flags !== 0 || rank !== 0) return undefined;
  return kind === 0 ? 1 : kind === 2 ? 0 : undefined;
}

/** Properties of float32 and float64 (IEEE 754): places and sizes of exponent and mantissa, and bias. */
const FLOATS: Readonly<Record<string, StoredType>> = {
  '32 31 0 0 0 32 0 23 8 0 23 127 0 0 0': 'float32',
  '32 63 0 0 0 64 0 52 11 0 52 255 3 0 0': 'float64',
};

/** Type of a fixed-length text, of a boolean or of a little-endian number of all its bits; undefined for others. */
function typeOf(datatype: Uint8Array): StoredType | undefined {
  const head = new StructureCursor(datatype, 0);
  const kind = head.u8();
  const [bits, , , size] = [head.u8(), head.u8(), head.u8(), head.u32()];
  if (size < 1) return undefined;
  switch (kind) {
    case 0x13:
      return `S${size}`;
    case 0x10: {
      const isWhole = head.u16() === 0 && head.u16() === 8 * size && [1, 2, 4, 8].includes(size);
      if (!isWhole || (bits & ~SIGNED) !== 0) return undefined;
      return `${bits === SIGNED ? 'int' : 'uint'}${8 * size}` as StoredType;
    }
    case 0x14:
      return bits === 0 && size === 1 && head.u16() === 0 && head.u16() === 8 ? 'bool' : undefined;
    case 0x11:
      return floatType(bits | (datatype[2] << 8) | (datatype[3] << 16), size, datatype.subarray(8, 20));
    default:
      return undefined;
  }
}

/**
 * The type of floating-point numbers in IEEE 754; undefined for others.
 *
 * @param bits - class bits of the datatype
 * @param properties - the 12 bytes after its size
 */
export function floatType(bits: number, size: number, properties: Uint8Array): StoredType | undefined {
  const type = FLOATS[[bits & 0xff, (bits >> 8) & 0xff, bits >> 16, ...properties].join(' ')];
  return type === (size === 4 ? 'float32' : 'float64') && (size === 4 || size === 8) ? type : undefined;
}

/** Bit of integers with sign. */
const SIGNED = 8;

/** Byte source that reads pages, since structures are small and near each other. */
export function inPages(name: string, size: number, read: ReadBytes): ByteSource {
  const pages = new Map<number, Uint8Array>();
  const page = (index: number): Uint8Array => {
    let found = pages.get(index);
    if (!found) {
      if (pages.size >= MAX_PAGES) pages.clear();
      found = read(index * PAGE_BYTES, Math.min(PAGE_BYTES, size - index * PAGE_BYTES));
      pages.set(index, found);
    }
    return found;
  };
  const readPart = (offset: number, length: number): Uint8Array => {
    const index = Math.floor(offset / PAGE_BYTES);
    const start = offset - index * PAGE_BYTES;
    return start + length <= PAGE_BYTES ? page(index).subarray(start, start + length) : read(offset, length);
  };
  return byteSource({
    name,
    size,
    stream: () => [],
    read: (offset, length) => Promise.resolve(readPart(offset, length)),
  });
}
