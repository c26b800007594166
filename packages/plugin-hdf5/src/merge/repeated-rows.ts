import type { Hdf5Table } from '../engine/index.js';
import { haveEqualBytes } from '../format/row-bytes.js';

/** Rows that several files have, to find those that differ: of whole tables, and of observation blocks. */
export class RepeatedRows {
  readonly #rows = new Map<string, { readonly row: string; readonly from: string }>();
  /** Rows of whole tables as stored, which are compared faster. */
  readonly #stored = new Map<string, { readonly rows: Uint8Array; readonly from: string }>();

  /**
   * Compares the rows of a table with those of the files before.
   *
   * @param name - name of the file
   * @param ids - columns that identify a row; none if the whole table must be the same
   * @returns the first row that differs, and the file from which; undefined if there is none
   */
  async add(
    name: string,
    table: Hdf5Table,
    ids: readonly string[] | undefined,
  ): Promise<{ readonly row: number; readonly from: string } | undefined> {
    const { path, nRows } = table;
    if (ids === undefined) {
      const rows = await table.rows();
      const stored = this.#stored.get(path);
      if (haveEqualBytes(rows, stored?.rows)) return undefined;
      if (!stored) this.#stored.set(path, { rows, from: name });
    }
    const names = table.columns.map((column) => column.name);
    const values = await table.read(names);
    const textOf = (columns: readonly string[], row: number): string =>
      columns.map((column) => textOfCell(values[column], row, nRows)).join(' ');
    for (let row = 0; row < nRows; row++) {
      const key = `${path} ${ids ? textOf(ids, row) : row}`;
      const found = textOf(names, row);
      const known = this.#rows.get(key);
      if (!known) this.#rows.set(key, { row: found, from: name });
      else if (known.row !== found) return { row, from: known.from };
    }
    return undefined;
  }

  /** Removes the rows of a file that is not merged. */
  forget(name: string): void {
    for (const [key, { from }] of this.#rows) if (from === name) this.#rows.delete(key);
    for (const [path, { from }] of this.#stored) if (from === name) this.#stored.delete(path);
  }
}

/** Text of a cell, for comparisons. */
function textOfCell(values: ArrayLike<unknown>, row: number, nRows: number): string {
  const count = values.length / nRows;
  return Array.from({ length: count }, (_, i) => JSON.stringify(String(values[row * count + i]))).join(',');
}
