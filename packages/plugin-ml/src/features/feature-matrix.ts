import type { Table } from '@cherenkit/tables';

/** Largest float32: stands for infinity, as in ctapipe. */
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/** Features of the rows of a table that have all of them. */
export interface FeatureMatrix {
  /** Features of one row after the other. */
  readonly values: Float32Array;
  /** Row of the table for each row of the features. */
  readonly rows: Int32Array;
}

/**
 * Converts columns to features: float32, with the largest float32 instead of infinity. Rows with NaN in any feature are left out.
 * Source: ctapipe 0.32 `table_to_X`.
 *
 * @param units - units of features; the others are taken in the units of their columns
 * @param isUsed - 1 for rows to convert, 0 for others
 * @throws CherenkitError TABLE_COLUMN_UNKNOWN (2) for a missing feature; TABLE_COLUMN_INVALID (2) for one that is no number
 */
export function featureMatrix(
  table: Table,
  features: readonly string[],
  units: ReadonlyMap<string, string>,
  isUsed: Uint8Array,
): FeatureMatrix {
  const columns = features.map((name) => table.numbers(name, units.get(name)));
  const rows: number[] = [];
  for (let row = 0; row < table.nRows; row++) {
    if (isUsed[row] && columns.every((column) => !Number.isNaN(column[row]))) rows.push(row);
  }
  const values = new Float32Array(rows.length * features.length);
  columns.forEach((column, feature) => {
    for (let i = 0; i < rows.length; i++) {
      values[i * features.length + feature] = Math.max(-LARGEST, Math.min(column[rows[i]], LARGEST));
    }
  });
  return { values, rows: Int32Array.from(rows) };
}
