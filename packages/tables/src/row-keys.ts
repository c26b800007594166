import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { Column } from './column.js';
import { columnOf, type TableData } from './table-data.js';

/** Values of an id column as pairs of 32-bit words, which are equal for equal integers of different types. */
interface KeyWords {
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Distinguishes unsigned integers beyond 2^63 from negative ones, which have the same words. */
  readonly isUnsigned: boolean;
}

/** Keys of the rows of a table: the values of its id columns. */
export class RowKeys {
  readonly nRows: number;
  readonly #columns: readonly Column[];
  readonly #words: readonly KeyWords[];

  /**
   * @param texts - numbers assigned to texts; tables whose keys are compared share one map
   * @throws CherenkitError TABLE_COLUMN_UNKNOWN (2), or TABLE_KEY_INVALID (2) unless ids are single integers, booleans
   *   or text
   */
  constructor(table: TableData, names: readonly string[], texts: Map<string, number>) {
    if (names.length === 0) throw invalidKey('Expected at least one id column, found none.');
    this.nRows = table.nRows;
    this.#columns = names.map((name) => columnOf(table, name));
    this.#words = this.#columns.map((column) => wordsOf(column, texts));
  }

  hash(row: number): number {
    let hash = 0x9747b28c;
    for (const { low, high } of this.#words) {
      hash = Math.imul(hash ^ low[row], 0x9e3779b1);
      hash = Math.imul(hash ^ (hash >>> 15) ^ high[row], 0x85ebca77);
      hash ^= hash >>> 13;
    }
    return hash >>> 0;
  }

  equals(row: number, other: RowKeys, otherRow: number): boolean {
    for (let i = 0; i < this.#words.length; i++) {
      const [a, b] = [this.#words[i], other.#words[i]];
      if (a.low[row] !== b.low[otherRow] || a.high[row] !== b.high[otherRow]) return false;
      if (a.isUnsigned !== b.isUnsigned && a.high[row] < 0) return false;
    }
    return true;
  }

  /** Key of a row for messages: `obs_id 600, event_id 2009`. */
  describe(row: number): string {
    return this.#columns.map(({ name, values }) => `${name} ${String(values[row])}`).join(', ');
  }
}

function wordsOf({ name, type, values, count, meaning }: Column, texts: Map<string, number>): KeyWords {
  if (count > 1 || meaning?.kind === 'time') {
    const found = meaning?.kind === 'time' ? 'times' : `${count} values per row`;
    throw invalidKey(`Column "${name}": expected single integers, booleans or text as ids, found ${found}.`);
  }
  const low = new Int32Array(values.length);
  const high = new Int32Array(values.length);
  const isUnsigned = type === 'uint64';
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
    for (let row = 0; row < values.length; row++) {
      low[row] = words[2 * row];
      high[row] = words[2 * row + 1];
    }
    return { low, high, isUnsigned };
  }
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (typeof value === 'string') {
      const number = texts.get(value) ?? texts.size;
      texts.set(value, number);
      low[row] = number;
      // Distinct from the words of all integer columns.
      high[row] = 0x40000000;
    } else if (Number.isSafeInteger(value)) {
      low[row] = value;
      high[row] = Math.floor(value / 2 ** 32);
    } else {
      throw invalidKey(`Column "${name}", row ${row}: expected an integer, a boolean or text as id, found ${value}.`);
    }
  }
  return { low, high, isUnsigned };
}

/** Hash table (open addressing) of rows by their keys. */
export class RowIndex {
  readonly #keys: RowKeys;
  /** Row + 1, or 0 for free slots. */
  readonly #places: Int32Array;

  constructor(keys: RowKeys) {
    this.#keys = keys;
    this.#places = new Int32Array(2 ** Math.ceil(Math.log2(2 * keys.nRows + 2)));
  }

  /** Adds a row. Returns the row that already has this key, or the row itself. */
  add(row: number): number {
    const place = this.#find(this.#keys, row);
    if (this.#places[place] === 0) this.#places[place] = row + 1;
    return this.#places[place] - 1;
  }

  /** Row with the same key as a row of another table; -1 if there is none. */
  find(keys: RowKeys, row: number): number {
    return this.#places[this.#find(keys, row)] - 1;
  }

  #find(keys: RowKeys, row: number): number {
    const mask = this.#places.length - 1;
    let place = keys.hash(row) & mask;
    for (; this.#places[place] !== 0; place = (place + 1) & mask) {
      if (this.#keys.equals(this.#places[place] - 1, keys, row)) return place;
    }
    return place;
  }
}

function invalidKey(message: string): CherenkitError {
  return new CherenkitError('TABLE_KEY_INVALID', ExitCode.USAGE, message);
}
