import type { Radians } from '../units.js';
import { wrapAtPi, wrapAtTwoPi, type AltAz } from './alt-az.js';
import type { TelescopePoint } from './camera-frame.js';

/** A direction relative to a common pointing of the array, longitude within [-pi, pi). */
export interface NominalPoint {
  readonly fovLon: Radians;
  readonly fovLat: Radians;
}

/**
 * A direction in the sky as seen from a telescope's pointing.
 *
 * The sky is turned until the pointing lies at longitude and latitude 0; longitude runs along azimuth and latitude along
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

/** The inverse of {@link altAzToTelescope}; azimuth within [0, 2 pi). */
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

/** A direction relative to the array's pointing. Source: ctapipe 0.32 `NominalFrame`. */
export function altAzToNominal(direction: AltAz, origin: AltAz): NominalPoint {
  return altAzToTelescope(direction, origin);
}

/** The inverse of {@link altAzToNominal}. */
export function nominalToAltAz(point: NominalPoint, origin: AltAz): AltAz {
  return telescopeToAltAz(point, origin);
}
