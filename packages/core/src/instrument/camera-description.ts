import type { CameraFrame } from '@cherenkit/kernels';

import type { CameraGeometry } from './camera-geometry.js';
import type { CameraReadout } from './camera-readout.js';

/** A camera: geometry and readout. Source: ctapipe 0.32 `CameraDescription`. */
export class CameraDescription {
  /** Frame of the geometry, with the focal length used in the run. */
  readonly frame: CameraFrame;

  /**
   * @param geometry - in the camera frame; use its `toTelescopeFrame` for angles
   * @throws RangeError for a geometry in another frame
   */
  constructor(
    readonly name: string,
    readonly geometry: CameraGeometry<CameraFrame>,
    readonly readout: CameraReadout,
  ) {
    // Plain JavaScript can pass any geometry.
    const frame: string = geometry.frame.name;
    if (frame !== 'CameraFrame') {
      throw new RangeError(`Camera ${name}: expected a geometry in the CameraFrame, found the ${frame}.`);
    }
    this.frame = geometry.frame;
  }

  /** Whether geometry and readout are equal. */
  equals(other: CameraDescription): boolean {
    return this === other || (this.geometry.equals(other.geometry) && this.readout.equals(other.readout));
  }

  /** Used by `console.log` in Node: one line. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `CameraDescription(name=${this.name}, geometry=${this.geometry.name}, readout=${this.readout.name})`;
  }

  toString(): string {
    return this.name;
  }
}
