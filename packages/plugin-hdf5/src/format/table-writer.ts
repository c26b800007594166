import type { NumericType } from '@cherenkit/tables';
import { cellEncoder, type CellEncoder, type CellValue } from './cell-encoder.js';
import { writeChunkIndex, type StoredChunk } from './chunk-index.js';
import { placeColumns, rowDatatypeMessage, type StoredColumn, type PlacedColumn } from './placed-column.js';
import { filtersMessage, type FilterOptions } from './filter-pipeline.js';
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

/** What a table is beyond its columns. */
export interface TableOptions {
  /** PyTables' title, empty unless given. */
  readonly title?: string;
  readonly attributes?: Attributes;
  /** Bytes of a chunk before compression, rounded down to whole rows. */
  readonly chunkBytes?: number;
}

/** A chunk that is full, on its way to the file. */
export interface FullChunk {
  readonly table: TableWriter;
  readonly rows: Uint8Array;
  readonly firstRow: number;
}

const KILOBYTE = 1024;

// What PyTables takes for tables of ten thousand rows. Wide rows get larger chunks, so that several share one.
function usualChunkBytes(rowBytes: number): number {
  return (rowBytes > 8 * KILOBYTE ? 256 : rowBytes > KILOBYTE ? 128 : 64) * KILOBYTE;
}

/**
 * A table that grows row by row: `startRow`, `set` for each column, `endRow`; or `append`.
 *
 * Cells are encoded straight into the chunk that is being filled, the only rows kept in memory; a cell that is not
 * set is zero, false or empty. Made by `Hdf5Writer.createTable`.
 */
export class TableWriter {
  readonly columns: readonly PlacedColumn[];
  readonly rowBytes: number;
  readonly chunkRows: number;
  readonly attributes: Map<string, AttributeValue>;
  readonly #title: string;
  readonly #filters: FilterOptions;
  readonly #encoders: readonly CellEncoder[];
  readonly #offsets: readonly number[];
  readonly #chunks: StoredChunk[] = [];
  readonly #onFull: (chunk: FullChunk) => void;
  #rows = new Uint8Array(0);
  #view = new DataView(this.#rows.buffer);
  #filled = 0;
  #nRows = 0;

  /**
   * @param onFull - takes a full chunk; the table writes into another one from then on
   * @throws RangeError for columns that no table can have
   */
  constructor(
    columns: readonly StoredColumn[],
    options: TableOptions,
    filters: FilterOptions,
    onFull: (chunk: FullChunk) => void,
  ) {
    this.columns = placeColumns(columns);
    const last = this.columns[this.columns.length - 1];
    this.rowBytes = last.offset + last.size;
    this.chunkRows = Math.max(1, Math.floor((options.chunkBytes ?? usualChunkBytes(this.rowBytes)) / this.rowBytes));
    if (this.rowBytes * this.chunkRows > 0x7fff_0000) {
      throw new RangeError(`A row takes ${this.rowBytes} bytes; a chunk, which holds at least one, ends at 2 GiB.`);
    }
    this.attributes = new Map(Object.entries(options.attributes ?? {}));
    this.#title = options.title ?? '';
    this.#filters = filters;
    this.#encoders = this.columns.map(cellEncoder);
    this.#offsets = this.columns.map(({ offset }) => offset);
    this.#onFull = onFull;
  }

  get nRows(): number {
    return this.#nRows;
  }

  /** Begins a row whose cells are all zero. */
  startRow(): void {
    const start = this.#filled * this.rowBytes;
    if (start === this.#rows.length) this.#enlarge();
    this.#rows.fill(0, start, start + this.rowBytes);
  }

  /** Sets a cell of the row that was started; columns are counted from 0. */
  set(column: number, value: CellValue): void {
    this.#encoders[column](this.#view, this.#filled * this.rowBytes + this.#offsets[column], value);
  }

  /** Adds the row that was started. */
  endRow(): void {
    this.#filled++;
    this.#nRows++;
    if (this.#filled === this.chunkRows) this.#handOver();
  }

  /** Adds a row with a value for each column. */
  append(values: readonly CellValue[]): void {
    this.startRow();
    for (let column = 0; column < values.length; column++) this.set(column, values[column]);
    this.endRow();
  }

  /** Hands over the rows that do not fill a chunk; the last thing before the header is written. */
  flush(): void {
    if (this.#filled > 0) this.#handOver();
  }

  /** Notes where a chunk has come to lie. */
  stored(chunk: StoredChunk): void {
    this.#chunks.push(chunk);
  }

  /** Writes the chunk index and the object header. */
  writeHeader(allocate: Allocate): ChildAddress {
    const { columns, rowBytes, chunkRows } = this;
    const index = writeChunkIndex(this.#chunks, this.#chunks.length * chunkRows, allocate);
    const filters = filtersMessage(this.#filters, rowBytes, rowBytes * chunkRows);
    const messages: HeaderMessage[] = [
      [MessageType.DATASPACE, dataspaceMessage([this.#nRows], true)],
      [MessageType.DATATYPE, rowDatatypeMessage(columns, rowBytes)],
      // Version 2, space is allocated chunk by chunk, a fill value is written if it is set, the default one: zeros.
      [MessageType.FILL_VALUE, new MessageBuilder(8).u8(2, 3, 2, 1).u32(0).bytes],
    ];
    if (filters) messages.push([MessageType.FILTERS, filters]);
    // Version 3, chunked, two dimensions: rows and the bytes of one.
    const layout = new MessageBuilder(24).u8(3, 2, 2).u64(index).u32(chunkRows).u32(rowBytes).bytes;
    messages.push([MessageType.LAYOUT, layout]);
    for (const [name, value] of this.#allAttributes()) messages.push(attributeMessage(name, value));
    return { header: allocate(objectHeader(messages)) };
  }

  // By CLASS, VERSION and the names of the fields PyTables knows a table.
  #allAttributes(): Map<string, AttributeValue> {
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

  // A table may stay short, so its first chunk starts with one row and doubles.
  #enlarge(): void {
    const rows = this.#nRows < this.chunkRows ? Math.max(1, 2 * this.#filled) : this.chunkRows;
    this.#resize(Math.min(rows, this.chunkRows));
  }

  #resize(nRows: number): void {
    const rows = new Uint8Array(nRows * this.rowBytes);
    rows.set(this.#rows);
    this.#rows = rows;
    this.#view = new DataView(rows.buffer);
  }

  #handOver(): void {
    if (this.#rows.length < this.chunkRows * this.rowBytes) this.#resize(this.chunkRows);
    this.#onFull({ table: this, rows: this.#rows, firstRow: this.#nRows - this.#filled });
    this.#rows = new Uint8Array(0);
    this.#filled = 0;
  }
}
