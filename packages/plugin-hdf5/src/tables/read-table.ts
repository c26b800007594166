import { dataModel } from '@cherenkit/core';
import { openFile } from '@cherenkit/io';
import {
  Column,
  isBefore,
  Table,
  type ColumnHeader,
  type ColumnValues,
  type DataModelVersion,
  type Enumeration,
  type NumericValues,
} from '@cherenkit/tables';
import { Hdf5Reader, type TableReader } from '../format/index.js';
import { columnHeader, metadataFrom } from './column-attributes.js';
import { decodeFixedPoint } from './fixed-point.js';

/** Options of {@link readTable}. */
export interface ReadTableOptions {
  /** Names of the columns to read. Default: all. */
  readonly columns?: readonly string[];
  /** Index of the first row. Default: 0. */
  readonly start?: number;
  /** Index after the last row. Default: number of rows. */
  readonly stop?: number;
  /** Whether to keep the integers of fixed-point columns instead of decoding them to float32. Default: false. */
  readonly raw?: boolean;
}

/**
 * Reads a table of an HDF5 file, with units, descriptions, times and enumerations. Source: ctapipe 0.32 `read_table`.
 *
 * Values are bitwise those of the file; fixed-point columns are decoded to float32 unless `raw` is set. Columns without
 * description in the file get that of the data model.
 *
 * @param file - an open file or a path
 * @throws CherenkitError HDF5_CORRUPT or HDF5_UNSUPPORTED (65), INPUT_MISSING (66); RangeError for unknown paths and columns
 *
 * @example
 * ```ts
 * const showers = await readTable('events.dl2.h5', '/simulation/event/subarray/shower');
 * console.log(showers.filter('true_energy > 1').statistics());
 * ```
 */
export async function readTable(
  file: Hdf5Reader | string,
  path: string,
  { columns, start = 0, stop, raw = false }: ReadTableOptions = {},
): Promise<Table> {
  if (typeof file === 'string') {
    await using bytes = await openFile(file);
    return await readTable(await Hdf5Reader.open(bytes), path, {
      start,
      raw,
      ...(columns && { columns }),
      ...(stop !== undefined && { stop }),
    });
  }
  const reader = await file.table(path);
  const headers = new Map((await describeColumns(file, reader, path)).map((header) => [header.name, header]));
  const names = columns ?? reader.columns.map(({ name }) => name);
  const values = await reader.read(names, start, Math.min(stop ?? reader.nRows, reader.nRows));
  const read = names.flatMap((name) => {
    const header = headers.get(name);
    return header ? toColumn(header, values[name], raw) : [];
  });
  return new Table(read, metadataFrom(reader.attributes));
}

/** Reads the number of rows and the column headers of a table, without values. */
export async function readTableHeader(
  file: Hdf5Reader,
  path: string,
): Promise<{ readonly nRows: number; readonly columns: readonly ColumnHeader[] }> {
  const reader = await file.table(path);
  return { nRows: reader.nRows, columns: await describeColumns(file, reader, path) };
}

function toColumn(header: ColumnHeader, values: ColumnValues, raw: boolean): Column {
  const { meaning } = header;
  if (raw || meaning?.kind !== 'fixed point') return new Column(header, values);
  const floats = decodeFixedPoint(values as NumericValues, meaning.scale);
  return new Column({ ...header, type: 'float32', meaning: undefined }, floats);
}

async function describeColumns(file: Hdf5Reader, reader: TableReader, path: string): Promise<ColumnHeader[]> {
  const headers = reader.columns.map((column, i) => columnHeader(i, column, reader.attributes, ENUMERATIONS));
  const version = await dataModelVersion(file);
  const found = dataModel.findTable(path, version);
  if (!found) return headers;
  const specs = dataModel.namedColumns(found, version);
  return headers.map((header) =>
    header.description === undefined ? { ...header, description: specs.get(header.name)?.description } : header,
  );
}

/** Reads the data model version of a file. Returns the newest supported version if the file has none or a newer one. */
export function dataModelVersion(file: Hdf5Reader): Promise<DataModelVersion> {
  let version = versions.get(file);
  if (!version) {
    version = readVersion(file);
    versions.set(file, version);
  }
  return version;
}

const versions = new WeakMap<Hdf5Reader, Promise<DataModelVersion>>();

async function readVersion(file: Hdf5Reader): Promise<DataModelVersion> {
  const version = (await file.attributes('/')).get('CTA PRODUCT DATA MODEL VERSION');
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
