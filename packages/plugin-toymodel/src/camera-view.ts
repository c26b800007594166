import type { CameraGeometry } from '@cherenkit/core';
import { altAzToCartesian, type AltAz, type Radians, type RandomStream, type Vector3 } from '@cherenkit/kernels';

/** Maps directions to pixels, for a telescope with a given pointing. */
export class CameraView {
  readonly #forward: Vector3;
  readonly #lon: Vector3;
  readonly #lat: Vector3;
  readonly #focalLength: number;

  constructor(
    private readonly geometry: CameraGeometry,
    pointing: AltAz,
    private readonly pointSpread: Radians,
  ) {
    const { frame } = geometry;
    if (frame.name !== 'CameraFrame') {
      throw new RangeError(`CameraView: expected a geometry in the CameraFrame, found ${frame.name}`);
    }
    this.#focalLength = frame.focalLength;
    const { alt, az } = pointing;
    this.#forward = altAzToCartesian(pointing);
    // Directions of increasing azimuth and altitude, with y pointing west.
    this.#lon = { x: -Math.sin(az), y: -Math.cos(az), z: 0 };
    this.#lat = { x: -Math.sin(alt) * Math.cos(az), y: Math.sin(alt) * Math.sin(az), z: Math.cos(alt) };
  }

  /**
   * Pixel hit by light from a direction, smeared with the point spread function; -1 outside the camera.
   *
   * @param x - x, y and z are a vector of any length towards the origin of the light, in the axes of the ground frame
   */
  pixelAt(x: number, y: number, z: number, random: RandomStream): number {
    const forward = this.#forward;
    const lon = this.#lon;
    const lat = this.#lat;
    const ahead = x * forward.x + y * forward.y + z * forward.z;
    const aside = x * lon.x + y * lon.y;
    const above = x * lat.x + y * lat.y + z * lat.z;
    const fovLon = Math.atan2(aside, ahead) + this.pointSpread * random.normal();
    const fovLat = Math.atan2(above, Math.sqrt(ahead * ahead + aside * aside)) + this.pointSpread * random.normal();
    // Equals telescopeToCamera, since toy cameras are not rotated.
    return this.geometry.positionToPixIndex(fovLat * this.#focalLength, fovLon * this.#focalLength);
  }
}
