import { dataModel } from '@cherenkit/core';
import { altAzToCartesian, angularSeparation, cartesianToAltAz, type AltAz } from '@cherenkit/kernels';
import { readTable, type Hdf5File } from '@cherenkit/plugin-hdf5';
import { secondsOf } from './gadf-events.js';

/** Pointings of an array that its telescopes measured, in the order of time. */
export interface MeasuredPointing {
  /** Seconds since the reference of DL3 files. */
  readonly times: Float64Array;
  readonly directions: readonly AltAz[];
  /** Largest angle between a telescope and the pointing of the array, rad. */
  readonly divergence: number;
}

/** Measured pointings of a telescope, sorted by time. */
interface TelescopeTrack {
  readonly times: Float64Array;
  readonly directions: readonly AltAz[];
}

/**
 * Reads the measured pointings of the telescopes, of which the pointing of the array is the mean, at the times of the first telescope.
 *
 * @returns undefined if the file has none
 */
export async function readMeasuredPointing(file: Hdf5File): Promise<MeasuredPointing | undefined> {
  const paths = await file.paths(dataModel.POINTING.path.replace('/{telescope}', ''));
  const tracks: TelescopeTrack[] = [];
  for (const path of paths) {
    const table = (await readTable(file, path, { columns: ['time', 'azimuth', 'altitude'] })).sortBy('time');
    const [alt, az] = [table.numbers('altitude', 'rad'), table.numbers('azimuth', 'rad')];
    if (table.nRows === 0) continue;
    tracks.push({
      times: secondsOf(table.column('time')),
      directions: Array.from(alt, (each, row) => ({ alt: each, az: az[row] })),
    });
  }
  const [first, ...others] = tracks;
  if (first === undefined) return undefined;
  let divergence = 0;
  const directions = first.directions.map((own, i) => {
    const each = [own, ...others.flatMap((track) => directionAt(track, first.times[i]) ?? [])];
    const mean = meanDirection(each);
    for (const { alt, az } of each) {
      divergence = Math.max(divergence, angularSeparation(az, alt, mean.az, mean.alt));
    }
    return mean;
  });
  return { times: first.times, directions, divergence };
}

/** Mean of directions. */
export function meanDirection(directions: readonly AltAz[]): AltAz {
  if (directions.length === 1) return directions[0];
  let [x, y, z] = [0, 0, 0];
  for (const direction of directions) {
    const vector = altAzToCartesian(direction);
    [x, y, z] = [x + vector.x, y + vector.y, z + vector.z];
  }
  return cartesianToAltAz({ x, y, z });
}

/** Direction at a time, interpolated between the measurements around it; undefined outside of them. */
export function directionAt(
  { times, directions }: Pick<MeasuredPointing, 'times' | 'directions'>,
  time: number,
): AltAz | undefined {
  const last = times.length - 1;
  if (!(time >= times[0] && time <= times[last])) return undefined;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (times[middle] <= time) low = middle;
    else high = middle;
  }
  const part = times[high] > times[low] ? (time - times[low]) / (times[high] - times[low]) : 0;
  if (part === 0 || part === 1) return directions[part === 0 ? low : high];
  const [a, b] = [altAzToCartesian(directions[low]), altAzToCartesian(directions[high])];
  const between = (from: number, to: number): number => from + part * (to - from);
  return cartesianToAltAz({ x: between(a.x, b.x), y: between(a.y, b.y), z: between(a.z, b.z) });
}

/** Joins the measured pointings of several files in the order of time; undefined without any. */
export function joinedPointing(all: readonly MeasuredPointing[]): MeasuredPointing | undefined {
  if (all.length < 2) return all[0];
  const rows = all.flatMap(({ times, directions }) =>
    directions.map((direction, i) => ({ time: times[i], direction })),
  );
  rows.sort((a, b) => a.time - b.time);
  return {
    times: Float64Array.from(rows, ({ time }) => time),
    directions: rows.map(({ direction }) => direction),
    divergence: Math.max(...all.map(({ divergence }) => divergence)),
  };
}
