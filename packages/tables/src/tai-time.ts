/** Time in TAI since 1970-01-01T00:00:00 TAI, in ctapipe's format `ctao_high_res`. */
export interface Time {
  /** Whole seconds, 0 to 2^32 - 1 (the year 2106). */
  readonly seconds: number;
  /** 0 to 3 999 999 999. */
  readonly quarterNanoseconds: number;
}

/** Storage format of times: seconds and quarter nanoseconds (uint32[2]), or days (float64), both in TAI. */
export type TimeFormat = 'ctao_high_res' | 'mjd';

/** Sentinel for an unknown time. In ctapipe's files it is MJD 0, which the range of {@link Time} clips to zero. */
export const NAN_TIME: Time = { seconds: 0, quarterNanoseconds: 0 };

/** Quarter nanoseconds per second. */
export const QUARTERS_PER_SECOND = 4e9;
const SECONDS_PER_DAY = 86400;
const MJD_OF_1970 = 40587;

/** Whether a time is {@link NAN_TIME}; the first instant of 1970 is, too. */
export function isNanTime({ seconds, quarterNanoseconds }: Time): boolean {
  return seconds === 0 && quarterNanoseconds === 0;
}

/** Modified Julian date in TAI, days; 0 for {@link NAN_TIME}. */
export function toMjdTai(time: Time): number {
  if (isNanTime(time)) return 0;
  const days = Math.floor(time.seconds / SECONDS_PER_DAY);
  const rest = time.seconds - days * SECONDS_PER_DAY + time.quarterNanoseconds / QUARTERS_PER_SECOND;
  return MJD_OF_1970 + days + rest / SECONDS_PER_DAY;
}

/**
 * Converts a modified Julian date in TAI, with the microsecond resolution of float64 days; {@link NAN_TIME} before
 * 1970.
 */
export function fromMjdTai(mjd: number): Time {
  const days = Math.floor(mjd) - MJD_OF_1970;
  if (!(days >= 0)) return NAN_TIME;
  const rest = (mjd - Math.floor(mjd)) * SECONDS_PER_DAY;
  const quarters = Math.round((rest - Math.floor(rest)) * QUARTERS_PER_SECOND);
  const carry = quarters === QUARTERS_PER_SECOND ? 1 : 0;
  return {
    seconds: days * SECONDS_PER_DAY + Math.floor(rest) + carry,
    quarterNanoseconds: carry === 1 ? 0 : quarters,
  };
}

/**
 * Formats date and time of day in TAI, `2024-05-31T23:59:59.123456`: 37 seconds ahead of UTC since 2017. Empty for
 * {@link NAN_TIME}.
 */
export function taiText(time: Time): string {
  if (isNanTime(time)) return '';
  const microseconds = Math.floor(time.quarterNanoseconds / 4000);
  const date = new Date(time.seconds * 1000).toISOString().slice(0, 'YYYY-MM-DDThh:mm:ss'.length);
  return `${date}.${String(microseconds).padStart(6, '0')}`;
}
