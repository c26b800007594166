import { CherenkitError, CoordinateFrameType, ExitCode } from '@cherenkit/core';
import {
  altAzToEquatorial,
  angularSeparation,
  degrees,
  equatorialToAltAz,
  type AltAz,
  type Equatorial,
  type GeodeticLocation,
} from '@cherenkit/kernels';
import { unsupportedDl2 } from '../irf-error.js';
import { dateInTt } from './gadf-events.js';
import { directionAt, meanDirection, type MeasuredPointing } from './measured-pointing.js';

/** Largest angle by which the pointing of an observation may move in the sky, rad: far below the field of view. */
const TOLERANCE = (0.1 * Math.PI) / 180;

/** Largest angle between the pointings of an observation block in several files, rad: more than the rounding of float32. */
const BLOCK_TOLERANCE = (1e-3 * Math.PI) / 180;

/** Frame of the pointing of an observation block, `CoordinateFrameType`, and whether the telescopes stand still. */
export interface BlockKind {
  readonly frame: number;
  readonly isDrift: boolean;
}

/** Pointing of an observation block, as its table has it. */
export interface BlockPointing extends BlockKind {
  /** Longitude and latitude in the frame, rad. */
  readonly lon: number;
  readonly lat: number;
  /** Largest angle between these and those of other events of the block, rad: files may differ. */
  readonly spread: number;
}

/** What the pointing of an observation is computed from. */
export interface PointingInput {
  readonly obsId: number;
  readonly block: BlockPointing;
  readonly measured: MeasuredPointing | undefined;
  readonly site: GeodeticLocation;
  /** Place of the pointing of simulated events in the sky, rad; undefined for observed events. */
  readonly origin: Equatorial | undefined;
}

/** Seconds since the reference of DL3 files. */
export interface Interval {
  readonly start: number;
  readonly stop: number;
}

/** Pointing at a time, rad. */
interface PointingRow {
  readonly time: number;
  readonly horizontal: AltAz;
  readonly sky: Equatorial;
}

/** Pointing of an observation. Angles in deg. */
export interface ObservationPointing {
  /** OBS_MODE: whether the pointing is a place in the sky, or one above the horizon. */
  readonly mode: 'POINTING' | 'DRIFT';
  readonly ra: number;
  readonly dec: number;
  readonly alt: number;
  readonly az: number;
  /** Largest angle by which the place in the sky moves. */
  readonly movement: number;
  /** Largest angle between a telescope and the pointing of the array. */
  readonly divergence: number;
  /** Whether the telescopes measured the pointing. */
  readonly isMeasured: boolean;
  /** Whether the telescopes stood still, as the observation block has it. */
  readonly isDrift: boolean;
  /** Rows of the table POINTING. */
  readonly track: Readonly<Record<'time' | 'ra' | 'dec' | 'alt' | 'az', Float64Array>>;
}

/**
 * Computes the pointing of an observation: that which the telescopes measured, or that of the observation block.
 *
 * @param events - from the first to the last event
 * @param interval - of the observation
 * @throws CherenkitError POINTING_OUT_OF_RANGE (65) for events outside of the measurements; DL2_UNSUPPORTED (65) for a pointing that
 *   moves both in the sky and above the horizon, and for other frames than ALTAZ and ICRS
 */
