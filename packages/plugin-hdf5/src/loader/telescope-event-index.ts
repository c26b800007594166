import { CherenkitError, ExitCode, dataModel } from '@cherenkit/core';
import { lowerBound } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import type { Hdf5File } from '../engine/index.js';
import { readTable } from '../tables/read-table.js';
import { EVENT_IDS, findRows, TELESCOPE_EVENT_IDS, type RowRange } from './rows-by-ids.js';

/** The telescope events of one telescope in a range of array events, in the order of the file. */
export interface TelescopeRows {
  /** Rows of the trigger table of telescopes. */
  readonly triggerRows: Int32Array;
  /** Row of the array event in its trigger table, for each telescope event. */
  readonly events: Int32Array;
  /** Expected range of rows in the tables of the telescope, if these are in step with the trigger table. */
  readonly expected: RowRange;
}

/** Rows of one telescope in the whole file. */
interface AllRows {
  readonly triggerRows: Int32Array;
  readonly events: Int32Array;
  /** Whether the array events are in ascending order, so that a range of them is a range of rows. */
  readonly isSorted: boolean;
}

/**
 * Assigns telescope events to array events by their ids, whatever their order in the file.
 *
 * ctapipe counts the telescopes in `tels_with_trigger` instead, which needs trigger tables in step.
 */
export class TelescopeEventIndex {
  readonly #rows: ReadonlyMap<number, AllRows>;

  private constructor(rows: ReadonlyMap<number, AllRows>) {
    this.#rows = rows;
  }

  /**
   * Reads the ids of all events of a file.
   *
   * @throws CherenkitError TABLE_KEY_DUPLICATE (65) for array or telescope events with the same ids; HDF5_TABLE_MISSING (65)
   *   without trigger table of telescopes; HDF5_CORRUPT (65) for a telescope event without array event
   */
  static async read(file: Hdf5File): Promise<TelescopeEventIndex> {
    const { path: triggerPath } = dataModel.SUBARRAY_TRIGGER;
    const { path } = dataModel.TELESCOPE_TRIGGER;
    if (!(await file.has(path))) {
      const message = `${file.name} has no telescope events: ${path} is missing. Read its array events with readSubarrayEvents.`;
      throw new CherenkitError('HDF5_TABLE_MISSING', ExitCode.BAD_INPUT, message);
    }
    const arrayEvents = await readTable(file, triggerPath, { columns: EVENT_IDS });
    const telescopeEvents = await readTable(file, path, { columns: TELESCOPE_EVENT_IDS });
    const events = findRows(arrayEvents, telescopeEvents, EVENT_IDS, `${file.name}: ${triggerPath}`);
    const orphan = events.indexOf(-1);
    if (orphan >= 0) {
      const message =
        `${file.name}: row ${orphan} of ${path} (${describe(telescopeEvents, orphan)}) has no array event in ${triggerPath}. ` +
        'Select array events that are in both tables, or create the file again.';
      throw new CherenkitError('HDF5_CORRUPT', ExitCode.BAD_INPUT, message);
    }
    const rows = rowsByTelescope(telescopeEvents.numbers('tel_id'), events);
    for (const each of rows.values()) {
      const repeated = firstRepeated(each);
      if (repeated >= 0) throw duplicate(file, path, telescopeEvents, each.triggerRows[repeated]);
    }
    return new TelescopeEventIndex(rows);
  }

  /** The telescope events of a telescope in a range of array events. */
  rowsOf(telId: number, [start, stop]: RowRange): TelescopeRows {
    const all = this.#rows.get(telId);
    if (!all) return { triggerRows: new Int32Array(0), events: new Int32Array(0), expected: [0, 0] };
    const { triggerRows, events, isSorted } = all;
    if (isSorted) {
      const [first, end] = [lowerBound(events, start), lowerBound(events, stop)];
      return {
        triggerRows: triggerRows.subarray(first, end),
        events: events.subarray(first, end),
        expected: [first, end],
      };
    }
    const isWanted = (_: number, i: number): boolean => events[i] >= start && events[i] < stop;
    const [wanted, expected] = [events.filter(isWanted), [0, events.length] as const];
    return { triggerRows: triggerRows.filter(isWanted), events: wanted, expected };
  }
}

function rowsByTelescope(telIds: Float64Array, events: Int32Array): Map<number, AllRows> {
  const counts = new Map<number, number>();
  for (const telId of telIds) counts.set(telId, (counts.get(telId) ?? 0) + 1);
  const rows = new Map(
    Array.from(counts, ([telId, n]) => [telId, { triggerRows: new Int32Array(n), events: new Int32Array(n), n: 0 }]),
  );
  telIds.forEach((telId, row) => {
    const of = rows.get(telId);
    if (!of) return;
    of.triggerRows[of.n] = row;
    of.events[of.n++] = events[row];
  });
  return new Map(
    Array.from(rows, ([telId, { triggerRows, events: found }]) => [
      telId,
      { triggerRows, events: found, isSorted: found.every((event, i) => i === 0 || event >= found[i - 1]) },
    ]),
  );
}

/** Index of the first array event that occurs for the second time; -1 if there is none. */
function firstRepeated({ events, isSorted }: AllRows): number {
  if (isSorted) return events.findIndex((event, i) => event === events[i - 1]);
  const seen = new Set<number>();
  return events.findIndex((event) => seen.size === seen.add(event).size);
}

function describe(table: Table, row: number): string {
  return TELESCOPE_EVENT_IDS.map((name) => `${name} ${String(table.column(name).values[row])}`).join(', ');
}

function duplicate(file: Hdf5File, path: string, table: Table, row: number): CherenkitError {
  return new CherenkitError(
    'TABLE_KEY_DUPLICATE',
    ExitCode.BAD_INPUT,
    `${file.name}: ${path} has several rows with ${describe(table, row)}, the second of them in row ${row}. Remove duplicate events.`,
  );
}
