import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { takeRows, type TableData } from './table-data.js';

/** One truth value per row: booleans, or numbers of which 0 is false. */
export type RowMask = ArrayLike<number | boolean>;

/**
 * The rows for which a mask is true, in their order.
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
      `The mask has ${mask.length} values, the table has ${nRows} rows.`,
    );
  }
  const rows = new Uint32Array(nRows);
  let count = 0;
  for (let row = 0; row < nRows; row++) if (mask[row]) rows[count++] = row;
  return rows.subarray(0, count);
}
