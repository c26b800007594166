import { firstCells } from '@cherenkit/kernels';
import type { PixelMap } from '../source/pixel-map.js';

/** The cells of a read-out, which are placed in the camera if a correction needs them. */
export class ReadOutCells {
  #first: Uint16Array | undefined;

  /** @param chips - first cell of each chip; undefined before the first event */
  constructor(
    private readonly chips: Uint16Array | undefined,
    private readonly map: PixelMap,
  ) {}

  /** First cell of each gain channel and pixel, shape (2, nPixels). */
  get first(): Uint16Array {
    const { chips, map } = this;
    return (this.#first ??=
      chips === undefined ? new Uint16Array(2 * map.nPixels) : firstCells(chips, map.ids, map.nPixels));
  }
}
