import { placeCells, type ColumnHeader, type NumericValues } from '@cherenkit/tables';
import { valuesFor } from '../engine/decode-columns.js';
import type { Hdf5File } from '../engine/index.js';
import { decodeFixedPoint } from './fixed-point.js';
import { decodedHeader, tableHeader } from './table-header.js';

/** Array for the values of a column. */
interface ColumnTarget {
  readonly name: string;
  readonly values: NumericValues | string[];
  /** Row of `values` for each row that is read. Default: in order. */
  readonly places?: Int32Array;
}

/** Columns of a table that are read into given arrays. */
export interface OpenColumns {
  readonly nRows: number;
  /** Headers of the columns as {@link readTable} returns them. */
  readonly headers: readonly ColumnHeader[];
  /** Reads rows `start` to `stop` (exclusive), which exist. */
  readInto(targets: readonly ColumnTarget[], start: number, stop: number): Promise<void>;
}

/**
 * Opens a table of a file to read its columns into given arrays.
 *
 * @throws as {@link readTable}
 */
export async function openColumns(file: Hdf5File, path: string): Promise<OpenColumns> {
  const table = await file.table(path);
  const { headers } = await tableHeader(file, table);

  async function readInto(targets: readonly ColumnTarget[], start: number, stop: number): Promise<void> {
    const destinations = targets.map(({ name, values, places }) => {
      const index = table.indexOf(name);
      const [member, { meaning }] = [table.columns[index], headers[index]];
      if (meaning?.kind !== 'fixed point') return { member, values, places };
      return { member, values: valuesFor(member, stop - start), scale: meaning.scale };
    });
    await table.readInto(destinations, start, stop);
    for (const [i, { member, values: integers, scale }] of destinations.entries()) {
      if (!scale) continue;
      const floats = decodeFixedPoint(integers as NumericValues, scale);
      const { values, places } = targets[i];
      if (places) placeCells(floats, values, member.count, places);
      else (values as Float32Array).set(floats);
    }
  }

  return { nRows: table.nRows, headers: headers.map(decodedHeader), readInto };
}
