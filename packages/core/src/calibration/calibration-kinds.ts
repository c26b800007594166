import type { AdcSamples, ArrayEvent, DL1CameraContainer, Waveforms } from '../event/index.js';
import { Component } from '../framework/component/index.js';

/** Selects the gain channel of each pixel. Source: ctapipe 0.32 `GainSelector`. */
export abstract class GainSelector extends Component {
  static override readonly kind: string = 'GainSelector';
  static override readonly methods: readonly string[] = ['select'];

  /**
   * Selects a gain channel for each pixel.
   *
   * @param waveforms - raw samples of all channels, ADC counts
   * @returns channel per pixel: 0 high gain, 1 low gain
   */
  abstract select(waveforms: Waveforms<AdcSamples>, telId: number): Int8Array;

  /**
   * Threshold in ADC counts, if `select` selects the low gain of the pixels whose high gain exceeds it and nothing else: event
   * sources may then select while they decode, without calling `select`. Undefined by default.
   */
  thresholdOf?(_telId: number): number | undefined;
}

/** Modifies calibrated waveforms, for example to add night-sky background noise to simulations. */
export abstract class WaveformModifier extends Component {
  static override readonly kind: string = 'WaveformModifier';
  static override readonly methods: readonly string[] = ['modify'];
  static override readonly asynchronousMethods: readonly (string | symbol)[] = ['prepare'];

  /** Prepares the modifier, for example by reading a file. Called once, before the first event. */
  abstract prepare(): Promise<void>;

  /**
   * Replaces the R1 waveforms of an event. Random numbers must be seeded by the event index and the telescope id, so that
   * the result does not depend on other events or their order.
   */
  abstract modify(event: ArrayEvent): void;
}

/**
 * Extracts the charge and the peak time of each pixel from calibrated waveforms. Source: ctapipe 0.32 `ImageExtractor`.
 *
 * @example
 * ```ts
 * class PeakSampleExtractor extends ImageExtractor {
 *   static override readonly help = 'Uses the largest sample of each pixel.';
 *
 *   override extract({ samples, nChannels, nPixels, nSamples }: Waveforms<Float32Array>): DL1CameraContainer {
 *     const image = new Float32Array(nChannels * nPixels);
 *     for (let row = 0; row < image.length; row++) {
 *       image[row] = Math.max(...samples.subarray(row * nSamples, (row + 1) * nSamples));
 *     }
 *     return new DL1CameraContainer({ image, isValid: true });
 *   }
 * }
 * ```
 */
export abstract class ImageExtractor extends Component {
  static override readonly kind: string = 'ImageExtractor';
  static override readonly methods: readonly string[] = ['extract'];

  /** Exponent of the calibration factor applied to the image: 1 for charges, 2 for variances. */
  readonly power: number = 1;

  /** Whether the extractor requires one gain channel per pixel. If so, it throws for waveforms of all channels. */
  readonly needsSelectedGain: boolean = false;

  /**
   * Extracts image and peak times of one camera.
   *
   * @param waveforms - calibrated samples, p.e.; must not be modified
   * @param selectedGainChannel - selected channel of each pixel; undefined if the waveforms have all channels
   * @param brokenPixels - shape (nChannels, nPixels) as in `waveforms`; 1 for pixels to be ignored by their neighbours
   * @returns image in p.e. and peak time in ns since the start of the readout, shape (nChannels, nPixels); `isValid` false
   *   if the extraction failed
   */
  abstract extract(
    waveforms: Waveforms<Float32Array>,
    telId: number,
    selectedGainChannel: Int8Array | undefined,
    brokenPixels: Uint8Array | undefined,
  ): DL1CameraContainer;

  /**
   * Returns the samples from which the charges are extracted: first and end (exclusive) for each channel and pixel. May be
   * overridden, for displays.
   *
   * @returns default: undefined, for extractors without such windows
   */
  windowsOf(
    _waveforms: Waveforms<Float32Array>,
    _telId: number,
    _brokenPixels: Uint8Array | undefined,
  ): Int32Array | undefined {
    return undefined;
  }
}

/** Selects the pixels whose waveforms are kept. Source: ctapipe 0.32 `DataVolumeReducer`. */
export abstract class DataVolumeReducer extends Component {
  static override readonly kind: string = 'DataVolumeReducer';
  static override readonly methods: readonly string[] = ['reduce'];

  /** Whether the reducer requires one gain channel per pixel. If so, it throws for waveforms of all channels. */
  readonly needsSelectedGain: boolean = false;

  /**
   * Selects the pixels to keep.
   *
   * @param waveforms - calibrated samples, p.e.; must not be modified
   * @param selectedGainChannel - selected channel of each pixel; undefined if the waveforms have all channels
   * @returns mask, 1 for pixels to keep; undefined to keep all
   */
  abstract reduce(
    waveforms: Waveforms<Float32Array>,
    telId: number,
    selectedGainChannel: Int8Array | undefined,
  ): Uint8Array | undefined;
}

/** Interpolates the charges and peak times of invalid pixels. Source: ctapipe 0.32 `InvalidPixelHandler`. */
export abstract class InvalidPixelHandler extends Component {
  static override readonly kind: string = 'InvalidPixelHandler';
  static override readonly methods: readonly string[] = ['handle'];

  /**
   * Replaces the values of invalid pixels in place.
   *
   * @param image - charges, p.e.; shape (nChannels, nPixels)
   * @param peakTime - peak times, ns; same shape; undefined if the extractor provides none
   * @param invalidPixels - mask of the same shape, 1 for pixels to replace
   */
  abstract handle(
    telId: number,
    image: Float32Array | Float64Array,
    peakTime: Float32Array | undefined,
    invalidPixels: Uint8Array,
  ): void;
}
