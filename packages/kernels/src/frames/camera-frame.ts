import type { Metres, Radians } from '../units.js';

/**
 * Frame of the focal plane. With the telescope parked at the northern horizon and then moved to the zenith, x points
 * north and y west.
 */
export interface CameraFrame {
  readonly name: 'CameraFrame';
  /**
   * Converts metres in the focal plane into angles on the sky. The effective focal length includes the mean coma
   * aberration.
   */
  readonly focalLength: Metres;
  /** Rotation of the camera relative to this definition; 0 after derotation. */
  readonly rotation: Radians;
}

/**
 * Sky frame centred on a telescope's pointing: fov_lon along azimuth, fov_lat along altitude, independent of the
 * optics.
 */
export interface TelescopeFrame {
  readonly name: 'TelescopeFrame';
}

/** Position in the focal plane. */
export interface CameraPoint {
  readonly x: Metres;
  readonly y: Metres;
}

/** Direction relative to a telescope's pointing; longitude in [-pi, pi). */
export interface TelescopePoint {
  readonly fovLon: Radians;
  readonly fovLat: Radians;
}

/** The telescope frame, which has no parameters. */
export const TELESCOPE_FRAME: TelescopeFrame = Object.freeze({ name: 'TelescopeFrame' });

/**
 * Camera frame with a focal length.
 *
 * @throws RangeError unless the focal length is positive and finite
 */
export function cameraFrame(focalLength: Metres, rotation: Radians = 0): CameraFrame {
  if (!(focalLength > 0 && focalLength < Infinity)) {
    throw new RangeError(`cameraFrame: expected a positive, finite focal length, found ${focalLength} m`);
  }
  return Object.freeze({ name: 'CameraFrame', focalLength, rotation });
}

/**
 * Converts a position in the focal plane into a direction, with the equidistant mapping: angle = distance / focal
 * length.
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

/**
 * Converts a direction into a position in the focal plane: the inverse of {@link cameraToTelescope}. Source: ctapipe
 * 0.32 `telescope_to_camera`.
 */
export function telescopeToCamera(point: TelescopePoint, frame: CameraFrame): CameraPoint {
  const cos = Math.cos(frame.rotation);
  const sin = Math.sin(frame.rotation);
  return {
    x: (point.fovLat * cos + point.fovLon * sin) * frame.focalLength,
    y: (point.fovLon * cos - point.fovLat * sin) * frame.focalLength,
  };
}

/** {@link cameraToTelescope} for all pixels of a camera. */
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
 * Converts to the camera axes of MAGIC and FACT. With one mirror, seen by an observer at the dish who looks at the
 * camera, x points right and y up; with two mirrors, the camera is seen from behind. Source: ctapipe 0.32
 * `camera_to_engineering`.
 */
export function cameraToEngineering(point: CameraPoint, nMirrors: 1 | 2 = 1): CameraPoint {
  return nMirrors === 1 ? { x: -point.y, y: -point.x } : { x: point.y, y: -point.x };
}

/** Inverse of {@link cameraToEngineering}. */
export function engineeringToCamera(point: CameraPoint, nMirrors: 1 | 2 = 1): CameraPoint {
  return nMirrors === 1 ? { x: -point.y, y: -point.x } : { x: -point.y, y: point.x };
}
