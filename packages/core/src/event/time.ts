/** A point in time, as TAI since 1970-01-01T00:00:00 TAI. */
export interface Time {
  /** Whole seconds. */
  readonly seconds: number;
  /** 0 to 3 999 999 999. */
  readonly quarterNanoseconds: number;
}

/** Stands for a time that is not known. */
export const NAN_TIME: Time = { seconds: 0, quarterNanoseconds: 0 };
