import { Component } from '../framework/component/index.js';

/** Gives pixels that cannot be used a charge and a time. */
export abstract class InvalidPixelHandler extends Component {
  static override readonly kind: string = 'InvalidPixelHandler';

  /**
   * Replaces the values of the invalid pixels, in place.
   *
   * @param image - p.e., one camera per channel
   * @param peakTime - ns, like `image`; missing where the extractor finds no time
   * @param invalidPixels - 1 for a pixel to be replaced, like `image`
   */
  abstract handle(
    telId: number,
    image: Float32Array | Float64Array,
    peakTime: Float32Array | undefined,
    invalidPixels: Uint8Array,
  ): void;
}
