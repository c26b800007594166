import { power } from '../numeric/index.js';
import type { Metres, Radians } from '../units.js';
import type { GroundPoint } from './ground-frames.js';

/** Longitude (east positive), latitude, and height above the WGS84 ellipsoid. */
export interface GeodeticLocation {
  readonly lon: Radians;
  readonly lat: Radians;
  readonly height: Metres;
}

/** Earth-centred, Earth-fixed coordinates (ITRS). */
export interface ItrsLocation {
  readonly x: Metres;
  readonly y: Metres;
  readonly z: Metres;
}

/** Equatorial radius and flattening of WGS84. Source: NIMA TR8350.2. */
const EQUATORIAL_RADIUS: Metres = 6378137;
const FLATTENING = 1 / 298.257223563;
const ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);

/**
 * Converts geodetic coordinates into a position on Earth, exact to rounding.
 *
 * The order of operations is that of ERFA's `eraGd2gce`, so that rounding agrees with astropy's.
 */
export function geodeticToItrs({ lon, lat, height }: GeodeticLocation): ItrsLocation {
  const sinLat = Math.sin(lat);
  const cosLat = Math.cos(lat);
  const axisRatioSquared = (1 - FLATTENING) * (1 - FLATTENING);
  const primeVertical = EQUATORIAL_RADIUS / Math.sqrt(cosLat * cosLat + axisRatioSquared * sinLat * sinLat);
  const fromAxis = (primeVertical + height) * cosLat;
  return {
    x: fromAxis * Math.cos(lon),
    y: fromAxis * Math.sin(lon),
    z: (axisRatioSquared * primeVertical + height) * sinLat,
  };
}

/**
 * Converts a position on Earth into geodetic coordinates: the inverse of {@link geodeticToItrs}, to some nanometres
 * from the sea floor to satellite orbits.
 *
 * Source: B.R. Bowring, Survey Review 23 (1976) 323, iterated on the reduced latitude.
 */
export function itrsToGeodetic({ x, y, z }: ItrsLocation): GeodeticLocation {
  const polarRadius = EQUATORIAL_RADIUS * (1 - FLATTENING);
  const fromAxis = Math.hypot(x, y);
  let reducedLat = Math.atan2(z, fromAxis * (1 - FLATTENING));
  let lat = 0;
  // Near the ground each iteration reduces the error by a factor of some 1e-5; three reach rounding.
  for (let round = 0; round < 3; round++) {
    const sin = Math.sin(reducedLat);
    const cos = Math.cos(reducedLat);
    lat = Math.atan2(
      z + (ECCENTRICITY_SQUARED / (1 - ECCENTRICITY_SQUARED)) * polarRadius * power(sin, 3),
      fromAxis - ECCENTRICITY_SQUARED * EQUATORIAL_RADIUS * power(cos, 3),
    );
    reducedLat = Math.atan2((1 - FLATTENING) * Math.sin(lat), Math.cos(lat));
  }
  const sinLat = Math.sin(lat);
  const height =
    fromAxis * Math.cos(lat) + z * sinLat - EQUATORIAL_RADIUS * Math.sqrt(1 - ECCENTRICITY_SQUARED * sinLat * sinLat);
  return { lon: Math.atan2(y, x), lat, height };
}

/**
 * Converts a ground position, relative to a reference location, into a position on Earth. Source: ctapipe 0.32
 * `GroundFrame.to_earth_location`.
 */
export function groundToItrs({ x, y, z }: GroundPoint, reference: GeodeticLocation): ItrsLocation {
  const origin = geodeticToItrs(reference);
  const { cosLon, sinLon, cosLat, sinLat } = orientation(reference);
  const outward = z * cosLat - x * sinLat;
  return {
    x: origin.x + outward * cosLon + y * sinLon,
    y: origin.y + outward * sinLon - y * cosLon,
    z: origin.z + z * sinLat + x * cosLat,
  };
}

/** Inverse of {@link groundToItrs}. Source: ctapipe 0.32 `GroundFrame.from_earth_location`. */
export function itrsToGround(location: ItrsLocation, reference: GeodeticLocation): GroundPoint {
  const origin = geodeticToItrs(reference);
  const { cosLon, sinLon, cosLat, sinLat } = orientation(reference);
  const x = location.x - origin.x;
  const y = location.y - origin.y;
  const z = location.z - origin.z;
  const outward = x * cosLon + y * sinLon;
  return { x: z * cosLat - outward * sinLat, y: x * sinLon - y * cosLon, z: outward * cosLat + z * sinLat };
}

function orientation({ lon, lat }: GeodeticLocation): Record<'cosLon' | 'sinLon' | 'cosLat' | 'sinLat', number> {
  return { cosLon: Math.cos(lon), sinLon: Math.sin(lon), cosLat: Math.cos(lat), sinLat: Math.sin(lat) };
}
