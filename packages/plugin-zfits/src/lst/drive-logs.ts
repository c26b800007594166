import { CherenkitError, ExitCode } from '@cherenkit/core';
import { lowerBound } from '@cherenkit/kernels';

/** Positions of the drive by time. */
export interface DriveLog {
  /** Unix time (UTC), s, ascending. */
  readonly times: Float64Array;
  /** Degrees. */
  readonly azimuths: Float64Array;
  readonly zeniths: Float64Array;
}

/** A position that the telescope tracked. */
export interface TrackedTarget {
  readonly name: string;
  /** Degrees. */
  readonly ra: number;
  readonly dec: number;
  /** Unix time (UTC), s; the end is Infinity for a track that did not end. */
  readonly start: number;
  readonly end: number;
}

/**
 * Parses a log of the drive, `DrivePosition_log_YYYYMMDD.txt`, or one of corrections by the bending model: lines of unix time,
 * azimuth and zenith angle. Source: ctapipe_io_lst 0.31 `PointingSource`, as for the others.
 *
 * @param path - for messages
 * @throws CherenkitError LST_DRIVE_LOG (65) for other lines, or none
 */
export function parseDriveLog(text: string, path: string): DriveLog {
  const rows = linesOf(text).map(({ line, number }) => {
    const values = line.split(/\s+/).map(Number);
    if (values.length === 3 && values.every(Number.isFinite)) return values;
    throw mistake(path, number, `found ${JSON.stringify(line)}, expected unix time, azimuth and zenith angle`);
  });
  if (rows.length === 0) throw mistake(path, 1, 'the file has no positions');
  rows.sort(([a], [b]) => a - b);
  const [times, azimuths, zeniths] = [0, 1, 2].map((column) => Float64Array.from(rows, (row) => row[column]));
  return { times, azimuths, zeniths };
}

/**
 * Adds the corrections of a bending model to positions. One of the logs may have more lines at its end.
 *
 * @throws CherenkitError LST_DRIVE_LOG (65) if the logs have different times
 */
export function correctedDriveLog(log: DriveLog, corrections: DriveLog, path: string): DriveLog {
  const nRows = Math.min(log.times.length, corrections.times.length);
  for (let row = 0; row < nRows; row++) {
    if (log.times[row] === corrections.times[row]) continue;
    const found = `the time is ${corrections.times[row]}, but ${log.times[row]} in the log of the drive`;
    throw mistake(path, row + 1, `${found}; expected corrections of the same night`);
  }
  return {
    times: log.times.slice(0, nRows),
    azimuths: log.azimuths.slice(0, nRows).map((azimuth, row) => azimuth + corrections.azimuths[row]),
    zeniths: log.zeniths.slice(0, nRows).map((zenith, row) => zenith + corrections.zeniths[row]),
  };
}

/**
 * Interpolates the position of the drive; across north on the shorter arc.
 *
 * @param time - unix time (UTC), s
 * @returns azimuth (0 to 360) and zenith angle, degrees; undefined outside of the log
 */
export function driveAt(
  { times, azimuths, zeniths }: DriveLog,
  time: number,
): [azimuth: number, zenith: number] | undefined {
  const last = times.length - 1;
  if (!(time >= times[0] && time <= times[last])) return undefined;
  if (last === 0) return [azimuths[0], zeniths[0]];
  const high = Math.max(1, lowerBound(times, time));
  const low = high - 1;
  const span = times[high] - times[low];
  const fraction = span > 0 ? (time - times[low]) / span : 0;
  const turn = (((azimuths[high] - azimuths[low] + 180) % 360) + 360) % 360;
  const azimuth = azimuths[low] + fraction * (turn - 180);
  return [((azimuth % 360) + 360) % 360, zeniths[low] + fraction * (zeniths[high] - zeniths[low])];
}

/**
 * Parses a log of targets, `Target_log_YYYYMMDD.txt`. The end of a track may be missing; it ends one second before the next one.
 *
 * @throws CherenkitError LST_DRIVE_LOG (65) for other lines
 */
export function parseTargetLog(text: string, path: string): TrackedTarget[] {
  const targets: TrackedTarget[] = [];
  let isTracking = false;
  const endLast = (end: number): void => {
    const last = targets.pop();
    if (last !== undefined) targets.push({ ...last, end });
  };
  for (const { line, number } of linesOf(text)) {
    const [time, action, ra, dec, name = 'unknown'] = line.split(' ');
    const start = Number(time);
    if (!Number.isFinite(start) || action === undefined) {
      throw mistake(path, number, `found ${JSON.stringify(line)}, expected unix time and TrackStart or TrackEnd`);
    }
    if (action === 'TrackStart') {
      if (![ra, dec].every((angle) => angle !== undefined && Number.isFinite(Number(angle)))) {
        throw mistake(path, number, `found ${JSON.stringify(line)}, expected right ascension and declination`);
      }
      if (isTracking) endLast(start - 1);
      targets.push({ name, ra: Number(ra), dec: Number(dec), start, end: Infinity });
      isTracking = true;
    } else if (action === 'TrackEnd') {
      if (isTracking) endLast(start);
      isTracking = false;
    }
  }
  return targets;
}

/**
 * The target at a time; undefined between tracks.
 *
 * @param time - unix time (UTC), s
 */
export function targetAt(targets: readonly TrackedTarget[], time: number): TrackedTarget | undefined {
  return targets.findLast(({ start, end }) => start < time && time <= end);
}

function linesOf(text: string): { readonly line: string; readonly number: number }[] {
  return text
    .split('\n')
    .map((line, i) => ({ line: line.trim(), number: i + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'));
}

function mistake(path: string, line: number, problem: string): CherenkitError {
  return new CherenkitError('LST_DRIVE_LOG', ExitCode.BAD_INPUT, `${path}, line ${line}: ${problem}.`);
}
