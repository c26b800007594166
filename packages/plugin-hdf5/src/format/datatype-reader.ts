import type { StoredColumn, StoredType } from './placed-column.js';
import { unsupported, type StructureCursor } from './structure-cursor.js';

/** Decoded datatype: an element type, with shape for arrays, or the columns of a compound. */
export interface Datatype {
  readonly size: number;
  readonly type?: StoredType;
  readonly shape?: readonly number[];
  readonly columns?: readonly (StoredColumn & { readonly offset: number })[];
}

const CLASS_NAMES = ['', '', 'time type', '', '', 'opaque type', '', 'reference type', '', 'variable-length type'];

/**
 * Reads a datatype message, versions 1 to 3 (HDF5 File Format Specification 3.0, IV.A.2.d).
 *
 * @throws CherenkitError HDF5_UNSUPPORTED (65) for types that PyTables does not use in tables
 */
export function readDatatype(cursor: StructureCursor): Datatype {
  const head = cursor.u8();
  const version = head >> 4;
  const bits = cursor.u8() | (cursor.u8() << 8) | (cursor.u8() << 16);
  const size = cursor.u32();
  if (version < 1 || version > 3) throw unsupported(`datatype version ${version}`);
  switch (head & 0xf) {
    case 0:
      cursor.skip(4);
      requireLittleEndian(bits);
      if (![1, 2, 4, 8].includes(size)) throw unsupported(`integers of ${size} bytes`);
      return { size, type: `${bits & 8 ? 'int' : 'uint'}${8 * size}` as StoredType };
    case 1:
      cursor.skip(12);
      requireLittleEndian(bits);
      if (size !== 4 && size !== 8) throw unsupported(`floats of ${size} bytes`);
      return { size, type: size === 4 ? 'float32' : 'float64' };
    case 3:
      if (size === 0) throw unsupported('strings of length 0');
      return { size, type: `S${size}` };
    case 4:
      cursor.skip(4);
      if (size !== 1) throw unsupported(`bit fields of ${size} bytes`);
      return { size, type: 'bool' };
    case 6:
      return { size, columns: readMembers(cursor, version, bits & 0xffff, size) };
    case 8:
      return readEnumeration(cursor, version, bits & 0xffff);
    case 10:
      return readArray(cursor, version);
    default:
      throw unsupported(CLASS_NAMES[head & 0xf] ?? `datatype class ${head & 0xf}`);
  }
}

function requireLittleEndian(bits: number): void {
  if (bits & 1) throw unsupported('big-endian numbers');
}

function readMembers(
  cursor: StructureCursor,
  version: number,
  count: number,
  size: number,
): NonNullable<Datatype['columns']> {
  const offsetBytes = size < 0x100 ? 1 : size < 0x1_0000 ? 2 : size < 0x100_0000 ? 3 : 4;
  return Array.from({ length: count }, () => {
    const name = readMemberName(cursor, version);
    let offset = 0;
    if (version < 3) offset = cursor.u32();
    else for (let byte = 0; byte < offsetBytes; byte++) offset += cursor.u8() * 2 ** (8 * byte);
    // Version 1: dimensionality, permutation and four dimensions, all 0 since HDF5 1.4.
    if (version === 1) cursor.skip(28);
    const { type, shape } = readDatatype(cursor);
    if (type === undefined) throw unsupported('nested compound types');
    return { name, offset, type, ...(shape && { shape }) };
  });
}

function readMemberName(cursor: StructureCursor, version: number): string {
  const start = cursor.position;
  const name = cursor.text();
  if (version < 3) cursor.align(start);
  return name;
}

// Enumerations are read as numbers. h5py stores booleans as an enumeration.
function readEnumeration(cursor: StructureCursor, version: number, count: number): Datatype {
  const base = readDatatype(cursor);
  for (let i = 0; i < count; i++) readMemberName(cursor, version);
  cursor.skip(count * base.size);
  return base;
}

function readArray(cursor: StructureCursor, version: number): Datatype {
  const rank = cursor.u8();
  if (version < 3) cursor.skip(3);
  const shape = Array.from({ length: rank }, () => cursor.u32());
  if (version < 3) cursor.skip(4 * rank);
  const { type, size, shape: inner = [] } = readDatatype(cursor);
  if (type === undefined) throw unsupported('arrays of compound types');
  return { size: shape.reduce((product, length) => product * length, size), type, shape: [...shape, ...inner] };
}
