import { CherenkitError, didYouMean, ExitCode, nameSome } from '@cherenkit/core';
import type { ColumnValues } from '@cherenkit/tables';
import type { DatasetFilter, DatasetLayout, StoredMember } from './dataset-layout.js';
import { decodeColumns, valuesFor, type ColumnDestination } from './decode-columns.js';
import type { AttributeContent, FileAccess } from './file-access.js';

/** Bytes of rows that are read at once, at least: much less than the processor's work on them, much more than a chunk. */
const BLOCK_BYTES = 2 ** 22;

/** Table in an HDF5 file: one-dimensional, with rows of columns. Created by {@link Hdf5File.table}. */
export class Hdf5Table {
  readonly path: string;
  readonly nRows: number;
  /** Size of a row, bytes. */
  readonly rowBytes: number;
  /** Columns and their places in a row, in the order of the file. */
  readonly columns: readonly StoredMember[];
  /** Rows per chunk; undefined if the rows are stored contiguously. */
  readonly chunkRows: number | undefined;
  readonly filters: readonly DatasetFilter[];
  readonly #access: FileAccess;

  constructor(access: FileAccess, path: string, layout: DatasetLayout) {
    this.#access = access;
    this.path = path;
    this.nRows = layout.shape[0];
    this.rowBytes = layout.elementBytes;
    this.columns = layout.members;
    this.chunkRows = layout.chunkShape?.[0];
    this.filters = layout.filters;
  }

  /**
   * Reads the attributes; they are kept for later calls.
   *
   * @param wanted - reads only the attributes whose name matches, which is faster: a table has some hundred
   */
  async attributes(wanted?: RegExp): Promise<ReadonlyMap<string, AttributeContent>> {
    return this.#access.attributes(this.path, wanted);
  }

  /**
   * Reads rows as packed bytes, as they are in the file: `rowBytes` per row, with columns at their `offset`.
   *
   * @throws RangeError for more than 1 GiB; CherenkitError HDF5_CORRUPT (65)
   */
  async rows(start = 0, stop = this.nRows): Promise<Uint8Array> {
    const [first, end] = this.#range(start, stop);
    return this.#access.read(this.path, [first], [end - first], this.rowBytes);
  }

  /**
   * Reads all rows as packed bytes, in blocks of whole chunks.
   *
   * @throws CherenkitError HDF5_CORRUPT (65)
   */
  async *rowBlocks(): AsyncGenerator<Uint8Array> {
    for (let row = 0; row < this.nRows;) {
      const next = this.#blockEnd(row, this.nRows);
      yield await this.rows(row, next);
      row = next;
    }
  }

  /**
   * Reads columns of the rows `start` to `stop` (exclusive). Each column has `count` elements per row.
   *
   * @throws CherenkitError TABLE_COLUMN_UNKNOWN (2), which suggests the nearest name; HDF5_CORRUPT (65)
   */
  async read<Name extends string>(
    names: readonly Name[],
    start = 0,
    stop = this.nRows,
  ): Promise<Record<Name, ColumnValues>> {
    const [first, end] = this.#range(start, stop);
    const destinations = names.map((name) => {
      const member = this.columns[this.indexOf(name)];
      return { member, values: valuesFor(member, end - first) };
    });
    await this.readInto(destinations, first, end);
    return Object.fromEntries(names.map((name, i) => [name, destinations[i].values])) as Record<Name, ColumnValues>;
  }

  /**
   * Reads columns of the rows `start` to `stop` (exclusive) into given arrays.
   *
   * @param destinations - members of `columns`, and their arrays
   * @throws CherenkitError HDF5_CORRUPT (65)
   */
  async readInto(destinations: readonly ColumnDestination[], start: number, stop: number): Promise<void> {
    const [first, end] = this.#range(start, stop);
    for (let row = first; row < end;) {
      const next = this.#blockEnd(row, end);
      await this.#access.convert(this.path, [row], [next - row], this.rowBytes, (rows) =>
        decodeColumns(destinations, rows, this.rowBytes, row - first),
      );
      row = next;
    }
  }

  /** Index of a column. @throws CherenkitError TABLE_COLUMN_UNKNOWN (2) if there is none */
  indexOf(name: string): number {
    const index = this.columns.findIndex((column) => column.name === name);
    if (index >= 0) return index;
    const names = this.columns.map((column) => column.name);
    const remedy = didYouMean(name, names) || `; its columns are ${nameSome(names)}`;
    throw new CherenkitError('TABLE_COLUMN_UNKNOWN', ExitCode.USAGE, `${this.path} has no column ${name}${remedy}`);
  }

  /** End of the block of whole chunks that begins at a row, so that no chunk is decompressed twice. */
  #blockEnd(row: number, end: number): number {
    const { chunkRows = 1 } = this;
    const chunks = Math.max(1, Math.ceil(BLOCK_BYTES / (chunkRows * this.rowBytes)));
    return Math.min(end, (Math.floor(row / chunkRows) + chunks) * chunkRows);
  }

  #range(start: number, stop: number): [first: number, end: number] {
    const first = Math.min(Math.max(start, 0), this.nRows);
    return [first, Math.max(first, Math.min(stop, this.nRows))];
  }
}
