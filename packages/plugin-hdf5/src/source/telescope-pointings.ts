import { CherenkitError, dataModel, ExitCode, TelescopePointingContainer, toIsoUtc, type Time } from '@cherenkit/core';
import type { Hdf5File } from '../engine/index.js';
import { readTable } from '../tables/read-table.js';
import type { PlacedSpec } from './event-files.js';
import { MeasuredPointings, readPointingTable } from './measured-pointings.js';

/** Returns the pointing of a telescope in an event; undefined if the file has none. */
export type TelescopePointings = (
  telId: number,
  event: { readonly obsId: number; readonly telescopeTime: Time; readonly arrayTime: Time },
) => TelescopePointingContainer | undefined;

/**
 * Reads the pointings of the telescopes: measured ones, interpolated at the times of the triggers; otherwise those of the
 * observation blocks; otherwise, in files before v6.0.0, the measured ones nearest to the trigger of the array. Source: ctapipe
 * 0.32 `HDF5EventSource._fill_telescope_pointing`.
 *
 * @throws CherenkitError HDF5_CORRUPT (65). The function throws POINTING_UNKNOWN (65) if a trigger is outside the measurements
 */
export async function readTelescopePointings(
  file: Hdf5File,
  tables: readonly PlacedSpec[],
): Promise<TelescopePointings> {
  const pathsOf = (spec: object): [telId: number, path: string][] =>
    tables.flatMap((table) => (table.spec === spec ? [[Number(table.placeholders['telescope']), table.path]] : []));
  const readMeasured = async (path: string): Promise<MeasuredPointings> =>
    new MeasuredPointings([await readPointingTable(file, path)]);
  const measured = await readEach(
    pathsOf(dataModel.POINTING),
    async (path) => [path, await readMeasured(path)] as const,
  );
  if (measured.size > 0) {
    return (telId, { telescopeTime }) => {
      const known = measured.get(telId);
      if (!known) throw unknownPointing(file, `telescope ${telId} has no table of pointings`);
      return interpolated(file, known, telescopeTime);
    };
  }
  const fixed = await readEach(pathsOf(dataModel.FIXED_POINTING), (path) => readFixed(file, path));
  if (fixed.size > 0) return (telId, { obsId }) => fixed.get(telId)?.get(obsId)?.clone();
  const legacy = await readEach(pathsOf(dataModel.LEGACY_POINTING), readMeasured);
  return (telId, { arrayTime }) => legacy.get(telId)?.nearest(arrayTime);
}

/**
 * Type of the pointings of the telescopes, of the table that {@link readTelescopePointings} reads; undefined if the file has
 * none.
 */
export async function pointingTypeOf(
  file: Hdf5File,
  tables: readonly PlacedSpec[],
): Promise<'float32' | 'float64' | undefined> {
  for (const spec of [dataModel.POINTING, dataModel.FIXED_POINTING, dataModel.LEGACY_POINTING]) {
    const found = tables.find((table) => table.spec === spec);
    if (!found) continue;
    const column = (await file.table(found.path)).columns.find(({ name }) => name.endsWith('azimuth'));
    return column?.type === 'float32' && spec !== dataModel.POINTING ? 'float32' : 'float64';
  }
  return undefined;
}

async function readEach<T>(
  paths: readonly [telId: number, path: string][],
  read: (path: string) => Promise<T>,
): Promise<Map<number, T>> {
  const results = new Map<number, T>();
  for (const [telId, path] of paths) results.set(telId, await read(path));
  return results;
}

async function readFixed(file: Hdf5File, path: string): Promise<Map<number, TelescopePointingContainer>> {
  const table = await readTable(file, path);
  const pointings = dataModel.containersOf(table, TelescopePointingContainer, TelescopePointingContainer.prefix);
  return new Map(Array.from(table.numbers('obs_id'), (obsId, row) => [obsId, pointings[row]]));
}

function interpolated(
  file: Hdf5File,
  [path, measured]: readonly [path: string, measured: MeasuredPointings],
  time: Time,
): TelescopePointingContainer {
  const pointing = measured.at(time);
  if (!pointing) throw unknownPointing(file, `${path} has no measurements around ${toIsoUtc(time)}`);
  return pointing;
}

function unknownPointing({ name }: Hdf5File, problem: string): CherenkitError {
  const message = `${name}: ${problem}; expected measured pointings that cover all triggers of the telescope. Add the missing measurements, or leave the telescope out (--allowed-tels).`;
  return new CherenkitError('POINTING_UNKNOWN', ExitCode.BAD_INPUT, message);
}
