import { CompressedInputError, decompressed, openFile } from '@cherenkit/io';
import { Hdf5File, readTable, readTableChunks } from '@cherenkit/plugin-hdf5';
import { fileDefect, hasTriggers, HDF5_SIGNATURE, requireIds } from '@cherenkit/plugin-hdf5/internal';
import { CherenkitError, dataModel, ExitCode } from '@cherenkit/core';
import type { EventSummary } from './event-summary.js';

const { path: TRIGGERS } = dataModel.SUBARRAY_TRIGGER;
const { path: SHOWERS } = dataModel.SHOWER;
const { path: LAYOUT } = dataModel.LAYOUT;

/** Whether a file is HDF5, such as an output of `cherenkit process` or ctapipe. */
export function isHdf5(path: string): Promise<boolean> {
  return startsWith(path, HDF5_SIGNATURE);
}

const FITS_SIGNATURE = new TextEncoder().encode('SIMPLE  =');

/** Whether a file is FITS, such as the raw data of telescopes; also if it is compressed as a whole. */
export async function isFits(path: string): Promise<boolean> {
  await using file = await openFile(path);
  if (!file.canSeek) return false;
  try {
    const first = await decompressed(file)[Symbol.asyncIterator]().next();
    return first.done !== true && FITS_SIGNATURE.every((byte, i) => first.value[i] === byte);
  } catch (error) {
    // The reader of the format that is tried next describes the defect.
    if (error instanceof CompressedInputError) return false;
    throw error;
  }
}

async function startsWith(path: string, signature: Uint8Array | readonly number[]): Promise<boolean> {
  await using file = await openFile(path);
  if (!file.canSeek || (file.size ?? 0) < signature.length) return false;
  const start = await file.read(0, signature.length);
  return signature.every((byte, i) => start[i] === byte);
}

/** Event of a file whose runs are known. */
export interface StoredEvent extends EventSummary {
  /** Whether the listed events are of several runs. */
  readonly hasSeveralRuns: boolean;
}

/**
 * Yields the events of an HDF5 file in the data model of ctapipe, from its tables of triggers and of simulated showers.
 *
 * @throws CherenkitError HDF5_CORRUPT, HDF5_TABLE_MISSING; INPUT_UNKNOWN if it has no array of telescopes
 */
export async function* storedEvents(path: string, maxEvents = Infinity): AsyncGenerator<StoredEvent> {
  await using file = await Hdf5File.open(path);
  try {
    yield* eventsOf(file, maxEvents);
  } catch (error) {
    throw fileDefect(path, error);
  }
}

async function* eventsOf(file: Hdf5File, maxEvents: number): AsyncGenerator<StoredEvent> {
  const path = file.name;
  if (!(await hasTriggers(file))) {
    // ctapipe creates the table with the first event.
    if (await file.has(LAYOUT)) return;
    const message = `${path} has no table ${TRIGGERS}; expected a file of events written by cherenkit or ctapipe.`;
    throw new CherenkitError('INPUT_UNKNOWN', ExitCode.BAD_INPUT, message);
  }
  const telIds = [...(await readTable(file, LAYOUT, { columns: ['tel_id'] })).column('tel_id').values].map(Number);
  const runs = await readTable(file, TRIGGERS, { columns: ['obs_id'], stop: maxEvents });
  const hasSeveralRuns = new Set<unknown>(runs.column('obs_id').values).size > 1;
  const energies = await trueEnergies(file);
  const columns = ['obs_id', 'event_id', 'tels_with_trigger'];
  let count = 0;
  const place = `${path}: ${TRIGGERS}`;
  for await (const table of readTableChunks(file, TRIGGERS, { columns, stop: maxEvents })) {
    for (const name of ['obs_id', 'event_id']) requireIds(place, name, table.column(name).values, count);
    const [obsIds, eventIds, triggered] = columns.map((name) => [...table.column(name).values].map(Number));
    for (let row = 0; row < table.nRows; row++, count++) {
      const [obsId = 0, eventId = 0] = [obsIds?.[row], eventIds?.[row]];
      const isTriggered = triggered?.slice(row * telIds.length, (row + 1) * telIds.length) ?? [];
      const telescopes = telIds.filter((_, i) => isTriggered[i] === 1);
      const energy = energies.get(`${obsId} ${eventId}`) ?? null;
      yield { count, obsId, eventId, energy, telescopes, hasSeveralRuns };
    }
  }
}

/** Known true energies, TeV, by observation and event id. */
async function trueEnergies(file: Hdf5File): Promise<ReadonlyMap<string, number>> {
  if (!(await file.has(SHOWERS))) return new Map();
  const table = await readTable(file, SHOWERS, { columns: ['obs_id', 'event_id', 'true_energy'] });
  const [obsId = [], eventId = [], energy = []] = ['obs_id', 'event_id', 'true_energy'].map((name) =>
    [...table.column(name).values].map(Number),
  );
  // NaN in the row of an event without a shower.
  return new Map(
    energy.flatMap((value, row) => (value > 0 ? [[`${obsId[row]} ${eventId[row]}`, value] as const] : [])),
  );
}
