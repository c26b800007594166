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
/** Column density of matter above a height or along a path, g/cm2. */
export type Grammage = number;

const RADIANS_PER_DEGREE = Math.PI / 180;

/** Converts an angle to degrees, for display; all stored angles are in radians. */
export function degrees(angle: Radians): number {
  return angle / RADIANS_PER_DEGREE;
}

/** Converts an angle from degrees to radians. */
export function radians(angleInDegrees: number): Radians {
  return angleInDegrees * RADIANS_PER_DEGREE;
}
