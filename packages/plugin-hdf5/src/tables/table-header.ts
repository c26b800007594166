import { dataModel } from '@cherenkit/core';
import {
  isBefore,
  type ColumnHeader,
  type DataModelVersion,
  type Enumeration,
  type TableMeta,
} from '@cherenkit/tables';
import type { AttributeContent, Hdf5File, Hdf5Table } from '../engine/index.js';
import { columnHeader, metadataFrom } from './column-attributes.js';

/** Columns and metadata of a table of a file. */
export interface TableHeader {
  readonly headers: readonly ColumnHeader[];
  readonly meta: TableMeta;
  readonly attributes: ReadonlyMap<string, AttributeContent>;
}

/** Headers that were read, by path, and by group and structure. */
interface ReadHeaders {
  readonly byPath: Map<string, TableHeader>;
  readonly byStructure: Map<string, TableHeader>;
}

const HEADERS = new WeakMap<Hdf5File, ReadHeaders>();

/** Attributes that do not affect values or units. */
const DESCRIPTIVE = /^CTAFIELD_\d+_(?:NAME|DESC)$/;

/**
 * Reads the columns and metadata of a table; they are kept for later calls.
 *
 * Tables of telescopes with the same structure in one group, `tel_001`, `tel_002`, have the same descriptions, which are read
 * once: attributes take longer to read than the rows of a small table.
 */
export async function tableHeader(file: Hdf5File, table: Hdf5Table): Promise<TableHeader> {
  let known = HEADERS.get(file);
  if (!known) HEADERS.set(file, (known = { byPath: new Map<string, TableHeader>(), byStructure: new Map() }));
  const read = known.byPath.get(table.path);
  if (read) return read;
  const structure = structureOf(table);
  const similar = structure === undefined ? undefined : known.byStructure.get(structure);
  let attributes = await table.attributes(wantedAttributes(table, !similar));
  if (similar) {
    const shared = [...similar.attributes].filter(([name]) => DESCRIPTIVE.test(name));
    attributes = new Map([...shared, ...attributes]);
  }
  const headers = await describeColumns(file, table, attributes);
  const header = { headers, meta: metadataFrom(attributes), attributes };
  known.byPath.set(table.path, header);
  if (structure !== undefined && !similar) known.byStructure.set(structure, header);
  return header;
}

/**
 * Names of the attributes to read. Most of a table's are of no use: they repeat its structure, or name a transform that other
 * attributes describe. An exception are columns of telescopes, masks which only the name of their transform distinguishes.
 *
 * @param isDescribed - whether to read names and descriptions
 */
function wantedAttributes({ columns }: Hdf5Table, isDescribed: boolean): RegExp {
  const masks = columns.flatMap(({ type, shape }, i) => (type === 'bool' && shape?.length ? [i] : []));
  const transform = `CTAFIELD_${masks.length > 0 ? `(?!(?:${masks.join('|')})_)` : ''}\\d+_TRANSFORM`;
  const unused = ['CLASS', 'VERSION', 'TITLE', 'NROWS', 'FILTERS', 'AUTO_INDEX', 'CTAFIELD_\\d+_MAXLEN', transform];
  if (!isDescribed) unused.push('CTAFIELD_\\d+_(?:NAME|DESC)');
  return new RegExp(`^(?!FIELD_\\d+_|(?:${unused.join('|')})$)`);
}

/** Group and columns of the table of a telescope; undefined for other tables. */
function structureOf({ path, columns }: Hdf5Table): string | undefined {
  const group = /^(.*)\/tel_\d+$/.exec(path)?.[1];
  return group && JSON.stringify([group, columns.map(({ name, type, shape }) => [name, type, shape])]);
}

async function describeColumns(
  file: Hdf5File,
  { path, columns }: Hdf5Table,
  attributes: ReadonlyMap<string, AttributeContent>,
): Promise<ColumnHeader[]> {
  const headers = columns.map((column, i) => columnHeader(i, column, attributes, ENUMERATIONS));
  const version = await dataModelVersion(file);
  const found = dataModel.findTable(path, version);
  if (!found) return headers;
  const specs = dataModel.namedColumns(found, version);
  return headers.map((header) =>
    header.description === undefined ? { ...header, description: specs.get(header.name)?.description } : header,
  );
}

/** Header of a column whose fixed-point integers are decoded to float32. */
export function decodedHeader(header: ColumnHeader): ColumnHeader {
  return header.meaning?.kind === 'fixed point' ? { ...header, type: 'float32', meaning: undefined } : header;
}

/** Attribute of the root with the data model version. */
export const VERSION_ATTRIBUTE = 'CTA PRODUCT DATA MODEL VERSION';

/** Reads the data model version of a file as it is stored; undefined if the file has none. */
export async function storedVersion(file: Hdf5File): Promise<AttributeContent | undefined> {
  return (await file.attributes('/', new RegExp(`^${VERSION_ATTRIBUTE}$`))).get(VERSION_ATTRIBUTE);
}

/** Reads the data model version of a file. Returns the newest supported version if the file has none or a newer one. */
export async function dataModelVersion(file: Hdf5File): Promise<DataModelVersion> {
  const version = await storedVersion(file);
  const isValid = typeof version === 'string' && /^v\d+\.\d+\.\d+$/.test(version);
  return isValid && isBefore(version as DataModelVersion, dataModel.DATA_MODEL_VERSION)
    ? (version as DataModelVersion)
    : dataModel.DATA_MODEL_VERSION;
}

const ENUMERATIONS: ReadonlyMap<string, Enumeration> = new Map(
  dataModel.DATA_MODEL.flatMap(({ columns }) =>
    columns.flatMap(({ meaning }) =>
      meaning?.kind === 'enumeration' ? [[meaning.enumeration.name, meaning.enumeration] as const] : [],
    ),
  ),
);
