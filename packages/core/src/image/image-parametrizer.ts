import { Component } from '../framework/component/index.js';
import type { ImageParametersContainer } from '../event/index.js';
import type { CameraGeometry } from '../instrument/index.js';

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