export function observationPointing(input: PointingInput, events: Interval, interval: Interval): ObservationPointing {
  const rows = pointingRows(input, events, interval);
  const { start, stop } = interval;
  const middle = rows[Math.floor(rows.length / 2)];
  const sky = meanDirection(rows.map(({ sky: { ra, dec } }) => ({ az: ra, alt: dec })));
  const movement = Math.max(...rows.map((row) => angularSeparation(row.sky.ra, row.sky.dec, sky.az, sky.alt)));
  const horizontalMovement = Math.max(
    ...rows.map(({ horizontal: { alt, az } }) =>
      angularSeparation(az, alt, middle.horizontal.az, middle.horizontal.alt),
    ),
  );
  const isFixed = horizontalMovement < TOLERANCE;
  if (movement > TOLERANCE && !isFixed) {
    throw unsupportedDl2(
      `Observation ${input.obsId}: the pointing moves by ${degrees(movement).toFixed(2)} deg in the sky between ${dateInTt(start)} and ${dateInTt(stop)} TT, expected at most ${degrees(TOLERANCE)} deg: an event list has one pointing. Make an observation block of each pointing.`,
    );
  }
  const isDrift = input.origin === undefined && isFixed && (input.block.isDrift || movement > TOLERANCE);
  const inDegrees = (value: (row: PointingRow) => number): Float64Array =>
    Float64Array.from(rows, (row) => degrees(value(row)));
  return {
    mode: isDrift ? 'DRIFT' : 'POINTING',
    ra: degrees(sky.az),
    dec: degrees(sky.alt),
    alt: degrees(middle.horizontal.alt),
    az: degrees(middle.horizontal.az),
    movement: degrees(movement),
    divergence: degrees(input.measured?.divergence ?? 0),
    isMeasured: input.measured !== undefined,
    isDrift: input.block.isDrift,
    track: {
      time: Float64Array.from(rows, ({ time }) => time),
      ra: inDegrees((row) => row.sky.ra),
      dec: inDegrees((row) => row.sky.dec),
      alt: inDegrees((row) => row.horizontal.alt),
      az: inDegrees((row) => row.horizontal.az),
    },
  };
}

function pointingRows(input: PointingInput, events: Interval, { start, stop }: Interval): PointingRow[] {
  const { block, measured, site, origin } = input;
  const times = [start, 0.5 * (start + stop), stop];
  if (measured !== undefined && origin === undefined) {
    const measurements = measuredWithin(measured, input.obsId, events, { start, stop });
    return measurements.map(({ time, horizontal }) => ({
      time,
      horizontal,
      sky: altAzToEquatorial(horizontal, time, site),
    }));
  }
  if (block.spread > BLOCK_TOLERANCE) {
    throw unsupportedDl2(
      `Observation ${input.obsId}: the pointing of the observation block differs by ${degrees(block.spread).toPrecision(3)} deg between its events, expected one pointing. Give files of one pointing, or files with measured pointings of the telescopes.`,
    );
  }
  if (origin !== undefined) {
    return times.map((time) => ({ time, horizontal: { alt: block.lat, az: block.lon }, sky: origin }));
  }
  if (block.frame === CoordinateFrameType.GALACTIC) {
    throw unsupportedDl2(
      `Observation ${input.obsId}: the pointing is given in galactic coordinates, expected ALTAZ or ICRS. Give a file with measured pointings of the telescopes.`,
    );
  }
  return times.map((time) => {
    if (block.frame === CoordinateFrameType.ICRS) {
      const sky = { ra: block.lon, dec: block.lat };
      return { time, horizontal: equatorialToAltAz(sky, time, site), sky };
    }
    const horizontal = { alt: block.lat, az: block.lon };
    return { time, horizontal, sky: altAzToEquatorial(horizontal, time, site) };
  });
}

/** Measurements within an observation, and those interpolated at its limits as far as there are measurements around them. */
function measuredWithin(
  measured: MeasuredPointing,
  obsId: number,
  events: Interval,
  { start, stop }: Interval,
): { readonly time: number; readonly horizontal: AltAz }[] {
  const { times, directions } = measured;
  for (const time of [events.start, events.stop]) {
    if (directionAt(measured, time) !== undefined) continue;
    const [first, last] = [times[0], times[times.length - 1]].map(dateInTt);
    const message = `Observation ${obsId}: there is an event at ${dateInTt(time)} TT, but the telescopes measured their pointing from ${first} to ${last}. Add the missing measurements, or leave the events out.`;
    throw new CherenkitError('POINTING_OUT_OF_RANGE', ExitCode.BAD_INPUT, message);
  }
  const inside = Array.from(times, (time, i) => ({ time, horizontal: directions[i] })).filter(
    ({ time }) => time > start && time < stop,
  );
  const atLimit = (time: number): { readonly time: number; readonly horizontal: AltAz }[] => {
    const horizontal = directionAt(measured, time);
    return horizontal === undefined ? [] : [{ time, horizontal }];
  };
  return [...atLimit(start), ...inside, ...atLimit(stop)];
}
