import type { BufferPool } from '@cherenkit/io';
import type { NumericType } from '@cherenkit/tables';
import { cellEncoder, type CellEncoder, type CellValue } from './cell-encoder.js';
import { writeChunkIndex, type StoredChunk } from './chunk-index.js';
import {
  datatypeMessage,
  elementSize,
  placeColumns,
  rowDatatypeMessage,
  type PlacedColumn,
  type StoredColumn,
} from './placed-column.js';
import type { StoredFilter } from './chunk-reader.js';
import { filtersMessage, isSamePipeline, type FilterOptions } from './filter-pipeline.js';
import type { Allocate, ChildAddress } from './group-writer.js';
import { MessageBuilder } from './message-builder.js';
import {
  attributeMessage,
  dataspaceMessage,
  MessageType,
  objectHeader,
  type Attributes,
  type AttributeValue,
  type HeaderMessage,
} from './object-header-writer.js';

/** Options of a new table. */
export interface TableOptions {
  /** Title attribute of PyTables. Default: empty. */
  readonly title?: string;
  readonly attributes?: Attributes;
  /** Size of a chunk before compression, rounded down to whole rows, bytes. Default: that of PyTables. */
  readonly chunkBytes?: number;
  /** Whether the table, of a single column, is stored as an array: its rows are the first dimension. Default: false. */
  readonly isArray?: boolean;
}

/** Full chunk to be compressed and written. */
export interface FullChunk {
  readonly table: TableWriter;
  readonly rows: Uint8Array;
  readonly firstRow: number;
  /** Whether the filters have been applied to the rows. */
  readonly isFiltered: boolean;
}

/** What the tables of a file share. */
export interface TableStorage {
  readonly filters: FilterOptions;
  /** For the rows of chunks. */
  readonly buffers: BufferPool;
  /** Receives full chunks, and gives their buffers back to `buffers` or keeps them. */
  readonly onFull: (chunk: FullChunk) => void;
}

const KILOBYTE = 1024;

// Chunk size of PyTables for tables of ten thousand rows; larger for wide rows, so that a chunk contains several.
function defaultChunkBytes(rowBytes: number): number {
  return (rowBytes > 8 * KILOBYTE ? 256 : rowBytes > KILOBYTE ? 128 : 64) * KILOBYTE;
}

/**
 * Writes a table row by row: `startRow`, `set` for each column, `endRow`; or `append`.
 *
 * Cells are encoded directly into the current chunk, the only rows kept in memory. Cells that are not set are 0, false or
 * empty. Created by `Hdf5Writer.createTable`.
 */
export class TableWriter {
  readonly columns: readonly PlacedColumn[];
  readonly rowBytes: number;
  /** Size of an element of the dataset, bytes: a row, or an element of an array. */
  readonly elementBytes: number;
  readonly chunkRows: number;
  readonly attributes: Map<string, AttributeValue>;
  readonly #title: string;
  readonly #isArray: boolean;
  readonly #storage: TableStorage;
  readonly #encoders: readonly CellEncoder[];
  readonly #offsets: readonly number[];
  readonly #chunks: StoredChunk[] = [];
  #rows: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#rows.buffer);
  #filled = 0;
  #nRows = 0;

