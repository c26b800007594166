import type { ColumnHeader, Enumeration, FixedPointScale, MetaValue, TableMeta, Meaning } from '@cherenkit/tables';
import type { AttributeContent } from '../engine/index.js';
import type { Attributes, AttributeValue, PlacedColumn } from '../format/index.js';

/** Names of attributes that describe the structure of a table, written by PyTables and ctapipe. */
const STRUCTURAL_ATTRIBUTES = /^(?:CLASS|VERSION|TITLE|NROWS|FIELD_\d+_\w+|FILTERS|AUTO_INDEX|CTAFIELD_\d+_\w+)$/;

/** Attributes of a column by the last part of their name, for example `UNIT` of CTAFIELD_0_UNIT. */
type Parts = Record<string, AttributeValue>;

/**
 * Creates the attributes of a column as ctapipe 0.32: the transform of its values and, with `describe`, field name and
 * description.
 *
 * @param index - index of the column in its table
 * @param bytes - length of a text column, bytes
 */
export function columnAttributes(
  index: number,
  header: ColumnHeader,
  { describe, bytes }: { readonly describe: boolean; readonly bytes?: number | undefined },
): Attributes {
  const { name, field = name, description } = header;
  const parts: Parts = { ...transformParts(header, bytes) };
  if (describe) {
    parts['NAME'] = field;
    if (description !== undefined) parts['DESC'] = description;
  }
  return Object.fromEntries(Object.entries(parts).map(([part, value]) => [`CTAFIELD_${index}_${part}`, value]));
}

function transformParts({ unit, meaning }: ColumnHeader, bytes: number | undefined): Parts {
  if (bytes !== undefined) return { TRANSFORM: 'string', MAXLEN: { type: 'int64', value: bytes } };
  switch (meaning?.kind) {
    case 'time':
      return { TRANSFORM: 'time', TIME_SCALE: 'tai', TIME_FORMAT: meaning.format };
    case 'enumeration':
      // Pickled reference to the enumeration class in ctapipe, which converts the numbers.
      return { TRANSFORM: 'enum', ENUM: { ascii: `cctapipe.containers\n${meaning.enumeration.name}\np0\n.` } };
    case 'telescopes':
      return { TRANSFORM: 'tel_list_to_mask' };
    case 'fixed point':
      return fixedPointParts(meaning.scale);
    default:
      return unit === undefined ? {} : { TRANSFORM: 'quantity', UNIT: unit };
  }
}

function fixedPointParts({ scale, offset, nan, positiveInfinity, negativeInfinity }: FixedPointScale): Parts {
  const integer = (value: number) => ({ type: 'int64', value }) as const;
  return {
    TRANSFORM: 'fixed_point',
    TRANSFORM_SCALE: scale,
    TRANSFORM_DTYPE: 'float32',
    TRANSFORM_OFFSET: integer(offset),
    NAN_VALUE: integer(nan),
    POSINF_VALUE: integer(positiveInfinity),
    NEGINF_VALUE: integer(negativeInfinity),
  };
}

/** Converts metadata to attributes: bigint to int64, number to float64. */
export function metaAttributes(meta: TableMeta): Attributes {
  return Object.fromEntries(
    Object.entries(meta).map(([name, value]): [string, AttributeValue] => {
      if (typeof value === 'bigint') return [name, { type: 'int64', value }];
      return [name, typeof value === 'boolean' ? { type: 'bool', value } : value];
    }),
  );
}

/** Selects the metadata among the attributes of a table, without structural attributes and arrays. */
export function metadataFrom(attributes: ReadonlyMap<string, AttributeContent>): TableMeta {
  const meta: Record<string, MetaValue> = {};
  for (const [name, value] of attributes) {
    if (!STRUCTURAL_ATTRIBUTES.test(name) && typeof value !== 'object') meta[name] = value;
  }
  return meta;
}

/**
 * Reads the header of a column from the attributes of its table. Source: ctapipe 0.32 `get_column_transforms`.
 *
 * @param enumerations - known enumerations by the name of ctapipe's class
 */
export function columnHeader(
  index: number,
  { name, type, shape }: PlacedColumn,
  attributes: ReadonlyMap<string, AttributeContent>,
  enumerations: ReadonlyMap<string, Enumeration>,
): ColumnHeader {
  const part = (key: string): AttributeContent | undefined => attributes.get(`CTAFIELD_${index}_${key}`);
  const text = (key: string): string | undefined => {
    const value = part(key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    name,
    type: isText(type) ? 'string' : type,
    shape,
    unit: text('UNIT'),
    description: text('DESC'),
    field: text('NAME'),
    meaning: readMeaning(part, enumerations),
  };
}

function readMeaning(
  part: (key: string) => AttributeContent | undefined,
  enumerations: ReadonlyMap<string, Enumeration>,
): Meaning | undefined {
  const pickled = part('ENUM');
  if (typeof pickled === 'string') {
    const name = /^c\S+\n(\w+)\n/.exec(pickled)?.[1] ?? pickled;
    return { kind: 'enumeration', enumeration: enumerations.get(name) ?? { name, members: {} } };
  }
  if (part('TIME_SCALE') !== undefined) {
    return { kind: 'time', format: part('TIME_FORMAT') === 'ctao_high_res' ? 'ctao_high_res' : 'mjd' };
  }
  if (part('TRANSFORM') === 'tel_list_to_mask') return { kind: 'telescopes' };
  const number = (key: string, fallback = NaN): number => Number(part(key) ?? fallback);
  if (part('TRANSFORM_SCALE') === undefined) return undefined;
  const scale: FixedPointScale = {
    scale: number('TRANSFORM_SCALE'),
    offset: number('TRANSFORM_OFFSET', 0),
    nan: number('NAN_VALUE'),
    positiveInfinity: number('POSINF_VALUE'),
    negativeInfinity: number('NEGINF_VALUE'),
  };
  return { kind: 'fixed point', scale };
}

function isText(type: PlacedColumn['type']): type is `S${number}` {
  return type.startsWith('S');
}
