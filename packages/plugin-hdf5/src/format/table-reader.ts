import type { ByteSource } from '@cherenkit/io';
import type { ColumnValues } from '@cherenkit/tables';
import type { AttributeContent } from '../engine/file-access.js';
import {
  readChunk,
  readChunkIndex,
  readFilters,
  readStoredChunk,
  type IndexedChunk,
  type StoredFilter,
} from './chunk-reader.js';
import { elementSize, type PlacedColumn } from './placed-column.js';
import { readDatatype } from './datatype-reader.js';
import { readElements } from './element-reader.js';
import { readAttributes, readDataspace, tolerated, type OnDamage, type ReadMessage } from './object-header-reader.js';
import { MessageType } from './object-header-writer.js';
import { corrupt, unsupported, type StructureCursor } from './structure-cursor.js';

/** Table in an HDF5 file: its description, and its columns as typed arrays. Created by `Hdf5Reader.table`. */
export class TableReader {
  readonly columns: readonly PlacedColumn[];
  readonly nRows: number;
  readonly filters: readonly StoredFilter[];
  /** Rows per chunk. */
  readonly chunkRows: number;
  /** Size of a row, bytes. */
  readonly rowBytes: number;
  readonly #root: number | undefined;
  readonly #messages: readonly ReadMessage[];
  readonly #file: ByteSource;
  readonly #onDamage: OnDamage | undefined;
  #index: readonly IndexedChunk[] | undefined;

  /** @throws CherenkitError HDF5_UNSUPPORTED (65) unless the object is a chunked, one-dimensional table */
  constructor(file: ByteSource, path: string, messages: readonly ReadMessage[], onDamage?: OnDamage) {
    const content = (type: number): StructureCursor | undefined =>
      messages.find((message) => message.type === type)?.content;
    const [space, datatype, layout] = [MessageType.DATASPACE, MessageType.DATATYPE, MessageType.LAYOUT].map(content);
    const dimensions = space && readDataspace(space);
    const { columns, size } = datatype ? readDatatype(datatype) : { size: 0 };
    if (!columns || dimensions?.length !== 1 || layout?.u8() !== 3 || layout.u8() !== 2) {
      throw unsupported(`${path} is not a chunked table`);
    }
    this.columns = columns.map((column) => {
      const count = (column.shape ?? []).reduce((product, length) => product * length, 1);
      const bytes = count * elementSize(column.type);
      if (column.offset + bytes > size)
        throw corrupt(`column "${column.name}" extends beyond its row`, datatype?.origin ?? 0);
      return { ...column, count, size: bytes };
    });
    this.nRows = dimensions[0];
    this.#root = layout.skip(1).u64();
    this.chunkRows = layout.u32();
    this.rowBytes = size;
    const filters = content(MessageType.FILTERS);
    this.filters = filters ? readFilters(filters) : [];
    this.#messages = messages;
    this.#file = file;
    this.#onDamage = onDamage;
  }

  get attributes(): ReadonlyMap<string, AttributeContent> {
    return readAttributes(this.#messages);
  }

  /**
   * Reads columns of the rows [start, stop). Each column has `count` elements per row.
   *
   * @throws RangeError for unknown columns
   */
  async read<Name extends string>(
    names: readonly Name[],
    start = 0,
    stop = this.nRows,
  ): Promise<Record<Name, ColumnValues>> {
    const chunks = await this.#chunks();
    const end = Math.min(stop, this.nRows);
    const columns = names.map((name) => this.#column(name));
    const cells = columns.map(({ size }) => new Uint8Array(size * Math.max(0, end - start)));
    for (const chunk of chunks) {
      if (chunk.row >= end || chunk.row + this.chunkRows <= start) continue;
      const rows = await readChunk(this.#file, chunk, this.filters, this.chunkRows * this.rowBytes);
      const last = Math.min(end, chunk.row + this.chunkRows);
      for (let row = Math.max(start, chunk.row); row < last; row++) {
        const rowStart = (row - chunk.row) * this.rowBytes;
        columns.forEach(({ offset, size }, i) => {
          cells[i].set(rows.subarray(rowStart + offset, rowStart + offset + size), (row - start) * size);
        });
      }
    }
    const values = columns.map(({ type, count }, i) => readElements(type, cells[i], count * Math.max(0, end - start)));
    return Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<Name, ColumnValues>;
  }

  /**
   * Yields the rows of all chunks that can be read, as packed bytes. Damaged chunks are passed to `onDamage` of the file and
   * left out.
   */
  async *wholeChunks(): AsyncGenerator<Uint8Array, void, undefined> {
    const root = this.#root;
    if (root === undefined) return;
    const index = await tolerated(() => readChunkIndex(this.#file, root, undefined, this.#onDamage), this.#onDamage);
    for (const chunk of index ?? []) {
      if (chunk.row >= this.nRows) continue;
      const read = (): Promise<Uint8Array> =>
        readChunk(this.#file, chunk, this.filters, this.chunkRows * this.rowBytes);
      const rows = await tolerated(read, this.#onDamage);
      if (rows) yield rows.subarray(0, (this.nRows - chunk.row) * this.rowBytes);
    }
  }

  /**
   * Yields all chunks as they are stored, in the order of the rows, and the number of rows in each. Checksums are checked.
   *
   * @throws CherenkitError HDF5_CORRUPT (65) for a wrong checksum or missing rows
   */
  async *storedChunks(): AsyncGenerator<{ readonly bytes: Uint8Array; readonly nRows: number }, void, undefined> {
    let row = 0;
    for (const chunk of await this.#chunks()) {
      if (chunk.row >= this.nRows) return;
      if (chunk.row !== row || chunk.skippedFilters !== 0)
        throw corrupt(`expected a chunk with row ${row}`, chunk.address);
      const nRows = Math.min(this.chunkRows, this.nRows - row);
      yield { bytes: await readStoredChunk(this.#file, chunk, this.filters), nRows };
      row += nRows;
    }
  }

  #column(name: string): PlacedColumn {
    const column = this.columns.find((candidate) => candidate.name === name);
    if (!column) {
      throw new RangeError(`Unknown column "${name}". Columns: ${this.columns.map((c) => c.name).join(', ')}.`);
    }
    return column;
  }

  async #chunks(): Promise<readonly IndexedChunk[]> {
    this.#index ??= this.#root === undefined ? [] : await readChunkIndex(this.#file, this.#root);
    const rows = this.#index.length * this.chunkRows;
    if (rows < this.nRows) throw corrupt(`expected chunks for ${this.nRows} rows, found ${rows}`, this.#root ?? 0);
    return this.#index;
  }
}
