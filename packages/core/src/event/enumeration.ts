import type { Enumeration } from '@cherenkit/tables';

export type { Enumeration };

/** Event types: kinds of triggers and of calibration events. Source: ctapipe 0.32 `EventType`. */
export const EventType = {
  FLATFIELD: 0,
  SINGLE_PE: 1,
  PEDESTAL: 2,
  DARK_PEDESTAL: 3,
  ELECTRONIC_PEDESTAL: 4,
  SKY_PEDESTAL: 5,
  OTHER_CALIBRATION: 15,
  MUON: 16,
  HARDWARE_STEREO: 17,
  RANDOM_MONO: 18,
  DAQ: 24,
  SUBARRAY: 32,
  LONG_EVENT: 33,
  UNKNOWN: 255,
} as const;
export type EventType = (typeof EventType)[keyof typeof EventType];

/** `EventType` as an enumeration for traits: `trait.member(EVENT_TYPE)`. */
export const EVENT_TYPE = { name: 'EventType', members: EventType } as const satisfies Enumeration;

/** Purpose of a scheduling block. Source: ctapipe 0.32 `SchedulingBlockType`. */
export const SchedulingBlockType = { UNKNOWN: -1, OBSERVATION: 0, CALIBRATION: 1, ENGINEERING: 2 } as const;
export type SchedulingBlockType = (typeof SchedulingBlockType)[keyof typeof SchedulingBlockType];

/** State of an observation block. Source: ctapipe 0.32 `ObservationBlockState`. */
export const ObservationBlockState = {
  UNKNOWN: -1,
  FAILED: 0,
  COMPLETED_SUCCEDED: 1,
  COMPLETED_CANCELED: 2,
  COMPLETED_TRUNCATED: 3,
  ARCHIVED: 4,
} as const;
export type ObservationBlockState = (typeof ObservationBlockState)[keyof typeof ObservationBlockState];

/** Pattern of the pointings around the target of an observation. Source: ctapipe 0.32 `ObservingMode`. */
export const ObservingMode = { UNKNOWN: -1, WOBBLE: 0, ON_OFF: 1, GRID: 2, CUSTOM: 3 } as const;
export type ObservingMode = (typeof ObservingMode)[keyof typeof ObservingMode];

/** Motion of the telescopes: tracking a sky position or fixed (drift). Source: ctapipe 0.32 `PointingMode`. */
export const PointingMode = { UNKNOWN: -1, TRACK: 0, DRIFT: 1 } as const;
export type PointingMode = (typeof PointingMode)[keyof typeof PointingMode];

/** Coordinate frame of a pointing. Source: ctapipe 0.32 `CoordinateFrameType`. */
export const CoordinateFrameType = { UNKNOWN: -1, ALTAZ: 0, ICRS: 1, GALACTIC: 2 } as const;
export type CoordinateFrameType = (typeof CoordinateFrameType)[keyof typeof CoordinateFrameType];

/** Returns the name of a member, `SUBARRAY` for 32; the number as text if there is no such member. */
export function memberName(members: Readonly<Record<string, number>>, value: number): string {
  return Object.entries(members).find(([, number]) => number === value)?.[0] ?? String(value);
}
