import { Column, emptyValues, placeCells, Table, type ColumnHeader, type NumericValues } from '@cherenkit/tables';
import type { Hdf5File } from '../engine/index.js';
import { openColumns } from '../tables/read-into.js';
import { haveEqualIds, readMatchedRows, type RowRange } from './rows-by-ids.js';

/** Values of a column that is being filled. */
export type WritableValues = NumericValues | string[];

/**
 * Columns of the events of one telescope. Their values are written directly into the columns of a table of the events of all
 * telescopes, since copies of images would take as long as reading them.
 */
export interface EventColumns {
  /** The columns, without rows. */
  readonly headers: Table;
  /**
   * Writes the values of all events.
   *
   * @param targets - an array for each column
   * @param places - row in the arrays of each event
   */
  writeTo(targets: readonly WritableValues[], places: Int32Array): Promise<void>;
}

/** Columns in memory, one row per event. */
export function columnsInMemory(table: Table): EventColumns {
  const writeTo = (targets: readonly WritableValues[], places: Int32Array): Promise<void> => {
    placeColumns(table, targets, places);
    return Promise.resolve();
  };
  return { headers: table.slice(0, 0), writeTo };
}

/**
 * Columns of a table of a file, without its id columns. Rows are matched by their ids as by {@link readRowsOf}.
 *
 * @param ids - the events, with the id columns `names`
 * @param expected - range of the rows if the table is in step with the events
 * @param onMismatch - called if the table is not in step
 */
export async function columnsInFile(
  file: Hdf5File,
  path: string,
  ids: Table,
  names: readonly string[],
  expected: RowRange,
  onMismatch: (path: string) => void,
): Promise<EventColumns> {
  const stored = await openColumns(file, path);
  const headers = withoutRows(stored.headers);
  const [idHeaders, otherHeaders] = [headers.select(...names), headers.without(...names)];
  const [start, stop] = expected;

  async function writeTo(targets: readonly WritableValues[], places: Int32Array): Promise<void> {
    const isPossible = stop - start === ids.nRows && stop <= stored.nRows;
    if (isPossible && (await writeInStep(targets, places))) return;
    onMismatch(path);
    placeColumns(await readMatchedRows(file, path, { ids, names }), targets, places);
  }

  /** @returns whether the rows of the expected range are those of the events */
  async function writeInStep(targets: readonly WritableValues[], places: Int32Array): Promise<boolean> {
    const found = Array.from(idHeaders.columns.values(), ({ header }) => ({
      header,
      values: emptyValues(header.type, stop - start),
    }));
    const others = otherHeaders.names.map((name, i) => ({ name, values: targets[i], places }));
    await stored.readInto([...found.map(({ header: { name }, values }) => ({ name, values })), ...others], start, stop);
    const table = new Table(found.map(({ header, values }) => new Column(header, values)));
    return haveEqualIds(table, ids, names);
  }

  return { headers: otherHeaders, writeTo };
}

/** Table of columns that have no rows yet. */
function withoutRows(headers: readonly ColumnHeader[]): Table {
  return new Table(headers.map((header) => new Column(header, emptyValues(header.type, 0))));
}

function placeColumns(table: Table, targets: readonly WritableValues[], places: Int32Array): void {
  Array.from(table.columns.values()).forEach(({ values, count }, i) => placeCells(values, targets[i], count, places));
}
