import type { NumericType } from '@cherenkit/tables';
import type { PlacedColumn, StoredType } from '../format/placed-column.js';
import { DatatypeClass, type DatatypeMetadata } from './h5wasm/h5wasm-module.js';

/** Column of a table as it is stored in the rows. */
export interface StoredMember extends PlacedColumn {
  /** Whether its numbers are big-endian in the rows. */
  readonly isBigEndian: boolean;
}

/** Filter of a dataset: number registered by the HDF Group, name and parameters. */
export interface DatasetFilter {
  readonly id: number;
  readonly name: string;
  readonly parameters: readonly number[];
}

/** Dimensions, datatype and storage of a dataset. */
export interface DatasetLayout {
  /** Sizes of the dimensions; empty for a scalar. */
  readonly shape: readonly number[];
  /** Size of one element: a row of a table, or a number or text. */
  readonly elementBytes: number;
  /** Whether the elements are rows with columns. */
  readonly isCompound: boolean;
  /** Columns of a row; of other datasets, their element as a single column without name. */
  readonly members: readonly StoredMember[];
  /** Shape of a chunk; undefined if the dataset is stored contiguously. */
  readonly chunkShape: readonly number[] | undefined;
  readonly filters: readonly DatasetFilter[];
}

/** A datatype that cannot be read. */
export class UnsupportedDatatype extends Error {}

const CLASS_NAMES: Readonly<Record<number, string>> = {
  [DatatypeClass.TIME]: 'the time type',
  [DatatypeClass.OPAQUE]: 'opaque bytes',
  [DatatypeClass.REFERENCE]: 'references',
  [DatatypeClass.VARIABLE_LENGTH]: 'variable-length lists',
  [DatatypeClass.COMPLEX]: 'complex numbers',
};

/**
 * Places the columns of a datatype in a row. Members of nested compound types are named as by PyTables: `outer/inner`.
 *
 * The library converts a type whose parts are all big-endian to little-endian, but one of both orders is read as it is.
 *
 * @throws UnsupportedDatatype naming the column, for types other than numbers, booleans, texts, and arrays of these
 */
export function membersOf(datatype: DatatypeMetadata): StoredMember[] {
  const isMixed = new Set(ordersIn(datatype)).size > 1;
  const members = placed(datatype, '', 0, isMixed);
  const names = new Set<string>();
  for (const { name, offset, size } of members) {
    if (names.has(name)) throw new UnsupportedDatatype(`two columns "${name}"`);
    if (offset + size > datatype.size) throw new UnsupportedDatatype(`column "${name}" extends beyond its row`);
    names.add(name);
  }
  return members;
}

function placed(datatype: DatatypeMetadata, name: string, offset: number, isMixed: boolean): StoredMember[] {
  if (datatype.type === DatatypeClass.COMPOUND) {
    const parts = datatype.compound_type?.members ?? [];
    return parts.flatMap((part) =>
      placed(part, name === '' ? part.name : `${name}/${part.name}`, offset + part.offset, isMixed),
    );
  }
  const { shape, element } = elementOf(datatype, name);
  const type = storedType(element, name);
  const count = shape.reduce((product, length) => product * length, 1);
  const size = count * element.size;
  if (!Number.isSafeInteger(size) || size < 1) throw unsupported(name, `cells of ${size} bytes`);
  const isBigEndian = hasOrder(element) && !element.littleEndian;
  if (isBigEndian && element.type === DatatypeClass.ENUMERATION) throw unsupported(name, 'big-endian enumerations');
  return [{ name, type, shape, offset, size, count, isBigEndian: isMixed && isBigEndian }];
}

/** The element type of nested arrays, and their dimensions. */
function elementOf(datatype: DatatypeMetadata, name: string): { shape: number[]; element: DatatypeMetadata } {
  const shape: number[] = [];
  let element = datatype;
  while (element.type === DatatypeClass.ARRAY && element.array_type) {
    shape.push(...element.array_type.shape);
    element = element.array_type;
  }
  if (shape.length > 32) throw unsupported(name, `${shape.length} dimensions`);
  return { shape, element };
}

function storedType({ type, size, signed, vlen, enum_type: enumeration }: DatatypeMetadata, name: string): StoredType {
  switch (type) {
    case DatatypeClass.ENUMERATION:
      if (enumeration?.type !== DatatypeClass.INTEGER) break;
      return isBoolean(enumeration.members, size) ? 'bool' : integerType(size, signed, name);
    case DatatypeClass.INTEGER:
      return integerType(size, signed, name);
    case DatatypeClass.FLOAT:
      if (size !== 4 && size !== 8) throw unsupported(name, `floating-point numbers of ${size} bytes`);
      return size === 4 ? 'float32' : 'float64';
    case DatatypeClass.BIT_FIELD:
      if (size !== 1) throw unsupported(name, `bit fields of ${size} bytes`);
      return 'bool';
    case DatatypeClass.STRING:
      if (vlen) throw unsupported(name, 'texts of variable length');
      return `S${size}`;
    case DatatypeClass.COMPOUND:
      throw unsupported(name, 'arrays of compound types');
  }
  throw unsupported(name, CLASS_NAMES[type] ?? `datatype class ${type}`);
}

function integerType(size: number, signed: boolean, name: string): NumericType {
  if (![1, 2, 4, 8].includes(size)) throw unsupported(name, `integers of ${size} bytes`);
  return `${signed ? 'int' : 'uint'}${8 * size}` as NumericType;
}

/** h5py stores booleans as this enumeration. */
function isBoolean(members: Readonly<Record<string, number>>, size: number): boolean {
  return size === 1 && Object.keys(members).length === 2 && members['FALSE'] === 0 && members['TRUE'] === 1;
}

/** The byte orders of all parts of a type that have one. */
function ordersIn(datatype: DatatypeMetadata): boolean[] {
  if (datatype.type === DatatypeClass.COMPOUND) return (datatype.compound_type?.members ?? []).flatMap(ordersIn);
  if (datatype.type === DatatypeClass.ARRAY && datatype.array_type) return ordersIn(datatype.array_type);
  return hasOrder(datatype) ? [datatype.littleEndian] : [];
}

function hasOrder({ type }: DatatypeMetadata): boolean {
  switch (type) {
    case DatatypeClass.INTEGER:
    case DatatypeClass.FLOAT:
    case DatatypeClass.TIME:
    case DatatypeClass.BIT_FIELD:
    case DatatypeClass.ENUMERATION:
    case DatatypeClass.COMPLEX:
      return true;
    default:
      return false;
  }
}

function unsupported(name: string, feature: string): UnsupportedDatatype {
  return new UnsupportedDatatype(name === '' ? feature : `${feature} in column "${name}"`);
}
