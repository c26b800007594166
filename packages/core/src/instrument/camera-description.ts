import type { CameraGeometry } from './camera-geometry.js';
import type { CameraReadout } from './camera-readout.js';

/** A camera: its pixels and its readout. Source: ctapipe 0.32 `CameraDescription`. */
export class CameraDescription {
  constructor(
    readonly name: string,
    readonly geometry: CameraGeometry,
    readonly readout: CameraReadout,
  ) {}

  /** Whether geometry and readout agree. */
  equals(other: CameraDescription): boolean {
    return this === other || (this.geometry.equals(other.geometry) && this.readout.equals(other.readout));
  }

  toString(): string {
    return this.name;
  }
}
