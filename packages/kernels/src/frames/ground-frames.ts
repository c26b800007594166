import type { Metres } from '../units.js';
import type { AltAz } from './alt-az.js';

/** Position in the ground frame, relative to the reference location of the array: x north, y west, z up. */
export interface GroundPoint {
  readonly x: Metres;
  readonly y: Metres;
  readonly z: Metres;
}

/**
 * Position in the tilted ground frame: z along the pointing, x and y in the plane perpendicular to it, y horizontal.
 */
export interface TiltedGroundPoint {
  readonly x: Metres;
  readonly y: Metres;
  readonly z: Metres;
}

/** Position in the axes of maps. */
export interface EastingNorthingPoint {
  readonly easting: Metres;
  readonly northing: Metres;
  readonly height: Metres;
}

/**
 * Rotates a position into the tilted ground frame of a pointing. Source: ctapipe 0.32 `ground_to_tilted`.
 *
 * @example
 * ```ts
 * import { groundToTilted, radians } from '@cherenkit/kernels';
 *
 * const telescope = { x: 100, y: -50, z: 12 }; // m: 100 m north and 50 m east of the array centre
 * console.log(groundToTilted(telescope, { alt: radians(70), az: radians(180) }));
 * ```
 */
export function groundToTilted({ x, y, z }: GroundPoint, { alt, az }: AltAz): TiltedGroundPoint {
  const cosZenith = Math.sin(alt);
  const sinZenith = Math.cos(alt);
  const cosAz = Math.cos(az);
  const sinAz = Math.sin(az);
  const towards = x * cosAz - y * sinAz;
  return {
    x: cosZenith * towards - sinZenith * z,
    y: x * sinAz + y * cosAz,
    z: sinZenith * towards + cosZenith * z,
  };
}

/**
 * Rotates a position from the tilted into the ground frame: the inverse of {@link groundToTilted}. Source: ctapipe 0.32
 * `tilted_to_ground`.
 */
export function tiltedToGround({ x, y, z }: TiltedGroundPoint, { alt, az }: AltAz): GroundPoint {
  const cosZenith = Math.sin(alt);
  const sinZenith = Math.cos(alt);
  const cosAz = Math.cos(az);
  const sinAz = Math.sin(az);
  const towards = cosZenith * x + sinZenith * z;
  return {
    x: towards * cosAz + y * sinAz,
    y: -towards * sinAz + y * cosAz,
    z: -sinZenith * x + cosZenith * z,
  };
}

/**
 * Projects a tilted position along the pointing onto the ground plane, z = 0.
 *
 * For a pointing at the horizon, x or y is not finite. Source: ctapipe 0.32 `project_to_ground`.
 */
export function projectToGround(point: TiltedGroundPoint, pointing: AltAz): GroundPoint {
  const { x, y, z } = tiltedToGround(point, pointing);
  const cosZenith = Math.sin(pointing.alt);
  const sinZenith = Math.cos(pointing.alt);
  return {
    x: x - (sinZenith * Math.cos(pointing.az) * z) / cosZenith,
    y: y + (sinZenith * Math.sin(pointing.az) * z) / cosZenith,
    z: 0,
  };
}

/** Converts a ground position into map axes. Source: ctapipe 0.32 `EastingNorthingFrame`. */
export function groundToEastingNorthing({ x, y, z }: GroundPoint): EastingNorthingPoint {
  return { easting: -y, northing: x, height: z };
}

/** Inverse of {@link groundToEastingNorthing}. */
export function eastingNorthingToGround({ easting, northing, height }: EastingNorthingPoint): GroundPoint {
  return { x: northing, y: -easting, z: height };
}
