import { durationBetween, TelescopePointingContainer, type Time } from '@cherenkit/core';
import { lowerBound, unwrappedAngles, type Nanoseconds, type Radians } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import type { Hdf5File } from '../engine/index.js';
import { fileDefect } from '../tables/file-defect.js';
import { readTable } from '../tables/read-table.js';

/**
 * Reads a table of measured pointings, for {@link MeasuredPointings}.
 *
 * @throws CherenkitError HDF5_CORRUPT (65) naming file and table if columns are missing, or no angles
 */
export async function readPointingTable(file: Hdf5File, path: string): Promise<Table> {
  try {
    const table = await readTable(file, path, { columns: ['time', 'azimuth', 'altitude'] });
    for (const name of ['azimuth', 'altitude']) table.numbers(name, 'rad');
    return table;
  } catch (error) {
    throw fileDefect(`${file.name}: ${path}`, error);
  }
}

/** Measured pointings of a telescope. Source: ctapipe 0.32 `PointingInterpolator`. */
export class MeasuredPointings {
  readonly #origin: Time;
  /** Since the origin. */
  readonly #times: Float64Array;
  readonly #azimuth: Float64Array;
  readonly #altitude: Float64Array;

  /** @param tables - measurements, in any order */
  constructor(tables: readonly Table[]) {
    const filled = tables.filter(({ nRows }) => nRows > 0);
    const origin = filled[0]?.column('time').timeAt(0) ?? { seconds: 0, quarterNanoseconds: 0 };
    const unsorted = Float64Array.from(filled.flatMap((table) => timesOf(table, origin)));
    const order = Uint32Array.from(unsorted.keys()).sort((a, b) => unsorted[a] - unsorted[b]);
    const sorted = (name: string): Float64Array => {
      const values = filled.flatMap((table) => Array.from(table.numbers(name, 'rad')));
      return Float64Array.from(order, (row) => values[row]);
    };
    this.#origin = origin;
    this.#times = Float64Array.from(order, (row) => unsorted[row]);
    this.#azimuth = unwrappedAngles(sorted('azimuth'));
    this.#altitude = sorted('altitude');
  }

  /**
   * Interpolates linearly. The azimuth is not reduced to one turn.
   *
   * @param tolerance - up to which the first measurement is used for times before it, and the last one for times after it
   * @returns undefined for other times before and after the measurements, and if there are fewer than two measurements
   */
  at(time: Time, tolerance: Nanoseconds = 0): TelescopePointingContainer | undefined {
    const times = this.#times;
    const last = times.length - 1;
    const exact = durationBetween(this.#origin, time);
    if (!(last > 0 && exact >= times[0] - tolerance && exact <= times[last] + tolerance)) return undefined;
    const at = Math.min(Math.max(exact, times[0]), times[last]);
    const next = Math.max(1, lowerBound(times, at));
    const fraction = (at - times[next - 1]) / (times[next] - times[next - 1]);
    const between = (values: Float64Array): Radians =>
      fraction === 1 ? values[next] : values[next - 1] + fraction * (values[next] - values[next - 1]);
    return new TelescopePointingContainer({ azimuth: between(this.#azimuth), altitude: between(this.#altitude) });
  }

  /** Returns the measurement nearest to a time; undefined without measurements. */
  nearest(time: Time): TelescopePointingContainer | undefined {
    const times = this.#times;
    if (times.length === 0) return undefined;
    const at = durationBetween(this.#origin, time);
    const after = lowerBound(times, at);
    const isAfter = after === 0 || (after < times.length && times[after] - at < at - times[after - 1]);
    const row = isAfter ? after : after - 1;
    return new TelescopePointingContainer({ azimuth: this.#azimuth[row], altitude: this.#altitude[row] });
  }
}

function timesOf(table: Table, origin: Time): Nanoseconds[] {
  const column = table.column('time');
  return Array.from({ length: table.nRows }, (_, row) => durationBetween(origin, column.timeAt(row)));
}
