import { dataModel } from '@cherenkit/core';
import type { EventValues, RowRange } from '@cherenkit/kernels';
import { readTable, type Hdf5File } from '@cherenkit/plugin-hdf5';
import { emptyValues, fillPlaceholders, type Column, type ColumnHeader, type ElementType } from '@cherenkit/tables';

/** Rows that are read at once. */
const BLOCK_ROWS = 256;

const EVENT_IDS = ['obs_id', 'event_id'] as const;

/** Ids of the events of some rows. */
export interface StoredEventIds {
  readonly obsIds: BigInt64Array;
  readonly eventIds: BigInt64Array;
}

/** One column of the images of a telescope in a file. */
export class StoredImages {
  readonly path: string;

  constructor(
    readonly file: Hdf5File,
    telId: number,
    readonly header: ColumnHeader,
  ) {
    this.path = imagesPath(telId);
  }

  /** Number of rows. */
  async length(): Promise<number> {
    return (await this.file.table(this.path)).nRows;
  }

  /**
   * Reads images.
   *
   * @param rows - of the table
   * @param values - the result, the elements of one image after the other
   * @returns the ids of their events
   * @throws CherenkitError HDF5_CORRUPT (65)
   */
  async read(rows: Int32Array, values: EventValues): Promise<StoredEventIds> {
    const size = values.length / rows.length;
    const found = { obsIds: new BigInt64Array(rows.length), eventIds: new BigInt64Array(rows.length) };
    const table = await this.file.table(this.path);
    const [member, ...idMembers] = [this.header.name, ...EVENT_IDS].map((name) => table.columns[table.indexOf(name)]);
    for (const [[first, next], [start, stop]] of blocksOf(rows)) {
      const isWhole = stop - start === next - first;
      let ids: readonly Column['values'][];
      if (isWhole && member.type === this.header.type && values instanceof Float32Array) {
        const target = values.subarray(first * size, next * size);
        const destinations = idMembers.map((each) => ({
          member: each,
          values: emptyValues(each.type as ElementType, stop - start), // ids are numbers
        }));
        await table.readInto([{ member, values: target }, ...destinations], start, stop);
        ids = destinations.map((each) => each.values);
      } else {
        const read = await readTable(this.file, this.path, { columns: [this.header.name, ...EVENT_IDS], start, stop });
        const column = read.column(this.header.name);
        for (let i = first; i < next; i++) copy(column, (rows[i] - start) * size, values, i * size, size);
        ids = EVENT_IDS.map((name) => read.column(name).values);
      }
      for (let i = first; i < next; i++) {
        found.obsIds[i] = BigInt(ids[0][rows[i] - start]);
        found.eventIds[i] = BigInt(ids[1][rows[i] - start]);
      }
    }
    return found;
  }
}

/** Path of the table of the images of a telescope. */
export function imagesPath(telId: number): string {
  return fillPlaceholders(dataModel.IMAGES.path, { telescope: telId });
}

/** Ranges of the wanted rows that are in few consecutive rows of the table, and the ranges of the latter. */
function* blocksOf(rows: Int32Array): Generator<readonly [wanted: RowRange, rows: RowRange]> {
  for (let first = 0; first < rows.length;) {
    let next = first + 1;
    while (next < rows.length && rows[next] > rows[next - 1] && rows[next] - rows[first] < BLOCK_ROWS) next++;
    yield [
      [first, next],
      [rows[first], rows[next - 1] + 1],
    ];
    first = next;
  }
}

function copy({ values }: Column, from: number, target: EventValues, at: number, length: number): void {
  if (values instanceof Float32Array || values instanceof Float64Array) {
    target.set(values.subarray(from, from + length), at);
  } else {
    for (let i = 0; i < length; i++) target[at + i] = Number(values[from + i]);
  }
}
