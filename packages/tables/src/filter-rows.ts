import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { takeRows, type TableData } from './table-data.js';

/** One boolean per row, or one number, which is false if 0. */
export type RowMask = ArrayLike<number | boolean>;

/**
 * Selects the rows with a true value in the mask. Returns the table itself if all rows are selected.
 *
 * @throws CherenkitError TABLE_MASK_INVALID (2) for a mask of another length
 */
export function filterRows(table: TableData, mask: RowMask): TableData {
  const rows = rowsOf(mask, table.nRows);
  return rows.length === table.nRows ? table : takeRows(table, rows);
}

function rowsOf(mask: RowMask, nRows: number): Uint32Array {
  if (mask.length !== nRows) {
    throw new CherenkitError(
      'TABLE_MASK_INVALID',
      ExitCode.USAGE,
      `The mask of a table needs one value per row: expected ${nRows}, found ${mask.length}.`,
    );
  }
  const rows = new Uint32Array(nRows);
  let count = 0;
  for (let row = 0; row < nRows; row++) if (mask[row]) rows[count++] = row;
  return rows.subarray(0, count);
}
