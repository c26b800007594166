import type { Radians } from '../units.js';
import { wrapAtPi, wrapAtTwoPi, type AltAz } from './alt-az.js';
import type { TelescopePoint } from './camera-frame.js';

/** Direction relative to a common pointing of the array; longitude in [-pi, pi). */
export interface NominalPoint {
  readonly fovLon: Radians;
  readonly fovLat: Radians;
}

/**
 * Converts a direction on the sky into the frame of a telescope's pointing.
 *
 * Rotates the sky so that the pointing is at longitude and latitude 0; longitude increases with azimuth, latitude with
 * altitude. Source: ctapipe 0.32 `TelescopeFrame`, astropy's `SkyOffsetFrame`.
 */
export function altAzToTelescope({ alt, az }: AltAz, pointing: AltAz): TelescopePoint {
  const cosAlt = Math.cos(alt);
  const sinAlt = Math.sin(alt);
  const cosPointing = Math.cos(pointing.alt);
  const sinPointing = Math.sin(pointing.alt);
  const forward = cosAlt * Math.cos(az - pointing.az);
  const x = forward * cosPointing + sinAlt * sinPointing;
  const y = cosAlt * Math.sin(az - pointing.az);
  const z = sinAlt * cosPointing - forward * sinPointing;
  return { fovLon: wrapAtPi(Math.atan2(y, x)), fovLat: Math.atan2(z, Math.sqrt(x * x + y * y)) };
}

/**
 * Converts a direction relative to a telescope's pointing into one on the sky: the inverse of {@link altAzToTelescope}.
 * Azimuth is in [0, 2 pi).
 *
 * @example
 * ```ts
 * import { cameraFrame, cameraToTelescope, degrees, radians, telescopeToAltAz } from '@cherenkit/kernels';
 *
 * const pixel = { x: 0.3, y: -0.1 }; // m, in the focal plane
 * const pointing = { alt: radians(70), az: radians(180) };
 * const direction = telescopeToAltAz(cameraToTelescope(pixel, cameraFrame(28)), pointing);
 * console.log(degrees(direction.alt), degrees(direction.az));
 * ```
 */
export function telescopeToAltAz({ fovLon, fovLat }: TelescopePoint, pointing: AltAz): AltAz {
  const cosLat = Math.cos(fovLat);
  const sinLat = Math.sin(fovLat);
  const cosPointing = Math.cos(pointing.alt);
  const sinPointing = Math.sin(pointing.alt);
  const forward = cosLat * Math.cos(fovLon);
  const x = forward * cosPointing - sinLat * sinPointing;
  const y = cosLat * Math.sin(fovLon);
  const z = forward * sinPointing + sinLat * cosPointing;
  return { alt: Math.atan2(z, Math.sqrt(x * x + y * y)), az: wrapAtTwoPi(Math.atan2(y, x) + pointing.az) };
}

/** Converts a direction on the sky into one relative to the array's pointing. Source: ctapipe 0.32 `NominalFrame`. */
export function altAzToNominal(direction: AltAz, origin: AltAz): NominalPoint {
  return altAzToTelescope(direction, origin);
}

/** Inverse of {@link altAzToNominal}. */
export function nominalToAltAz(point: NominalPoint, origin: AltAz): AltAz {
  return telescopeToAltAz(point, origin);
}
