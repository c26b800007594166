import type { CameraDescription } from './camera-description.js';
import type { OpticsDescription, SizeType } from './optics-description.js';

/** A telescope: optics and camera. Source: ctapipe 0.32 `TelescopeDescription`. */
export class TelescopeDescription {
  constructor(
    readonly name: string,
    readonly optics: OpticsDescription,
    readonly camera: CameraDescription,
  ) {}

  /** Size class: LST, MST, SST or UNKNOWN. */
  get type(): SizeType {
    return this.optics.sizeType;
  }

  get opticsName(): string {
    return this.optics.name;
  }

  get cameraName(): string {
    return this.camera.name;
  }

  /** Whether optics and camera are equal, regardless of the name. */
  equals(other: TelescopeDescription): boolean {
    return this === other || (this.optics.equals(other.optics) && this.camera.equals(other.camera));
  }

  /** Used by `console.log` in Node: one line. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `TelescopeDescription(type=${this.type}, opticsName=${this.opticsName}, cameraName=${this.cameraName})`;
  }

  /** Returns the telescope type, `LST_LST_LSTCam`, which `type` patterns in configurations match. */
  toString(): string {
    return `${this.type}_${this.opticsName}_${this.cameraName}`;
  }
}
