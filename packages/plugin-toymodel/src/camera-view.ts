import type { CameraGeometry } from '@cherenkit/core';
import { altAzToCartesian, type AltAz, type Radians, type RandomStream, type Vector3 } from '@cherenkit/kernels';

/** Finds the pixel that sees a direction, for a telescope that points somewhere. */
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
    if (frame.name !== 'CameraFrame') throw new RangeError('a camera sees in its own frame');
    this.#focalLength = frame.focalLength;
    const { alt, az } = pointing;
    this.#forward = altAzToCartesian(pointing);
    // The directions in which azimuth and altitude grow, y being west.
    this.#lon = { x: -Math.sin(az), y: -Math.cos(az), z: 0 };
    this.#lat = { x: -Math.sin(alt) * Math.cos(az), y: Math.sin(alt) * Math.sin(az), z: Math.cos(alt) };
  }

  /**
   * The pixel in which light from a direction ends, spread by the optics; -1 beside the camera.
   *
   * @param x - of a vector of any length to where the light comes from, in the axes of the ground frame
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
    // Cameras are not turned, so this is what telescopeToCamera does.
    return this.geometry.positionToPixIndex(fovLat * this.#focalLength, fovLon * this.#focalLength);
  }
}
