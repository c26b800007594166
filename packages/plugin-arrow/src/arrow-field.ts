import type { ColumnHeader } from '@cherenkit/core';
import {
  Bool,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  TimestampNanosecond,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
  type DataType,
} from 'apache-arrow';

/** Returns the field of a column: its type, with the unit, the description and the meaning of its values as metadata. */
export function arrowField(column: ColumnHeader): Field {
  const { name, type, shape = [], unit, description, meaning } = column;
  const metadata = new Map<string, string>();
  const add = (key: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') metadata.set(key, value);
  };
  add('description', description);
  if (meaning?.kind === 'time') {
    add('scale', 'tai');
    return new Field(name, new TimestampNanosecond(), true, metadata);
  }
  add('unit', type === 'string' ? undefined : unit);
  if (meaning?.kind === 'enumeration') add('enumeration', JSON.stringify(meaning.enumeration.members));
  if (meaning?.kind === 'telescopes') add('telescopes', meaning.telIds && JSON.stringify(meaning.telIds));
  return new Field(name, listOf(elementType(type), shape), false, metadata);
}

/** Nested fixed-size lists, one per dimension. */
function listOf(element: DataType, shape: readonly number[]): DataType {
  return shape.reduceRight<DataType>(
    (inner, length) => new FixedSizeList(length, new Field('item', inner, false)),
    element,
  );
}

function elementType(type: ColumnHeader['type']): DataType {
  return new ELEMENT_TYPES[type]();
}

const ELEMENT_TYPES: Readonly<Record<ColumnHeader['type'], new () => DataType>> = {
  bool: Bool,
  int8: Int8,
  uint8: Uint8,
  int16: Int16,
  uint16: Uint16,
  int32: Int32,
  uint32: Uint32,
  int64: Int64,
  uint64: Uint64,
  float32: Float32,
  float64: Float64,
  string: Utf8,
};
