import { Component } from '../framework/component/index.js';
import type { CameraMonitoringContainer } from '../event/index.js';

/** Finds the pixels that belong to the shower. */
export abstract class ImageCleaner extends Component {
  static override readonly kind: string = 'ImageCleaner';

  /**
   * @param image - charge per pixel, p.e.
   * @param peakTime - per pixel, ns
   * @param monitoring - state of the camera, for cleaners that take the night-sky background into account
   * @returns per pixel 1 where it is kept
   */
  abstract clean(
    telId: number,
    image: Float32Array,
    peakTime?: Float32Array,
    monitoring?: CameraMonitoringContainer,
  ): Uint8Array;
}
