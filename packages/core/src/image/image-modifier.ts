import { Component } from '../framework/component/index.js';
import type { EventIndexContainer } from '../event/index.js';

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
