import { FileSink } from '@cherenkit/io/node';
import { Hdf5Writer, writeTable } from '@cherenkit/plugin-hdf5';
import { Table, type ColumnInput } from '@cherenkit/tables';
import type { Time } from '@cherenkit/core';

/** Time from which the times of columns of times are counted. */
const START_SECONDS = 1_700_000_000;

/** A time in seconds after the start of the measurements. */
export function secondsAfterStart(seconds: number): Time {
  const whole = Math.floor(seconds);
  return { seconds: START_SECONDS + whole, quarterNanoseconds: Math.round((seconds - whole) * 4e9) };
}

/** A column of times, given in seconds after the start of the measurements. */
function timeColumn(seconds: readonly number[]): ColumnInput {
  const times = seconds.map(secondsAfterStart);
  return {
    values: Uint32Array.from(times.flatMap((time) => [time.seconds, time.quarterNanoseconds])),
    shape: [2],
    meaning: { kind: 'time', format: 'ctao_high_res' },
  };
}

const CAMERA = '/dl1/monitoring/telescope/calibration/camera';

/** Path of the table of pixel statistics of a telescope. */
export const statisticsPath = (quantity: string, telId: number): string =>
  `${CAMERA}/pixel_statistics/${quantity}/tel_${String(telId).padStart(3, '0')}`;

/** Path of the table of calibration coefficients of a telescope. */
export const coefficientsPath = (telId: number): string =>
  `${CAMERA}/coefficients/tel_${String(telId).padStart(3, '0')}`;

/** Path of the table of measured pointings of a telescope. */
export const pointingPath = (telId: number): string =>
  `/dl0/monitoring/telescope/pointing/tel_${String(telId).padStart(3, '0')}`;

/** Calibration coefficients, each the same for all `size` channels and pixels. */
export function coefficients(
  seconds: readonly number[],
  size: readonly number[],
  factors: readonly number[],
  isValid: readonly boolean[] = seconds.map(() => true),
): Table {
  const cells = (values: readonly number[]): Float64Array =>
    Float64Array.from(values.flatMap((value) => filledWith(value, size)));
  return Table.of({
    time: timeColumn(seconds),
    pedestal_offset: { values: cells(factors.map((factor) => factor / 10)), shape: size },
    factor: { values: cells(factors), shape: size },
    time_shift: { values: cells(factors.map((factor) => -factor)), shape: size },
    outlier_mask: { values: seconds.flatMap(() => filledWith(false, size)), shape: size },
    is_valid: isValid,
  });
}

/** Statistics of chunks, each `[start, end, mean]`, the same for all channels and pixels; those in `outliers` are outliers. */
export function statistics(
  chunks: readonly (readonly [start: number, end: number, mean: number])[],
  size: readonly number[],
  outliers: readonly (readonly [chunk: number, pixel: number])[] = [],
): Table {
  const count = filledWith(0, size).length;
  const cells = (shift: number): ColumnInput => ({
    values: Float64Array.from(chunks.flatMap(([, , mean]) => filledWith(mean + shift, size))),
    shape: size,
  });
  const isOutlier = chunks.flatMap(() => filledWith(false, size));
  for (const [chunk, pixel] of outliers) isOutlier[chunk * count + pixel] = true;
  return Table.of({
    time_start: timeColumn(chunks.map(([start]) => start)),
    time_end: timeColumn(chunks.map(([, end]) => end)),
    mean: cells(0),
    median: cells(0.25),
    std: cells(0.5),
    outlier_mask: { values: isOutlier, shape: size },
    is_valid: chunks.map(() => true),
  });
}

/** Measured pointings; the azimuth is `azimuths`, deg, and the altitude 70 deg. */
export function pointings(seconds: readonly number[], azimuths: readonly number[]): Table {
  const radians = (degrees: number): number => (degrees / 180) * Math.PI;
  return Table.of({
    time: timeColumn(seconds),
    azimuth: { values: azimuths.map(radians), unit: 'rad' },
    altitude: { values: azimuths.map(() => radians(70)), unit: 'rad' },
  });
}

function filledWith<T>(value: T, size: readonly number[]): T[] {
  return Array.from({ length: size.reduce((product, length) => product * length, 1) }, () => value);
}

/** Writes a file with the given tables by path. */
export async function writeMonitoringFile(
  path: string,
  tables: Readonly<Record<string, Table>>,
  { category = 'Other' }: { readonly category?: 'Other' | 'Sim' } = {},
): Promise<void> {
  await using sink = new FileSink(path, { overwrite: true });
  const file = new Hdf5Writer(sink);
  file.setAttributes('/', { 'CTA PRODUCT DATA MODEL VERSION': 'v7.6.0', 'CTA PRODUCT DATA CATEGORY': category });
  for (const [at, table] of Object.entries(tables)) writeTable(file, at, table);
  await file.finish();
}
