import { Component } from '../framework/component/index.js';
import type { DL1CameraContainer, Waveforms } from '../event/index.js';

/** Finds the pulse in each pixel's samples: its charge and its time. */
export abstract class ImageExtractor extends Component {
  static override readonly kind: string = 'ImageExtractor';

  /** The power of the samples that the image goes with: 1 for a charge, 2 for a variance. */
  readonly power: number = 1;

  /** Whether it can do with one gain channel per pixel only; it throws where it is given both. */
  readonly needsSelectedGain: boolean = false;

  /**
   * Image and peak time, in p.e. and ns since the start of the readout, of one camera after the other where both gains
   * are kept; `isValid` false where the algorithm could not do its work.
   *
   * @param waveforms - calibrated samples; not changed
   * @param selectedGainChannel - the channel that each pixel was taken from; undefined where all channels are kept
   * @param brokenPixels - one per channel and pixel of `waveforms`, 1 for a pixel that others must not be compared with
   */
  abstract extract(
    waveforms: Waveforms<Float32Array>,
    telId: number,
    selectedGainChannel: Int8Array | undefined,
    brokenPixels: Uint8Array | undefined,
  ): DL1CameraContainer;
}
