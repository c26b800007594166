import type { Nanoseconds } from '@cherenkit/kernels';
import { isNanTime, NAN_TIME, type Time } from '@cherenkit/tables';
import { LEAP_SECONDS } from './leap-seconds.js';

export { isNanTime, NAN_TIME, toMjdTai, type Time } from '@cherenkit/tables';

const QUARTERS_PER_SECOND = 4e9;
const MAX_SECONDS = 2 ** 32 - 1;

/**
 * Until 1972 a second of UTC was longer than one of TAI by 30 ns, and UTC was this far behind in 1970
 * (4.21317 s at MJD 39126 and 2.592 ms more each day, from the tables of the U.S. Naval Observatory that IERS keeps).
 */
const QUARTERS_BEHIND_IN_1970 = 32_000_328_000;
const QUARTERS_LOST_PER_SECOND = 120;

/**
 * The time of a clock that shows unix time, that is UTC without leap seconds, exact to a quarter nanosecond.
 *
 * Times before 1970 and after the range become its ends, as in ctapipe 0.32 `time_to_ctao_high_res`. On the 27 days
 * that ended with a leap second astropy, and ctapipe with it, is up to a second off; this is not.
 *
 * @param seconds - whole ones
 * @param nanoseconds - any number, also a negative one or more than a second
 */
export function timeFromUnix(seconds: number, nanoseconds: Nanoseconds = 0): Time {
  const carry = Math.floor(nanoseconds / 1e9);
  const unix = seconds + carry;
  const quarters = Math.round((nanoseconds - carry * 1e9) * 4);
  const step = LEAP_SECONDS.find(({ start }) => start <= unix);
  if (step) return normalizedTime(unix + step.offset, quarters);
  const lost = QUARTERS_LOST_PER_SECOND * (unix + quarters / QUARTERS_PER_SECOND);
  return normalizedTime(unix, quarters + Math.round(QUARTERS_BEHIND_IN_1970 + lost));
}

/** A time that is later, or for a negative duration earlier; rounded to a quarter nanosecond. */
export function addDuration(time: Time, duration: Nanoseconds): Time {
  return normalizedTime(time.seconds, time.quarterNanoseconds + Math.round(duration * 4));
}

/** How much later `end` is than `start`. */
export function durationBetween(start: Time, end: Time): Nanoseconds {
  return (end.seconds - start.seconds) * 1e9 + (end.quarterNanoseconds - start.quarterNanoseconds) / 4;
}

/**
 * Date and time of day in UTC, such as `2016-12-31T23:59:60.250000000Z`, leap seconds as :60; before 1972 to the
 * nearest microsecond.
 *
 * @param digits - of the fraction of a second; the rest is cut off
 */
export function toIsoUtc(time: Time, digits = 9): string {
  const { unix, fraction, isLeapSecond } = toUnix(time);
  const minute = new Date(unix * 1000).toISOString().slice(0, 'YYYY-MM-DDThh:mm:'.length);
  const second = isLeapSecond ? 60 : unix - Math.floor(unix / 60) * 60;
  // A quarter nanosecond has 11 digits.
  const decimals = String(fraction * 25)
    .padStart(11, '0')
    .padEnd(digits, '0')
    .slice(0, digits);
  return `${minute}${String(second).padStart(2, '0')}${digits > 0 ? `.${decimals}` : ''}Z`;
}

/**
 * The inverse of {@link timeFromUnix}, rounded to a nanosecond; a leap second has the unix time of the second before, and
 * what has none is at 1970.
 */
export function toUnixTime(time: Time): { readonly seconds: number; readonly nanoseconds: Nanoseconds } {
  if (isNanTime(time)) return { seconds: 0, nanoseconds: 0 };
  const { unix, fraction } = toUnix(time);
  const nanoseconds = Math.round(fraction / 4);
  return nanoseconds < 1e9 ? { seconds: unix, nanoseconds } : { seconds: unix + 1, nanoseconds: 0 };
}

/** Unix time in whole seconds and quarter nanoseconds; a leap second has that of the second before. */
function toUnix({ seconds, quarterNanoseconds }: Time): { unix: number; fraction: number; isLeapSecond: boolean } {
  const step = LEAP_SECONDS.find(({ start, offset }) => start + offset - 1 <= seconds);
  if (!step) {
    const tai = seconds + quarterNanoseconds / QUARTERS_PER_SECOND;
    const behind = QUARTERS_BEHIND_IN_1970 / QUARTERS_PER_SECOND;
    const microseconds = Math.round(((tai - behind) / (1 + QUARTERS_LOST_PER_SECOND / QUARTERS_PER_SECOND)) * 1e6);
    const unix = Math.floor(microseconds / 1e6);
    return { unix, fraction: (microseconds - unix * 1e6) * 4000, isLeapSecond: false };
  }
  const isLeapSecond = seconds < step.start + step.offset;
  return { unix: isLeapSecond ? step.start - 1 : seconds - step.offset, fraction: quarterNanoseconds, isLeapSecond };
}

/** @param quarters - any whole number; what is beyond a second is carried over */
function normalizedTime(seconds: number, quarters: number): Time {
  const carry = Math.floor(quarters / QUARTERS_PER_SECOND);
  const whole = seconds + carry;
  if (whole < 0) return NAN_TIME;
  const quarterNanoseconds = quarters - carry * QUARTERS_PER_SECOND;
  return whole > MAX_SECONDS ? { seconds: MAX_SECONDS, quarterNanoseconds: 0 } : { seconds: whole, quarterNanoseconds };
}
