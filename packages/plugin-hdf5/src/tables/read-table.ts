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
import { columnHeader, metaOf } from './column-attributes.js';
import { decodeFixedPoint } from './fixed-point.js';

export interface ReadTableOptions {
  /** Names of the columns to read; all without. */
  readonly columns?: readonly string[];
  /** The first row; 0 by default. */
  readonly start?: number;
  /** Before which row to end; all rows by default. */
  readonly stop?: number;
  /** Keep the integers of fixed-point columns; by default they are converted to float32. */
  readonly raw?: boolean;
}

/**
 * Reads a table of an HDF5 file, with units, descriptions, times and enumerations. Source: ctapipe 0.32 `read_table`.
 *
 * Values are those of the file, bit for bit; fixed-point columns are converted to float32 unless `raw` is set. Columns without a
 * description in the file have that of the data model.
 *
 * @param file - an open file, or the path of one
 * @throws CherenkitError HDF5_CORRUPT or HDF5_UNSUPPORTED (65), INPUT_MISSING (66); RangeError for a path or a column that is not there
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
    return header ? columnOf(header, values[name], raw) : [];
  });
  return new Table(read, metaOf(reader.attributes));
}

/** The number of rows and the columns of a table, without their values. */
export async function readTableHeader(
  file: Hdf5Reader,
  path: string,
): Promise<{ readonly nRows: number; readonly columns: readonly ColumnHeader[] }> {
  const reader = await file.table(path);
  return { nRows: reader.nRows, columns: await describeColumns(file, reader, path) };
}

function columnOf(header: ColumnHeader, values: ColumnValues, raw: boolean): Column {
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

/** The data model version of a file; the newest supported one if the file has none or a newer one. */
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
  const isKnown = typeof version === 'string' && /^v\d+\.\d+\.\d+$/.test(version);
  return isKnown && isBefore(version as DataModelVersion, dataModel.DATA_MODEL_VERSION)
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
