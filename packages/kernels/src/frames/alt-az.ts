import type { Radians } from '../units.js';

/** Direction in the horizontal frame: altitude above the horizon, azimuth from north through east. */
export interface AltAz {
  readonly alt: Radians;
  readonly az: Radians;
}

/** Vector in space. Directions are in the axes of the ground frame: x north, y west, z up. */
export interface Vector3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/**
 * Unit vector towards a direction, in the right-handed axes of the ground frame. Source: ctapipe 0.32
 * `altaz_to_righthanded_cartesian`.
 */
export function altAzToCartesian({ alt, az }: AltAz): Vector3 {
  const cosAlt = Math.cos(alt);
  return { x: cosAlt * Math.cos(az), y: -cosAlt * Math.sin(az), z: Math.sin(alt) };
}

/** Direction of a vector of any length; azimuth in [0, 2 pi). */
export function cartesianToAltAz({ x, y, z }: Vector3): AltAz {
  return { alt: Math.atan2(z, Math.sqrt(x * x + y * y)), az: wrapAtTwoPi(Math.atan2(-y, x)) };
}

/**
 * Angle between two directions given by longitude and latitude; accurate at all separations, unlike the cosine rule.
 *
 * Source: T. Vincenty, Survey Review 23 (1975) 88, as in astropy `angular_separation`.
 */
export function angularSeparation(lon1: Radians, lat1: Radians, lon2: Radians, lat2: Radians): Radians {
  const sinDifference = Math.sin(lon2 - lon1);
  const cosDifference = Math.cos(lon2 - lon1);
  const sin1 = Math.sin(lat1);
  const cos1 = Math.cos(lat1);
  const sin2 = Math.sin(lat2);
  const cos2 = Math.cos(lat2);
  const across = cos2 * sinDifference;
  const along = cos1 * sin2 - sin1 * cos2 * cosDifference;
  return Math.atan2(Math.sqrt(across * across + along * along), sin1 * sin2 + cos1 * cos2 * cosDifference);
}

/**
 * Position angle of a second direction seen from a first one, both given by longitude and latitude: from north through growing
 * longitude, in [0, 2 pi). Source: astropy `position_angle`.
 */
export function positionAngle(lon1: Radians, lat1: Radians, lon2: Radians, lat2: Radians): Radians {
  const cos2 = Math.cos(lat2);
  const north = Math.sin(lat2) * Math.cos(lat1) - cos2 * Math.sin(lat1) * Math.cos(lon2 - lon1);
  return wrapAtTwoPi(Math.atan2(Math.sin(lon2 - lon1) * cos2, north));
}

/** Wraps an angle into [0, 2 pi). */
export function wrapAtTwoPi(angle: Radians): Radians {
  const wrapped = angle - Math.floor(angle / (2 * Math.PI)) * 2 * Math.PI;
  // Near a full turn, rounding may leave the interval on either side.
  return wrapped < 0 || wrapped >= 2 * Math.PI ? 0 : wrapped;
}

/** Wraps an angle into [-pi, pi). */
export function wrapAtPi(angle: Radians): Radians {
  return angle >= -Math.PI && angle < Math.PI ? angle : wrapAtTwoPi(angle + Math.PI) - Math.PI;
}
