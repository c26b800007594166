import type { PlacedColumn } from '../format/index.js';
import { eachRow, keyOfBytes } from '../format/row-bytes.js';

/** Rows of a merged table. All rows are packed, with the same columns. */
export interface RowCollector {
  /** Adds the rows of a file. */
  add(rows: Uint8Array): void;
  /** The rows that were collected, in the order in which they first occurred. */
  rows(): Iterable<Uint8Array>;
}

/** Keeps each distinct row once; given ids, the first row with these ids. */
export class DistinctRows implements RowCollector {
  readonly #rows = new Map<string, Uint8Array>();
  readonly #ids: readonly PlacedColumn[];

  constructor(
    readonly rowBytes: number,
    columns: readonly PlacedColumn[] = [],
    ids: readonly string[] = [],
  ) {
    this.#ids = columns.filter(({ name }) => ids.includes(name));
  }

  add(rows: Uint8Array): void {
    for (const row of eachRow(rows, this.rowBytes)) {
      const key = this.#ids.length > 0 ? keyOfIds(row, this.#ids) : keyOfBytes(row);
      if (!this.#rows.has(key)) this.#rows.set(key, row.slice());
    }
  }

  rows(): Iterable<Uint8Array> {
    return this.#rows.values();
  }
}

/** Keeps the rows of the first file. */
export class FirstRows implements RowCollector {
  #rows: Uint8Array | undefined;

  add(rows: Uint8Array): void {
    this.#rows ??= rows.slice();
  }

  rows(): Iterable<Uint8Array> {
    return this.#rows ? [this.#rows] : [];
  }
}

/** Adds the integers of rows with equal ids. Texts and other columns are those of the first row. */
export class SummedRows implements RowCollector {
  readonly #rows = new Map<string, Uint8Array>();
  readonly #ids: readonly PlacedColumn[];
  readonly #counts: readonly PlacedColumn[];

  constructor(
    readonly rowBytes: number,
    columns: readonly PlacedColumn[],
    ids: readonly string[],
  ) {
    this.#ids = columns.filter(({ name }) => ids.includes(name));
    this.#counts = columns.filter(({ name, type }) => !ids.includes(name) && type === 'int64');
  }

  add(rows: Uint8Array): void {
    for (const row of eachRow(rows, this.rowBytes)) {
      const key = keyOfIds(row, this.#ids);
      const sum = this.#rows.get(key);
      if (!sum) {
        this.#rows.set(key, row.slice());
        continue;
      }
      const [total, added] = [viewOf(sum), viewOf(row)];
      for (const { offset, count } of this.#counts) {
        for (let i = 0; i < count; i++) {
          const at = offset + 8 * i;
          total.setBigInt64(at, total.getBigInt64(at, true) + added.getBigInt64(at, true), true);
        }
      }
    }
  }

  rows(): Iterable<Uint8Array> {
    return this.#rows.values();
  }
}

function keyOfIds(row: Uint8Array, ids: readonly PlacedColumn[]): string {
  return ids.map(({ offset, size }) => keyOfBytes(row.subarray(offset, offset + size))).join('\0\0');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
