import type { CameraMonitoringContainer, EventIndexContainer, ImageParametersContainer } from '../event/index.js';
import { Component } from '../framework/component/index.js';
import type { CameraGeometry } from '../instrument/index.js';

/**
 * Selects the pixels that contain Cherenkov light. Source: ctapipe 0.32 `ImageCleaner`.
 *
 * @example
 * ```ts
 * class ThresholdCleaner extends ImageCleaner.withTraits({
 *   thresholdPe: trait.perTelescope(trait.number({ default: 10, unit: 'pe', help: 'Minimum charge of a pixel.' })),
 * }) {
 *   static override readonly help = 'Keeps pixels above a threshold.';
 *
 *   override clean(telId: number, image: Float32Array): Uint8Array {
 *     const threshold = this.traits.thresholdPe.for(telId);
 *     return Uint8Array.from(image, (charge) => (charge >= threshold ? 1 : 0));
 *   }
 * }
 * ```
 */
export abstract class ImageCleaner extends Component {
  static override readonly kind: string = 'ImageCleaner';
  static override readonly methods: readonly string[] = ['clean'];

  /**
   * Selects the pixels to keep.
   *
   * @param image - charge per pixel, p.e.
   * @param peakTime - peak time per pixel, ns
   * @param monitoring - state of the camera, for cleaners that use the night-sky background
   * @param selectedGainChannel - selected channel of each pixel, for values of `monitoring` that have all channels; undefined if it is
   *   not known, as for images without waveforms
   * @returns mask, 1 for pixels to keep
   */
  abstract clean(
    telId: number,
    image: Float32Array,
    peakTime?: Float32Array,
    monitoring?: CameraMonitoringContainer,
    selectedGainChannel?: Int8Array,
  ): Uint8Array;
}

/** Modifies images, for example to add noise or widen the point spread function of simulations. Source: ctapipe 0.32 `ImageModifier`. */
export abstract class ImageModifier extends Component {
  static override readonly kind: string = 'ImageModifier';
  static override readonly methods: readonly string[] = ['modify'];

  /**
   * Returns a modified image.
   *
   * @param image - charge per pixel, p.e.; must not be modified
   * @param index - index of the event. Random numbers must be seeded by it and the telescope id, so that the result does not
   *   depend on other events or their order
   */
  abstract modify(telId: number, image: Float32Array, index: EventIndexContainer): Float32Array;
}

/** Computes the parameters of a cleaned image, such as Hillas parameters. */
export abstract class ImageParametrizer extends Component {
  static override readonly kind: string = 'ImageParametrizer';
  static override readonly methods: readonly string[] = ['parametrize'];

  /**
   * Computes image parameters.
   *
   * @param geometry - all pixels of the camera, in the frame of the parameters: telescope frame (rad) or camera frame (m)
   * @param image - charge per pixel, p.e.
   * @param mask - 1 for pixels kept by the cleaning; at least one
   * @param peakTime - peak time per pixel, ns; undefined for true images
   */
  abstract parametrize(
    geometry: CameraGeometry,
    image: Float32Array | Int32Array,
    mask: Uint8Array,
    peakTime?: Float32Array,
  ): ImageParametersContainer;
}
