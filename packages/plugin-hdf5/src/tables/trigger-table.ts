import { CherenkitError, dataModel, ExitCode, nameSome } from '@cherenkit/core';
import type { Hdf5File } from '../engine/index.js';
import { familyOf } from '../format/object-path.js';

const TRIGGER = dataModel.SUBARRAY_TRIGGER;

type TableColumns = readonly { readonly name: string; readonly type: string }[];

/** Whether each row of a table belongs to an array event or telescope event, in the data model of ctapipe. */
export function isEventTable(path: string): boolean {
  const spec = dataModel.findTable(path)?.spec;
  return spec?.origin === 'ctapipe' && spec.ids.includes('event_id');
}

/**
 * Message for a file that has events, but no trigger table.
 *
 * @param tables - paths of the tables with rows of events
 * @param link - what is at the place of the trigger table, if it is a link that is not followed
 */
export function withoutTriggers(file: string, tables: readonly string[], link?: string): string {
  const found = link === undefined ? '' : ` (it is ${link})`;
  const families = new Set(tables.map(familyOf));
  return `${file} has no table ${TRIGGER.path}${found}, which lists the array events, but has rows of events in ${nameSome(families)}. Create the file again.`;
}

/**
 * Whether a file has a table of array triggers. ctapipe creates it with the first event, so that files without events have none.
 *
 * @throws CherenkitError HDF5_TABLE_MISSING (65) if there is none, but other tables have rows of events; HDF5_CORRUPT (65) if it
 *   has no columns of ids and telescopes
 */
export async function hasTriggers(file: Hdf5File): Promise<boolean> {
  if (await file.has(TRIGGER.path)) {
    const { columns } = await file.table(TRIGGER.path);
    requireTriggerColumns(`${file.name}: ${TRIGGER.path}`, columns);
    return true;
  }
  const filled: string[] = [];
  for (const path of await file.paths()) {
    if (isEventTable(path) && (await file.table(path)).nRows > 0) filled.push(path);
  }
  if (filled.length === 0) return false;
  const message = withoutTriggers(file.name, filled, (await file.brokenLinks()).get(TRIGGER.path));
  throw new CherenkitError('HDF5_TABLE_MISSING', ExitCode.BAD_INPUT, message);
}

/**
 * Checks that a table of array triggers has the columns without which its events cannot be read.
 *
 * @param place - file and path of the table, for messages
 * @throws CherenkitError HDF5_CORRUPT (65)
 */
export function requireTriggerColumns(place: string, columns: TableColumns): void {
  for (const name of [...TRIGGER.ids, 'tels_with_trigger']) {
    const column = columns.find((each) => each.name === name);
    if (!column) {
      const found = nameSome(columns.map((each) => each.name));
      throw invalid(`${place}: column ${name} is missing; found ${found}`);
    }
    if (/^(?:string|S\d+)$/.test(column.type)) {
      throw invalid(`${place}: column ${name} has text, expected numbers`);
    }
  }
}

/**
 * Checks that the ids of events are whole numbers. They may be negative: those of events without number are.
 *
 * @param place - file and path of the table, for messages
 * @param values - values of the id column
 * @param first - row of the first value
 * @throws CherenkitError HDF5_CORRUPT (65)
 */
export function requireIds(place: string, name: string, values: ArrayLike<unknown>, first = 0): void {
  if (values instanceof BigInt64Array || values instanceof Int32Array) return;
  for (let row = 0; row < values.length; row++) {
    const value = Number(values[row]);
    if (Number.isSafeInteger(value)) continue;
    throw invalid(`${place}: column ${name} has ${String(values[row])} in row ${first + row}, expected whole numbers`);
  }
}

function invalid(problem: string): CherenkitError {
  return new CherenkitError('HDF5_CORRUPT', ExitCode.BAD_INPUT, `${problem}. Create the file again.`);
}
