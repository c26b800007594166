import { CherenkitError, ExitCode, dataModel } from '@cherenkit/core';
import { unwrappedAngles } from '@cherenkit/kernels';
import { columnFrom, fillPlaceholders, toMjdTai, type Column, type Table } from '@cherenkit/tables';
import type { Hdf5File } from '../engine/index.js';
import { readTable } from '../tables/read-table.js';
import { findRows } from './rows-by-ids.js';

const AZIMUTH = 'telescope_pointing_azimuth';
const ALTITUDE = 'telescope_pointing_altitude';

/** Measured pointing of a telescope. */
interface MeasuredPointing {
  /** Modified Julian dates in TAI, ascending. */
  readonly mjd: Float64Array;
  /** Radians, continuous: without steps of 2 pi. */
  readonly azimuth: Float64Array;
  /** Radians. */
  readonly altitude: Float64Array;
}

/**
 * Interpolates the measured pointing of a telescope linearly at the times of its events. Source: ctapipe 0.32
 * `PointingInterpolator`.
 *
 * @param events - with the column `time`
 * @throws CherenkitError HDF5_TABLE_MISSING (65) without measurements of this telescope; POINTING_OUT_OF_RANGE (65) for events
 *   outside the time of the measurements
 */
export async function interpolatedPointing(file: Hdf5File, telId: number, events: Table): Promise<Column[]> {
  const path = fillPlaceholders(dataModel.POINTING.path, { telescope: telId });
  if (!(await file.has(path))) {
    const message =
      `${file.name} has measured pointings of other telescopes, but none of telescope ${telId}: ${path} is missing. ` +
      'Read without pointing: { pointing: false }.';
    throw new CherenkitError('HDF5_TABLE_MISSING', ExitCode.BAD_INPUT, message);
  }
  const { mjd, azimuth, altitude } = measuredPointing(await readTable(file, path));
  const time = events.column('time');
  const times = Float64Array.from({ length: events.nRows }, (_, row) => toMjdTai(time.timeAt(row)));
  const outside = times.findIndex((each) => !(each >= mjd[0] && each <= mjd[mjd.length - 1]));
  if (outside >= 0) {
    const message =
      `${file.name}: telescope ${telId} has an event at MJD ${times[outside]} (TAI), but ${path} contains pointings from MJD ` +
      `${mjd[0]} to ${mjd[mjd.length - 1]}. Select events within these times, or read without pointing: { pointing: false }.`;
    throw new CherenkitError('POINTING_OUT_OF_RANGE', ExitCode.BAD_INPUT, message);
  }
  const at = (values: Float64Array): Float64Array => times.map((each) => interpolate(mjd, values, each));
  return [
    columnFrom(ALTITUDE, { values: at(altitude), unit: 'rad', description: 'Altitude of the telescope pointing' }),
    columnFrom(AZIMUTH, { values: at(azimuth), unit: 'rad', description: 'Azimuth of the telescope pointing' }),
  ];
}

/**
 * Reads the pointing of a telescope in the observation block of each event; none if the file has none of this telescope.
 *
 * @param events - with the column `obs_id`
 * @throws CherenkitError TABLE_KEY_DUPLICATE (65) for several pointings of an observation block
 */
export async function fixedPointing(file: Hdf5File, telId: number, events: Table): Promise<Column[]> {
  const path = fillPlaceholders(dataModel.FIXED_POINTING.path, { telescope: telId });
  if (!(await file.has(path))) return [];
  const pointings = await readTable(file, path);
  const rows = findRows(pointings, events, ['obs_id'], `${file.name}: ${path}`);
  return [...pointings.without('obs_id', 'tel_id').take(rows).columns.values()];
}

function measuredPointing(table: Table): MeasuredPointing {
  const sorted = table.sortBy('time');
  const time = sorted.column('time');
  return {
    mjd: Float64Array.from({ length: sorted.nRows }, (_, row) => toMjdTai(time.timeAt(row))),
    azimuth: unwrappedAngles(sorted.numbers('azimuth', 'rad')),
    altitude: sorted.numbers('altitude', 'rad'),
  };
}

function interpolate(x: Float64Array, y: Float64Array, at: number): number {
  let [low, high] = [0, x.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (x[middle] < at) low = middle;
    else high = middle;
  }
  if (high === low || x[high] === x[low]) return y[low];
  return y[low] + ((y[high] - y[low]) / (x[high] - x[low])) * (at - x[low]);
}
