import type { CameraDescription } from './camera-description.js';
import type { OpticsDescription, SizeType } from './optics-description.js';

/** A telescope: its optics and its camera. Source: ctapipe 0.32 `TelescopeDescription`. */
export class TelescopeDescription {
  constructor(
    readonly name: string,
    readonly optics: OpticsDescription,
    readonly camera: CameraDescription,
  ) {}

  /** LST, MST, SST or UNKNOWN. */
  get type(): SizeType {
    return this.optics.sizeType;
  }

  get opticsName(): string {
    return this.optics.name;
  }

  get cameraName(): string {
    return this.camera.name;
  }

  /** Whether optics and camera agree; the name does not count. */
  equals(other: TelescopeDescription): boolean {
    return this === other || (this.optics.equals(other.optics) && this.camera.equals(other.camera));
  }

  /** The telescope's type, `LST_LST_LSTCam`: what `type` patterns in configurations match. */
  toString(): string {
    return `${this.type}_${this.opticsName}_${this.cameraName}`;
  }
}
