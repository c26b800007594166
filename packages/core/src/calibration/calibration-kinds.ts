import type { AdcSamples, ArrayEvent, DL1CameraContainer, Waveforms } from '../event/index.js';
import { Component } from '../framework/component/index.js';

/** Chooses for each pixel which of its gain channels to go on with. */
export abstract class GainSelector extends Component {
  static override readonly kind: string = 'GainSelector';

  /**
   * @param waveforms - raw samples of all channels
   * @returns per pixel 0 for the high gain, 1 for the low gain
   */
  abstract select(waveforms: Waveforms<AdcSamples>, telId: number): Int8Array;
}

/** Changes calibrated waveforms, so that simulations look like data with more noise. */
export abstract class WaveformModifier extends Component {
  static override readonly kind: string = 'WaveformModifier';

  /** Reads what it needs; awaited once, before the first event. */
  abstract prepare(): Promise<void>;

  /**
   * Gives the R1 waveforms of an event new samples. Chance has to follow from the event's index and from the telescope
   * alone, so that the result depends neither on other events nor on their order.
   */
  abstract modify(event: ArrayEvent): void;
}

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

/** Chooses the pixels whose waveforms are kept. */
export abstract class DataVolumeReducer extends Component {
  static override readonly kind: string = 'DataVolumeReducer';

  /** Whether it can do with one gain channel per pixel only; it throws where it is given both. */
  readonly needsSelectedGain: boolean = false;

  /** @returns per pixel 1 where its waveform is kept; undefined where all are */
  abstract reduce(
    waveforms: Waveforms<Float32Array>,
    telId: number,
    selectedGainChannel: Int8Array | undefined,
  ): Uint8Array | undefined;
}

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
