import { CameraCalibrationContainer, compareTimes, durationBetween, type Time } from '@cherenkit/core';
import type { Nanoseconds } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';

/** Coefficients of a camera from a time on; values that the file does not have are undefined. */
interface CoefficientsRow {
  readonly time: Time;
  readonly values: Partial<CameraCalibrationContainer>;
}

/** Calibration coefficients of a camera in the course of time. Coefficients that are marked as not valid are not used. */
export class CameraCoefficients {
  /** Number of rows that are not valid. */
  readonly nInvalid: number;
  /** Number of valid rows in which no pixel has a finite pedestal and a finite factor other than 0. */
  readonly nUnusable: number;
  readonly #first: CoefficientsRow | undefined;
  /** In the order of time; of rows of equal times, the last one counts. */
  readonly #rows: readonly CoefficientsRow[];

  /** @param tables - see `dataModel.COEFFICIENTS` */
  constructor(tables: readonly Table[]) {
    const all = tables.map(rowsOf);
    const valid = all.map((rows) => rows.filter(({ values }) => values.isValid));
    this.#first = valid.findLast((rows) => rows.length > 0)?.[0];
    this.#rows = valid.flat().sort((a, b) => compareTimes(a.time, b.time));
    this.nInvalid = all.flat().length - this.#rows.length;
    this.nUnusable = this.#rows.filter(({ values }) => !hasUsablePixel(values)).length;
  }

  /** The first valid coefficients of the last table that has any, for simulations. */
  get first(): CameraCalibrationContainer | undefined {
    return this.#first && new CameraCalibrationContainer(this.#first.values);
  }

  /**
   * Returns the latest coefficients at a time.
   *
   * @param tolerance - up to which the first coefficients are used for times before theirs
   * @param lifetime - time after which coefficients are no longer used
   */
  at(time: Time, tolerance: Nanoseconds, lifetime = Infinity): CameraCalibrationContainer | undefined {
    const rows = this.#rows;
    let index = rows.length - 1;
    while (index > 0 && compareTimes(rows[index].time, time) > 0) index--;
    const row = rows[index] as CoefficientsRow | undefined;
    if (row === undefined) return undefined;
    const age = durationBetween(row.time, time);
    return age >= -tolerance && age <= lifetime ? new CameraCalibrationContainer(row.values) : undefined;
  }
}

function hasUsablePixel({ factor, pedestalOffset }: CoefficientsRow['values']): boolean {
  return factor?.some((value, i) => value !== 0 && Number.isFinite(value * (pedestalOffset?.[i] ?? 0))) ?? false;
}

function rowsOf(table: Table): CoefficientsRow[] {
  const floats = (name: string): ((row: number) => Float32Array) | undefined => {
    if (!table.has(name)) return undefined;
    const { count } = table.column(name);
    const values = Float32Array.from(table.numbers(name));
    return (row) => values.subarray(row * count, (row + 1) * count);
  };
  const [pedestalOffset, factor, timeShift] = [floats('pedestal_offset'), floats('factor'), floats('time_shift')];
  const [masks, isValid] = ['outlier_mask', 'is_valid'].map((name) =>
    table.has(name) ? Uint8Array.from(table.numbers(name)) : undefined,
  );
  const nPixels = masks && table.column('outlier_mask').count;
  const times = table.column('time');
  return Array.from({ length: table.nRows }, (_, row) => ({
    time: times.timeAt(row),
    values: {
      time: times.timeAt(row),
      pedestalOffset: pedestalOffset?.(row),
      factor: factor?.(row),
      timeShift: timeShift?.(row),
      outlierMask: nPixels === undefined ? undefined : masks?.subarray(row * nPixels, (row + 1) * nPixels),
      isValid: isValid === undefined || isValid[row] === 1,
    },
  }));
}
