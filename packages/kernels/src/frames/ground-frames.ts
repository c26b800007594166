import type { Metres } from '../units.js';
import type { AltAz } from './alt-az.js';

/** A place relative to the reference location of the array: x north, y west, z up. */
export interface GroundPoint {
  readonly x: Metres;
  readonly y: Metres;
  readonly z: Metres;
}

/** A place in axes that are turned with a pointing: z along it, x and y in the plane across it; y is horizontal. */
export interface TiltedGroundPoint {
  readonly x: Metres;
  readonly y: Metres;
  readonly z: Metres;
}

/** A place in the axes of maps. */
export interface EastingNorthingPoint {
  readonly easting: Metres;
  readonly northing: Metres;
  readonly height: Metres;
}

/** Turn the axes until z is along the pointing. Source: ctapipe 0.32 `ground_to_tilted`. */
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

/** The inverse of {@link groundToTilted}. Source: ctapipe 0.32 `tilted_to_ground`. */
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
 * Where the line through a tilted point along the pointing meets the ground, z = 0.
 *
 * It does not for a pointing at the horizon: x or y are then not finite. Source: ctapipe 0.32 `project_to_ground`.
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

/** Source: ctapipe 0.32 `EastingNorthingFrame`. */
export function groundToEastingNorthing({ x, y, z }: GroundPoint): EastingNorthingPoint {
  return { easting: -y, northing: x, height: z };
}

/** The inverse of {@link groundToEastingNorthing}. */
export function eastingNorthingToGround({ easting, northing, height }: EastingNorthingPoint): GroundPoint {
  return { x: northing, y: -easting, z: height };
}
