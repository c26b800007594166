import type { CameraFrame } from '@cherenkit/kernels';

import type { CameraGeometry } from './camera-geometry.js';
import type { CameraReadout } from './camera-readout.js';

/** A camera: its pixels and its readout. Source: ctapipe 0.32 `CameraDescription`. */
export class CameraDescription {
  /** The frame of the geometry; its focal length is the one chosen for the run. */
  readonly frame: CameraFrame;

  /**
   * @param geometry - in the camera frame: with `toTelescopeFrame` everyone may project it
   * @throws RangeError for a geometry in another frame
   */
  constructor(
    readonly name: string,
    readonly geometry: CameraGeometry,
    readonly readout: CameraReadout,
  ) {
    if (geometry.frame.name !== 'CameraFrame') {
      throw new RangeError(`the geometry of camera ${name} is in the ${geometry.frame.name}, not in the CameraFrame`);
    }
    this.frame = geometry.frame;
  }

  /** Whether geometry and readout agree. */
  equals(other: CameraDescription): boolean {
    return this === other || (this.geometry.equals(other.geometry) && this.readout.equals(other.readout));
  }

  toString(): string {
    return this.name;
  }
}
