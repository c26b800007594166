import { columnFrom, Table, type Column, type MetaValue, type TableMeta } from '@cherenkit/tables';
import type { ObservationPointing } from './observation-pointing.js';

/** Seconds from 1970-01-01 in TAI to the reference of times in DL3 files: 2000-01-01T12:00:00 TT, MJD 51544.5. */
const REFERENCE_TAI = 10_957 * 86_400 + 43_200 - 32.184;

/** Keywords of times in DL3 files. */
export const TIME_KEYWORDS = {
  MJDREFI: 51544n,
  MJDREFF: 0.5,
  TIMEUNIT: 's',
  TIMESYS: 'TT',
  TIMEREF: 'LOCAL',
} as const satisfies TableMeta;

/** Keywords of the format GADF. */
export const GADF_KEYWORDS = {
  HDUCLASS: 'GADF',
  HDUDOC: 'https://github.com/open-gamma-ray-astro/gamma-astro-data-formats',
  HDUVERS: '0.3',
} as const satisfies TableMeta;

/** Keywords that the format GADF requires of event lists. */
export const MANDATORY_KEYWORDS = [
  ...Object.keys(GADF_KEYWORDS),
  'HDUCLAS1',
  'OBS_ID',
  'TSTART',
  'TSTOP',
  'ONTIME',
  'LIVETIME',
  'DEADC',
  'OBS_MODE',
  'RA_PNT',
  'DEC_PNT',
  'EQUINOX',
  'RADECSYS',
  'ORIGIN',
  'TELESCOP',
  'INSTRUME',
  'CREATOR',
  ...Object.keys(TIME_KEYWORDS),
  'GEOLON',
  'GEOLAT',
  'ALTITUDE',
] as const;

/** Seconds since the reference of DL3 files, of a time since 1970 in TAI. */
function secondsSinceReference(seconds: number, quarterNanoseconds: number): number {
  return seconds - REFERENCE_TAI + quarterNanoseconds / 4e9;
}

/** Times of a column in seconds since the reference of DL3 files. */
export function secondsOf(times: Column): Float64Array {
  return Float64Array.from({ length: times.length }, (_, row) => {
    const { seconds, quarterNanoseconds } = times.timeAt(row);
    return secondsSinceReference(seconds, quarterNanoseconds);
  });
}

/** Date and time in UTC-like text of seconds since the reference, in TT: `2030-01-01T00:00:37.184`. */
export function dateInTt(seconds: number): string {
  const unix = seconds + REFERENCE_TAI + 32.184;
  return new Date(Math.round(unix * 1000)).toISOString().slice(0, -1);
}

/** Events of an observation. Angles in deg. */
export interface Dl3Events {
  readonly eventId: BigInt64Array;
  /** Seconds since the reference. */
  readonly time: Float64Array;
  readonly ra: Float64Array;
  readonly dec: Float64Array;
  /** TeV. */
  readonly energy: Float64Array;
  readonly gammaness: Float64Array;
  readonly multiplicity: Int16Array;
  readonly alt: Float64Array;
  readonly az: Float64Array;
}

/** Event list of the format GADF, sorted by time. */
export function eventTable(events: Dl3Events): Table {
  const deg = (values: Float64Array) => ({ values, unit: 'deg' });
  const table = Table.of({
    EVENT_ID: events.eventId,
    TIME: { values: events.time, unit: 's' },
    RA: deg(events.ra),
    DEC: deg(events.dec),
    ENERGY: { values: events.energy, unit: 'TeV' },
    MULTIP: events.multiplicity,
    GAMMANESS: events.gammaness,
    ALT: deg(events.alt),
    AZ: deg(events.az),
  });
  return isSorted(events.time) ? table : table.sortBy('TIME', 'EVENT_ID');
}

/** Whether each time is later than the one before, as in most files. */
function isSorted(times: Float64Array): boolean {
  for (let i = 1; i < times.length; i++) if (!(times[i] > times[i - 1])) return false;
  return true;
}

/** Table of good time intervals with one interval. */
export function gtiTable(start: number, stop: number): Table {
  return new Table([
    columnFrom('START', { values: Float64Array.of(start), unit: 's' }),
    columnFrom('STOP', { values: Float64Array.of(stop), unit: 's' }),
  ]);
}

/** Table of the pointing at several times. */
export function pointingTable({ time, ra, dec, alt, az }: ObservationPointing['track']): Table {
  const angles = Object.entries({ RA_PNT: ra, DEC_PNT: dec, ALT_PNT: alt, AZ_PNT: az }).map(([name, values]) =>
    columnFrom(name, { values, unit: 'deg' }),
  );
  return new Table([columnFrom('TIME', { values: time, unit: 's' }), ...angles]);
}

/** Keywords without undefined values. */
export function keywords(values: Readonly<Record<string, MetaValue | undefined>>): TableMeta {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as TableMeta;
}
