import {
  CherenkitError,
  dataModel,
  durationBetween,
  ExitCode,
  TelescopePointingContainer,
  toIsoUtc,
  type Time,
} from '@cherenkit/core';
import { lowerBound, unwrappedAngles, type Nanoseconds, type Radians } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import type { Hdf5File } from '../engine/index.js';
import { readTable } from '../tables/read-table.js';
import type { PlacedSpec } from './event-files.js';

/** Measured pointings of a telescope, sorted by time. */
interface Measurements {
  readonly path: string;
  readonly start: Time;
  /** Since `start`. */
  readonly times: Float64Array;
  readonly azimuth: Float64Array;
  readonly altitude: Float64Array;
}

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
  const measured = await readEach(pathsOf(dataModel.POINTING), (path) => readMeasurements(file, path));
  if (measured.size > 0) {
    return (telId, { telescopeTime }) => {
      const known = measured.get(telId);
      if (!known) throw unknownPointing(file, `telescope ${telId} has no table of pointings`);
      return interpolated(file, known, telescopeTime);
    };
  }
  const fixed = await readEach(pathsOf(dataModel.FIXED_POINTING), (path) => readFixed(file, path));
  if (fixed.size > 0) return (telId, { obsId }) => fixed.get(telId)?.get(obsId)?.clone();
  const legacy = await readEach(pathsOf(dataModel.LEGACY_POINTING), (path) => readMeasurements(file, path));
  return (telId, { arrayTime }) => {
    const known = legacy.get(telId);
    return known && known.times.length > 0 ? nearest(known, arrayTime) : undefined;
  };
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

async function readMeasurements(file: Hdf5File, path: string): Promise<Measurements> {
  const table = await readTable(file, path, { columns: ['time', 'azimuth', 'altitude'] });
  const [start, unsorted] = timesOf(table);
  const order = Uint32Array.from(unsorted.keys()).sort((a, b) => unsorted[a] - unsorted[b]);
  const sorted = (values: Float64Array): Float64Array => Float64Array.from(order, (row) => values[row]);
  return {
    path,
    start,
    times: sorted(unsorted),
    azimuth: unwrappedAngles(sorted(table.numbers('azimuth', 'rad'))),
    altitude: sorted(table.numbers('altitude', 'rad')),
  };
}

function timesOf(table: Table): [start: Time, times: Float64Array] {
  const column = table.column('time');
  const start = table.nRows > 0 ? column.timeAt(0) : { seconds: 0, quarterNanoseconds: 0 };
  return [start, Float64Array.from({ length: table.nRows }, (_, row) => durationBetween(start, column.timeAt(row)))];
}

function interpolated(file: Hdf5File, measured: Measurements, time: Time): TelescopePointingContainer {
  const { times, start, azimuth, altitude, path } = measured;
  const at: Nanoseconds = durationBetween(start, time);
  const last = times.length - 1;
  if (!(times.length > 1 && at >= times[0] && at <= times[last])) {
    throw unknownPointing(file, `${path} has no measurements around ${toIsoUtc(time)}`);
  }
  const next = Math.max(1, lowerBound(times, at));
  const fraction = (at - times[next - 1]) / (times[next] - times[next - 1]);
  const between = (values: Float64Array): Radians =>
    fraction === 1 ? values[next] : values[next - 1] + fraction * (values[next] - values[next - 1]);
  return new TelescopePointingContainer({ azimuth: between(azimuth), altitude: between(altitude) });
}

function nearest({ times, start, azimuth, altitude }: Measurements, time: Time): TelescopePointingContainer {
  const at: Nanoseconds = durationBetween(start, time);
  const after = lowerBound(times, at);
  const isAfter = after === 0 || (after < times.length && times[after] - at < at - times[after - 1]);
  const row = isAfter ? after : after - 1;
  return new TelescopePointingContainer({ azimuth: azimuth[row], altitude: altitude[row] });
}

function unknownPointing({ name }: Hdf5File, problem: string): CherenkitError {
  const message = `${name}: ${problem}; expected measured pointings that cover all triggers of the telescope. Add the missing measurements, or leave the telescope out (--allowed-tels).`;
  return new CherenkitError('POINTING_UNKNOWN', ExitCode.BAD_INPUT, message);
}
