/** Angle in radians. */
export type Radians = number;
/** Length in metres. */
export type Metres = number;
/** Area in square metres. */
export type SquareMetres = number;
/** Duration in nanoseconds. */
export type Nanoseconds = number;
/** Sampling rate in samples per nanosecond. */
export type Gigahertz = number;
/** Energy in TeV. */
export type TeV = number;
/** Charge in photo-electrons. */
export type PhotoElectrons = number;
/** Amount of matter above or along a path, g/cm2. */
export type Grammage = number;

const RADIANS_PER_DEGREE = Math.PI / 180;

/** An angle in degrees, for people; nothing is stored in degrees. */
export function degrees(angle: Radians): number {
  return angle / RADIANS_PER_DEGREE;
}

/** An angle in radians from one in degrees. */
export function radians(angleInDegrees: number): Radians {
  return angleInDegrees * RADIANS_PER_DEGREE;
}