  /** @throws RangeError for invalid columns */
  constructor(columns: readonly StoredColumn[], options: TableOptions, storage: TableStorage) {
    this.columns = placeColumns(columns);
    const last = this.columns[this.columns.length - 1];
    this.rowBytes = last.offset + last.size;
    this.#isArray = options.isArray ?? false;
    if (this.#isArray && columns.length > 1)
      throw new RangeError(`Expected an array of one column, found ${columns.length}.`);
    this.elementBytes = this.#isArray ? elementSize(last.type) : this.rowBytes;
    this.chunkRows = Math.max(1, Math.floor((options.chunkBytes ?? defaultChunkBytes(this.rowBytes)) / this.rowBytes));
    if (this.rowBytes * this.chunkRows > 0x7fff_0000) {
      throw new RangeError(`Expected rows of less than 2 GiB, the limit of a chunk, found ${this.rowBytes} bytes.`);
    }
    this.attributes = new Map(Object.entries(options.attributes ?? {}));
    this.#title = options.title ?? '';
    this.#storage = storage;
    this.#encoders = this.columns.map(cellEncoder);
    this.#offsets = this.columns.map(({ offset }) => offset);
  }

  get nRows(): number {
    return this.#nRows;
  }

  /** Starts a row with all cells 0. */
  startRow(): void {
    const start = this.#filled * this.rowBytes;
    if (start === this.#rows.length) this.#growChunk();
    this.#rows.fill(0, start, start + this.rowBytes);
  }

  /** Sets a cell of the current row, by column index. */
  set(column: number, value: CellValue): void {
    this.#encoders[column](this.#view, this.#filled * this.rowBytes + this.#offsets[column], value);
  }

  /** Completes the current row. */
  endRow(): void {
    this.#filled++;
    this.#nRows++;
    if (this.#filled === this.chunkRows) this.#emitChunk();
  }

  /** Appends a row with one value per column. */
  append(values: readonly CellValue[]): void {
    this.startRow();
    for (let column = 0; column < values.length; column++) this.set(column, values[column]);
    this.endRow();
  }

  /** Appends rows that are encoded already: `rowBytes` each, packed as `columns`. */
  appendRows(rows: Uint8Array): void {
    for (let at = 0; at < rows.length;) {
      const needed = Math.min((rows.length - at) / this.rowBytes, this.chunkRows - this.#filled);
      while ((this.#filled + needed) * this.rowBytes > this.#rows.length) this.#growChunk();
      const end = at + needed * this.rowBytes;
      this.#rows.set(rows.subarray(at, end), this.#filled * this.rowBytes);
      at = end;
      this.#filled += needed;
      this.#nRows += needed;
      if (this.#filled === this.chunkRows) this.#emitChunk();
    }
  }

  /** Returns the rows of the current chunk, valid until the next row is set, and removes them from the table. */
  takeRows(): Uint8Array {
    const rows = this.#rows.subarray(0, this.#filled * this.rowBytes);
    this.#nRows -= this.#filled;
    this.#filled = 0;
    return rows;
  }

  /** Whether chunks to which these filters have been applied can be appended, see {@link TableWriter.appendChunk}. */
  hasFilters(stored: readonly StoredFilter[]): boolean {
    return isSamePipeline(stored, this.#storage.filters, this.elementBytes, this.rowBytes * this.chunkRows);
  }

  /**
   * Appends a chunk to which the filters have been applied, of another file with the same columns, rows per chunk and filters.
   *
   * @param nRows - at most `chunkRows`; no rows can be appended after a chunk with fewer
   * @throws RangeError if the rows before it do not fill whole chunks
   */
  appendChunk(filtered: Uint8Array, nRows: number): void {
    if (this.#nRows % this.chunkRows !== 0) {
      throw new RangeError(
        `Expected whole chunks of ${this.chunkRows} rows before another one, found ${this.#nRows} rows.`,
      );
    }
    this.#storage.onFull({ table: this, rows: filtered, firstRow: this.#nRows, isFiltered: true });
    this.#nRows += nRows;
  }

  /** Emits the last, partial chunk. Call before `writeHeader`. */
  flush(): void {
    if (this.#filled > 0) this.#emitChunk();
  }

  /** Adds a written chunk to the index. */
  addChunk(chunk: StoredChunk): void {
    this.#chunks.push(chunk);
  }

  /** Replaces the addresses of the chunks, in the order of the rows. */
  moveChunks(newAddress: (chunk: StoredChunk) => number): void {
    this.#chunks.forEach((chunk, i) => (this.#chunks[i] = { ...chunk, address: newAddress(chunk) }));
  }

  /** Writes the chunk index and the object header. */
  writeHeader(allocate: Allocate): ChildAddress {
    const { columns, rowBytes, elementBytes, chunkRows } = this;
    const inner = this.#isArray ? (columns[0].shape ?? []) : [];
    const index = writeChunkIndex(this.#chunks, this.#chunks.length * chunkRows, allocate, 1 + inner.length);
    const filters = filtersMessage(this.#storage.filters, elementBytes, rowBytes * chunkRows);
    const datatype = this.#isArray ? datatypeMessage(columns[0].type) : rowDatatypeMessage(columns, rowBytes);
    const messages: HeaderMessage[] = [
      [MessageType.DATASPACE, dataspaceMessage([this.#nRows, ...inner], !this.#isArray)],
      [MessageType.DATATYPE, datatype],
      // Version 2, incremental space allocation, fill value written if set, default fill value: zeros.
      [MessageType.FILL_VALUE, new MessageBuilder(8).u8(2, 3, 2, 1).u32(0).bytes],
    ];
    if (filters) messages.push([MessageType.FILTERS, filters]);
    // Version 3, chunked; the dimensions of a chunk, and bytes per element.
    const layout = new MessageBuilder(24)
      .u8(3, 2, 2 + inner.length)
      .u64(index)
      .u32(chunkRows);
    for (const length of inner) layout.u32(length);
    messages.push([MessageType.LAYOUT, layout.u32(elementBytes).bytes]);
    const attributes = this.#isArray ? this.#arrayAttributes() : this.#tableAttributes();
    for (const [name, value] of attributes) messages.push(attributeMessage(name, value));
    return { header: allocate(objectHeader(messages)) };
  }

  // PyTables recognizes arrays by CLASS and VERSION.
  #arrayAttributes(): Map<string, AttributeValue> {
    return new Map<string, AttributeValue>([
      ['CLASS', 'CARRAY'],
      ['VERSION', '1.1'],
      ['TITLE', this.#title],
      ...this.attributes,
    ]);
  }

  // PyTables recognizes tables by CLASS, VERSION and FIELD_i_NAME.
  #tableAttributes(): Map<string, AttributeValue> {
    const all = new Map<string, AttributeValue>([
      ['CLASS', 'TABLE'],
      ['VERSION', '2.7'],
      ['TITLE', this.#title],
    ]);
    this.columns.forEach(({ name }, i) => all.set(`FIELD_${i}_NAME`, name));
    this.columns.forEach(({ type }, i) => {
      const isString = type.startsWith('S');
      all.set(`FIELD_${i}_FILL`, isString ? { ascii: '' } : { type: type as NumericType, value: 0 });
    });
    all.set('NROWS', { type: 'int64', value: this.#nRows });
    this.attributes.forEach((value, name) => all.set(name, value));
    return all;
  }

  // The first chunk starts with one row and doubles, since many tables are short.
  #growChunk(): void {
    const rows = this.#nRows < this.chunkRows ? Math.max(1, (2 * this.#rows.length) / this.rowBytes) : this.chunkRows;
    this.#resize(Math.min(rows, this.chunkRows));
  }

  #resize(nRows: number): void {
    const rows = this.#storage.buffers.take(nRows * this.rowBytes);
    rows.set(this.#rows);
    this.#rows = rows;
    this.#view = new DataView(rows.buffer);
  }

  #emitChunk(): void {
    if (this.#rows.length < this.chunkRows * this.rowBytes) this.#resize(this.chunkRows);
    this.#rows.fill(0, this.#filled * this.rowBytes);
    const firstRow = this.#nRows - this.#filled;
    if (firstRow % this.chunkRows !== 0)
      throw new RangeError(`Expected no rows after a partial chunk, at row ${firstRow}.`);
    this.#storage.onFull({ table: this, rows: this.#rows, firstRow, isFiltered: false });
    this.#rows = new Uint8Array(0);
    this.#filled = 0;
  }
}
