import { compareTimes, counted, nameSome, toIsoUtc, type PixelStatisticsContainer, type Time } from '@cherenkit/core';
import type { Nanoseconds } from '@cherenkit/kernels';
import type { MeasuredPointings } from '../source/measured-pointings.js';
import type { CameraCoefficients } from './camera-coefficients.js';
import type { MonitoringTable } from './monitoring-file.js';
import type { PixelStatistics } from './pixel-statistics.js';

/** Fields of the statistics of events. */
export type StatisticsField = keyof Pick<
  PixelStatisticsContainer,
  'flatfieldImage' | 'flatfieldPeakTime' | 'pedestalImage'
>;

/** Monitoring data of a telescope. */
export interface TelescopeData {
  readonly coefficients: CameraCoefficients | undefined;
  readonly pointings: MeasuredPointings | undefined;
  readonly statistics: ReadonlyMap<StatisticsField, PixelStatistics>;
}

/** What tables contain: `coefficients of 2 telescopes, pointing of 2 telescopes, sky_pedestal_image of 1 telescope`. */
export function contentOf(tables: readonly MonitoringTable[]): string {
  const telescopes = new Map<string, Set<number>>();
  for (const { kind, quantity = kind, telId } of tables) {
    telescopes.set(quantity, (telescopes.get(quantity) ?? new Set()).add(telId));
  }
  const parts = Array.from(telescopes, ([what, telIds]) => `${what} of ${counted(telIds.size, 'telescope')}`);
  return parts.length > 0 ? parts.join(', ') : 'no monitoring data of the telescopes';
}

/** First and last time of tables: `, from 2026-08-20T22:00:00.000Z to 2026-08-20T22:20:00.000Z`; empty if they have no rows. */
export function timeRangeOf(tables: readonly MonitoringTable[]): string {
  let [first, last]: [Time | undefined, Time | undefined] = [undefined, undefined];
  for (const { table } of tables) {
    for (const name of ['time', 'time_start', 'time_end'].filter((each) => table.has(each))) {
      const column = table.column(name);
      for (let row = 0; row < table.nRows; row++) {
        const time = column.timeAt(row);
        if (!first || compareTimes(time, first) < 0) first = time;
        if (!last || compareTimes(time, last) > 0) last = time;
      }
    }
  }
  return first && last ? `, from ${toIsoUtc(first, 3)} to ${toIsoUtc(last, 3)}` : '';
}

/** Describes data that some telescopes lack, times without data, and rows that cannot be used. */
export function missingData(
  telescopes: ReadonlyMap<number, TelescopeData>,
  isSimulation: boolean,
  tolerance: Nanoseconds,
): string[] {
  const all = [...telescopes];
  const fields = new Set(all.flatMap(([, { statistics }]) => [...statistics.keys()]));
  const kinds: [kind: string, has: (data: TelescopeData) => boolean][] = [
    ['calibration coefficients', ({ coefficients }) => coefficients !== undefined],
    ['measured pointings', ({ pointings }) => isSimulation || pointings !== undefined],
    ...Array.from(fields, (field): (typeof kinds)[number] => [
      `pixel statistics (${field})`,
      ({ statistics }) => statistics.has(field),
    ]),
  ];
  /** Kinds of data by the telescopes that lack them. */
  const lacking = new Map<string, string[]>();
  for (const [kind, has] of kinds) {
    const without = all.filter(([, data]) => !has(data)).map(([telId]) => telId);
    if (without.length === 0 || without.length === all.length) continue;
    const whose = nameSome(without);
    lacking.set(whose, [...(lacking.get(whose) ?? []), kind]);
  }
  const warnings = Array.from(lacking, ([whose, names]) => {
    return `There are no ${names.join(', ')} of telescopes ${whose}, in contrast to the other telescopes.`;
  });
  const gaps = isSimulation ? [] : [...fields].flatMap((field) => gapsOf(all, field, tolerance));
  return [...warnings, ...gaps, ...reversedChunks(all), ...badRows(all)];
}

type Telescopes = readonly (readonly [telId: number, data: TelescopeData])[];

function gapsOf(telescopes: Telescopes, field: StatisticsField, tolerance: Nanoseconds): string[] {
  const gaps = telescopes.flatMap(([telId, { statistics }]) =>
    (statistics.get(field)?.gaps(tolerance) ?? []).map((gap) => ({ telId, ...gap })),
  );
  if (gaps.length === 0) return [];
  const [{ telId, start, end }] = gaps;
  const where = `from ${toIsoUtc(start, 3)} to ${toIsoUtc(end, 3)} for telescope ${telId}`;
  return [`Pixel statistics (${field}) have ${counted(gaps.length, 'gap')} in time; the first is ${where}.`];
}

function reversedChunks(telescopes: Telescopes): string[] {
  return telescopes.flatMap(([telId, { statistics }]) =>
    [...statistics].flatMap(([field, { nReversed }]) => {
      if (nReversed === 0) return [];
      const rows = counted(nReversed, 'row');
      return [`Pixel statistics (${field}) of telescope ${telId} have ${rows} with time_end before time_start.`];
    }),
  );
}

/** Describes rows of coefficients that are marked as not valid, and rows without a usable pixel. */
function badRows(telescopes: Telescopes): string[] {
  const kinds = [
    ['nInvalid', 'are marked as not valid and not used'],
    ['nUnusable', 'have no pixel with a finite pedestal and a finite factor other than 0: their images are empty'],
  ] as const;
  return kinds.flatMap(([kind, what]) => {
    const counts = telescopes.map(([telId, { coefficients }]) => [telId, coefficients?.[kind] ?? 0] as const);
    const bad = counts.filter(([, count]) => count > 0);
    if (bad.length === 0) return [];
    const rows = counted(
      bad.reduce((sum, [, count]) => sum + count, 0),
      'row',
    );
    return [`${rows} of calibration coefficients of telescopes ${nameSome(bad.map(([telId]) => telId))} ${what}.`];
  });
}
