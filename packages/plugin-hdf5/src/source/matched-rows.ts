import { CherenkitError, ExitCode } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import type { OpenTable } from '../tables/read-table.js';

/** Rows after the expected one that are searched before all ids are read: telescopes of an event, or events without a row. */
const SEARCHED_ROWS = 64;

/** Rows of a table in memory. */
interface Block {
  readonly first: number;
  readonly table: Table;
  /** Values of the id columns. */
  readonly ids: readonly Float64Array[];
}

/** Row of a block. */
export interface FoundRow {
  readonly block: Table;
  readonly row: number;
}

/**
 * Finds rows of a table by their ids. Rows are read in blocks.
 *
 * Rows are expected in the order in which they are asked for. Where they are not, the ids of all rows are read once.
 */
export class MatchedRows {
  readonly #table: OpenTable;
  readonly #name: string;
  readonly #ids: readonly string[];
  readonly #blockRows: number;
  #block: Block | undefined;
  #next = 0;
  #index: RowIndex | undefined;
  #nFound = 0;

  /**
   * @param name - name of the file, for messages
   * @param ids - columns that identify a row
   * @param blockBytes - approximate size of a block, which has at least one row and whole chunks
   * @throws CherenkitError HDF5_UNSUPPORTED (65) if an id column is missing
   */
  constructor(table: OpenTable, name: string, ids: readonly string[], blockBytes: number) {
    this.#table = table;
    this.#name = name;
    this.#ids = ids;
    const { chunkRows, rowBytes } = table;
    const chunks = Math.max(1, Math.floor(blockBytes / Math.max(1, chunkRows * rowBytes)));
    this.#blockRows = chunks * chunkRows;
    const missing = ids.find((id) => !table.columns.some((column) => column.name === id && column.type !== 'string'));
    if (missing === undefined) return;
    const message = `${name}: ${table.path} has no column ${missing} of numbers, so its rows cannot be assigned to events. Process the original data again.`;
    throw new CherenkitError('HDF5_UNSUPPORTED', ExitCode.BAD_INPUT, message);
  }

  get path(): string {
    return this.#table.path;
  }

  /** Number of rows that were not found so far. */
  get nUnused(): number {
    return this.#table.nRows - this.#nFound;
  }

  /**
   * Finds the row with the given ids, in the order of the id columns; undefined if there is none.
   *
   * @throws CherenkitError HDF5_ROWS_AMBIGUOUS (65) if rows are out of order and several have these ids
   */
  async find(wanted: readonly number[]): Promise<FoundRow | undefined> {
    const row = (await this.#findNear(wanted)) ?? (await this.#findAnywhere(wanted));
    if (row === undefined) return undefined;
    this.#next = row + 1;
    this.#nFound++;
    const { first, table } = await this.#blockOf(row);
    return { block: table, row: row - first };
  }

  async #findNear(wanted: readonly number[]): Promise<number | undefined> {
    const end = Math.min(this.#table.nRows, this.#next + SEARCHED_ROWS);
    for (let row = this.#next; row < end; row++) {
      const { first, ids } = await this.#blockOf(row);
      if (ids.every((values, i) => values[row - first] === wanted[i])) return row;
      // With an index, the search in it is faster than reading on.
      if (this.#index) return undefined;
    }
    return undefined;
  }

  async #findAnywhere(wanted: readonly number[]): Promise<number | undefined> {
    this.#index ??= await this.#readIndex();
    const rows = this.#index.find(wanted);
    if (rows.length < 2) return rows[0];
    const ids = this.#ids.map((id, i) => `${id} ${wanted[i]}`).join(', ');
    const message = `${this.#name}: ${this.path} has ${rows.length} rows with ${ids}, in another order than the events; expected one. Process the original data again, or sort the table.`;
    throw new CherenkitError('HDF5_ROWS_AMBIGUOUS', ExitCode.BAD_INPUT, message);
  }

  async #readIndex(): Promise<RowIndex> {
    const { nRows } = this.#table;
    const all = this.#ids.map(() => new Float64Array(nRows));
    for (let first = 0; first < nRows; first += this.#blockRows) {
      const table = await this.#table.read(first, Math.min(nRows, first + this.#blockRows));
      all.forEach((values, i) => values.set(table.numbers(this.#ids[i]), first));
    }
    return new RowIndex(all);
  }

  async #blockOf(row: number): Promise<Block> {
    const block = this.#block;
    if (block && row >= block.first && row < block.first + block.table.nRows) return block;
    const first = Math.floor(row / this.#blockRows) * this.#blockRows;
    const table = await this.#table.read(first, Math.min(this.#table.nRows, first + this.#blockRows));
    return (this.#block = { first, table, ids: this.#ids.map((id) => table.numbers(id)) });
  }
}

/** Rows of a table, sorted by their ids. */
class RowIndex {
  readonly #ids: readonly Float64Array[];
  readonly #order: Uint32Array;

  constructor(ids: readonly Float64Array[]) {
    this.#ids = ids;
    this.#order = Uint32Array.from(ids[0].keys()).sort(
      (a, b) =>
        this.#compare(
          b,
          ids.map((values) => values[a]),
        ) || a - b,
    );
  }

  /** Rows with the given ids. */
  find(wanted: readonly number[]): readonly number[] {
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#order[middle], wanted) > 0) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < this.#order.length && this.#compare(this.#order[end], wanted) === 0) end++;
    return [...this.#order.subarray(low, end)];
  }

  /** Positive if the ids of the row are smaller. */
  #compare(row: number, wanted: readonly number[]): number {
    for (let i = 0; i < wanted.length; i++) {
      const difference = wanted[i] - this.#ids[i][row];
      if (difference !== 0) return difference;
    }
    return 0;
  }
}
