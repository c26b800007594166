import { checkOptions, optionRules, type OptionRule } from '@cherenkit/core';
import { Column, Table, type ColumnHeader, type ColumnValues, type NumericValues } from '@cherenkit/tables';
import { Hdf5File, isHdf5Source, type Hdf5Source, type Hdf5Table } from '../engine/index.js';
import { decodeFixedPoint } from './fixed-point.js';
import { decodedHeader, tableHeader, type TableHeader } from './table-header.js';

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

/** Options of {@link readTableChunks}. */
export interface ReadTableChunksOptions extends ReadTableOptions {
  /** Rows per chunk, except the last. Default: 10,000. */
  readonly chunkRows?: number;
}

const TABLE_OPTIONS: Readonly<Record<keyof ReadTableOptions, OptionRule>> = {
  columns: optionRules.texts,
  start: optionRules.index,
  stop: optionRules.end,
  raw: optionRules.boolean,
};

const CHUNKS_OPTIONS: Readonly<Record<keyof ReadTableChunksOptions, OptionRule>> = {
  ...TABLE_OPTIONS,
  chunkRows: optionRules.size,
};

/**
 * Reads a table of an HDF5 file, with units, descriptions, times and enumerations. Source: ctapipe 0.32 `read_table`.
 *
 * Values are bitwise those of the file; fixed-point columns are decoded to float32 unless `raw` is set. Columns without
 * description in the file get that of the data model.
 *
 * @param file - an open file, or a path, `File` or bytes
 * @throws CherenkitError HDF5_CORRUPT or HDF5_UNSUPPORTED (65), INPUT_MISSING (66); TABLE_UNKNOWN,
 *   TABLE_COLUMN_UNKNOWN, OPTION_INVALID or INPUT_CLOSED (2)
 *
 * @example
 * ```ts
 * const showers = await readTable('events.dl2.h5', '/simulation/event/subarray/shower');
 * console.log(showers.filter('true_energy > 1').statistics());
 * ```
 */
export async function readTable(
  file: Hdf5File | Hdf5Source,
  path: string,
  options: ReadTableOptions = {},
): Promise<Table> {
  checkOptions('readTable', options, TABLE_OPTIONS);
  if (isHdf5Source(file)) {
    await using opened = await Hdf5File.open(file);
    return await readTable(opened, path, options);
  }
  const { start = 0, stop } = options;
  const table = await file.table(path);
  return await readRows(table, await wantedColumns(file, table, options), start, stop ?? table.nRows, options);
}

/**
 * Reads a table in chunks of rows, for tables larger than the memory.
 *
 * @throws as {@link readTable}
 *
 * @example
 * ```ts
 * const path = '/dl1/event/telescope/images/tel_001';
 * for await (const images of readTableChunks('events.dl1.h5', path, { columns: ['image'], chunkRows: 1000 })) {
 *   console.log(images.evaluate('np.max(image)'));
 * }
 * ```
 */
export async function* readTableChunks(
  file: Hdf5File | Hdf5Source,
  path: string,
  options: ReadTableChunksOptions = {},
): AsyncGenerator<Table, void, undefined> {
  checkOptions('readTableChunks', options, CHUNKS_OPTIONS);
  if (isHdf5Source(file)) {
    await using opened = await Hdf5File.open(file);
    yield* readTableChunks(opened, path, options);
    return;
  }
  const { start = 0, chunkRows = 10_000 } = options;
  const table = await file.table(path);
  const stop = Math.min(options.stop ?? table.nRows, table.nRows);
  const columns = await wantedColumns(file, table, options);
  for (let row = start; row < stop; row += chunkRows) {
    yield await readRows(table, columns, row, Math.min(row + chunkRows, stop), options);
  }
}

/** Columns to read, and the metadata of their table. */
type WantedColumns = Pick<TableHeader, 'headers' | 'meta'>;

async function wantedColumns(
  file: Hdf5File,
  table: Hdf5Table,
  { columns: names }: ReadTableOptions,
): Promise<WantedColumns> {
  const { headers, meta } = await tableHeader(file, table);
  return { headers: names ? names.map((name) => headers[table.indexOf(name)]) : headers, meta };
}

async function readRows(
  table: Hdf5Table,
  { headers, meta }: WantedColumns,
  start: number,
  stop: number,
  { raw = false }: ReadTableOptions,
): Promise<Table> {
  const values = await table.read(
    headers.map(({ name }) => name),
    start,
    stop,
  );
  const columns = headers.map((header) => toColumn(header, values[header.name], raw));
  return new Table(columns, meta);
}

/** Table whose columns are known and whose rows are read in parts. */
export interface OpenTable {
  readonly path: string;
  readonly nRows: number;
  /** Size of a row in the file, bytes. */
  readonly rowBytes: number;
  /** Rows that are decompressed together. */
  readonly chunkRows: number;
  readonly columns: readonly ColumnHeader[];
  /** Reads the rows `start` to `stop` (exclusive). */
  read(start: number, stop: number): Promise<Table>;
}

/**
 * Opens a table of a file to read it in parts.
 *
 * @throws as {@link readTable}
 */
export async function openTable(file: Hdf5File, path: string): Promise<OpenTable> {
  const table = await file.table(path);
  const columns = await wantedColumns(file, table, {});
  const { nRows, rowBytes, chunkRows = 1 } = table;
  const read = (start: number, stop: number): Promise<Table> => readRows(table, columns, start, stop, {});
  return { path, nRows, rowBytes, chunkRows, columns: columns.headers, read };
}

/** Reads the number of rows and the column headers of a table, without values. */
export async function readTableHeader(
  file: Hdf5File,
  path: string,
): Promise<{ readonly nRows: number; readonly columns: readonly ColumnHeader[] }> {
  const table = await file.table(path);
  return { nRows: table.nRows, columns: (await tableHeader(file, table)).headers };
}

function toColumn(header: ColumnHeader, values: ColumnValues, raw: boolean): Column {
  const { meaning } = header;
  if (raw || meaning?.kind !== 'fixed point') return new Column(header, values);
  const floats = decodeFixedPoint(values as NumericValues, meaning.scale);
  return new Column(decodedHeader(header), floats);
}
