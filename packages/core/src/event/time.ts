import type { Nanoseconds } from '@cherenkit/kernels';
import { isNanTime, NAN_TIME, type Time } from '@cherenkit/tables';
import { LEAP_SECONDS } from './leap-seconds.js';

export { isNanTime, NAN_TIME, toMjdTai, type Time } from '@cherenkit/tables';

const QUARTERS_PER_SECOND = 4e9;
const MAX_SECONDS = 2 ** 32 - 1;

/**
 * Offset and rate of UTC before 1972: a UTC second was 30 ns longer than a TAI second, and UTC was this far behind TAI in
 * 1970. Source: tables of the U.S. Naval Observatory kept by IERS (4.21317 s at MJD 39126, plus 2.592 ms per day).
 */
const QUARTERS_BEHIND_IN_1970 = 32_000_328_000;
const QUARTERS_LOST_PER_SECOND = 120;

/**
 * Converts unix time (UTC without leap seconds) to a time, with a resolution of a quarter nanosecond.
 *
 * Times before 1970 and after the end of the range are clipped, as in ctapipe 0.32 `time_to_ctao_high_res`. On the 27 days
 * that ended with a leap second, astropy and therefore ctapipe deviate by up to a second; this function does not.
 *
 * @param seconds - integer
 * @param nanoseconds - any number, including negative ones and more than a second
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

/** Adds a duration, which may be negative, to a time. The result is rounded to a quarter nanosecond. */
export function addDuration(time: Time, duration: Nanoseconds): Time {
  return normalizedTime(time.seconds, time.quarterNanoseconds + Math.round(duration * 4));
}

/** Returns the duration from `start` to `end`. */
export function durationBetween(start: Time, end: Time): Nanoseconds {
  return (end.seconds - start.seconds) * 1e9 + (end.quarterNanoseconds - start.quarterNanoseconds) / 4;
}

/** Compares two times, for `sort`: negative if `a` is before `b`. */
export function compareTimes(a: Time, b: Time): number {
  return a.seconds - b.seconds || a.quarterNanoseconds - b.quarterNanoseconds;
}

/**
 * Formats a time in UTC, such as `2016-12-31T23:59:60.250000000Z`. Leap seconds are :60. Times before 1972 are rounded to a
 * microsecond.
 *
 * @param digits - number of decimals of the second; further decimals are truncated
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
 * Converts a time to unix time, the inverse of {@link timeFromUnix}, rounded to a nanosecond. A leap second has the unix time of
 * the second before it; NaN times are 1970-01-01.
 */
export function toUnixTime(time: Time): { readonly seconds: number; readonly nanoseconds: Nanoseconds } {
  if (isNanTime(time)) return { seconds: 0, nanoseconds: 0 };
  const { unix, fraction } = toUnix(time);
  const nanoseconds = Math.round(fraction / 4);
  return nanoseconds < 1e9 ? { seconds: unix, nanoseconds } : { seconds: unix + 1, nanoseconds: 0 };
}

/** Converts a time to unix time in seconds and quarter nanoseconds; a leap second has that of the second before it. */
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

/**
 * Normalizes and clips a time.
 *
 * @param quarters - quarter nanoseconds, any integer; carried over to seconds
 */
function normalizedTime(seconds: number, quarters: number): Time {
  const carry = Math.floor(quarters / QUARTERS_PER_SECOND);
  const whole = seconds + carry;
  if (whole < 0) return NAN_TIME;
  const quarterNanoseconds = quarters - carry * QUARTERS_PER_SECOND;
  return whole > MAX_SECONDS ? { seconds: MAX_SECONDS, quarterNanoseconds: 0 } : { seconds: whole, quarterNanoseconds };
}
