import type { Metres, Radians } from '../units.js';

/**
 * The focal plane: with the telescope parked at the northern horizon and then pointed to the zenith, x points north and y west.
 */
export interface CameraFrame {
  readonly name: 'CameraFrame';
  /** Converts metres in the focal plane into angles on the sky; the effective one corrects for the mean coma aberration. */
  readonly focalLength: Metres;
  /** Rotation of the camera against this definition; 0 after derotation. */
  readonly rotation: Radians;
}

/**
 * The sky around a telescope's pointing: fov_lon runs along azimuth, fov_lat along altitude, independent of the optics.
 */
export interface TelescopeFrame {
  readonly name: 'TelescopeFrame';
}

/** A place in the focal plane. */
export interface CameraPoint {
  readonly x: Metres;
  readonly y: Metres;
}

/** A direction relative to the telescope's pointing, longitude within [-pi, pi). */
export interface TelescopePoint {
  readonly fovLon: Radians;
  readonly fovLat: Radians;
}

/** The only telescope frame there is: it has no parameters of its own. */
export const TELESCOPE_FRAME: TelescopeFrame = Object.freeze({ name: 'TelescopeFrame' });

/**
 * A camera frame of a focal length.
 *
 * @throws RangeError when the focal length is not positive and finite, since no angle can then be computed
 */
export function cameraFrame(focalLength: Metres, rotation: Radians = 0): CameraFrame {
  if (!(focalLength > 0 && focalLength < Infinity)) {
    throw new RangeError(`the focal length of a camera frame is positive and finite, not ${focalLength} m`);
  }
  return Object.freeze({ name: 'CameraFrame', focalLength, rotation });
}

/**
 * From the focal plane to the sky, with the equidistant mapping: angle = distance / focal length.
 *
 * Source: ctapipe 0.32 `camera_to_telescope`.
 */
export function cameraToTelescope(point: CameraPoint, frame: CameraFrame): TelescopePoint {
  const cos = Math.cos(frame.rotation);
  const sin = Math.sin(frame.rotation);
  return {
    fovLon: (point.x * sin + point.y * cos) / frame.focalLength,
    fovLat: (point.x * cos - point.y * sin) / frame.focalLength,
  };
}

/** The inverse of {@link cameraToTelescope}. Source: ctapipe 0.32 `telescope_to_camera`. */
export function telescopeToCamera(point: TelescopePoint, frame: CameraFrame): CameraPoint {
  const cos = Math.cos(frame.rotation);
  const sin = Math.sin(frame.rotation);
  return {
    x: (point.fovLat * cos + point.fovLon * sin) * frame.focalLength,
    y: (point.fovLon * cos - point.fovLat * sin) * frame.focalLength,
  };
}

/** {@link cameraToTelescope} for all pixels of a camera; the arguments stay untouched. */
export function pixelsToTelescope(
  x: Float64Array,
  y: Float64Array,
  frame: CameraFrame,
): { fovLon: Float64Array; fovLat: Float64Array } {
  const cos = Math.cos(frame.rotation);
  const sin = Math.sin(frame.rotation);
  const fovLon = new Float64Array(x.length);
  const fovLat = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    fovLon[i] = (x[i] * sin + y[i] * cos) / frame.focalLength;
    fovLat[i] = (x[i] * cos - y[i] * sin) / frame.focalLength;
  }
  return { fovLon, fovLat };
}

/**
 * The axes of MAGIC and FACT: standing at the dish and looking at the camera, x points right and y up (one mirror); seen
 * from behind with two. Source: ctapipe 0.32 `camera_to_engineering`.
 */
export function cameraToEngineering(point: CameraPoint, nMirrors: 1 | 2 = 1): CameraPoint {
  return nMirrors === 1 ? { x: -point.y, y: -point.x } : { x: point.y, y: -point.x };
}

/** The inverse of {@link cameraToEngineering}. */
export function engineeringToCamera(point: CameraPoint, nMirrors: 1 | 2 = 1): CameraPoint {
  return nMirrors === 1 ? { x: -point.y, y: -point.x } : { x: -point.y, y: point.x };
}
