import type { CameraMonitoringContainer, EventIndexContainer, ImageParametersContainer } from '../event/index.js';
import { Component } from '../framework/component/index.js';
import type { CameraGeometry } from '../instrument/index.js';

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

/** Changes images, so that simulations look like data with more noise or a wider point spread function. */
export abstract class ImageModifier extends Component {
  static override readonly kind: string = 'ImageModifier';

  /**
   * @param image - charge per pixel, p.e.; not changed
   * @param index - of the event: chance has to follow from it and from the telescope alone, so that the result depends
   * neither on other events nor on their order
   * @returns another image of as many pixels
   */
  abstract modify(telId: number, image: Float32Array, index: EventIndexContainer): Float32Array;
}

/** Describes a cleaned image by a few numbers. */
export abstract class ImageParametrizer extends Component {
  static override readonly kind: string = 'ImageParametrizer';

  /**
   * @param geometry - of the whole camera, in the frame that the parameters shall have
   * @param image - charge per pixel, p.e.
   * @param mask - per pixel 1 where cleaning left it; at least one is
   * @param peakTime - per pixel, ns; missing for a true image
   */
  abstract parametrize(
    geometry: CameraGeometry,
    image: Float32Array | Int32Array,
    mask: Uint8Array,
    peakTime?: Float32Array,
  ): ImageParametersContainer;
}
