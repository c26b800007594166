import * as kernels from '@cherenkit/kernels';
import {
  RandomStream,
  type GeneratedImage,
  type ImageEllipse,
  type ImageRing,
  type Nanoseconds,
  type PhotoElectrons,
} from '@cherenkit/kernels';
import { waveformsOf, type Waveforms } from '../event/index.js';
import type { CameraGeometry, CameraReadout } from '../instrument/index.js';
import {
  checkGeometry,
  checkOptions,
  checkParameters,
  checkValue,
  EXPECTED,
  type Expectation,
} from './check-arguments.js';

const { number, positive, notNegative, count } = EXPECTED;
const POSITION = { x: number, y: number };
const ELLIPSE = { ...POSITION, length: positive, width: positive, psi: number };
const SKEWNESS: Expectation = {
  expected: 'a number between -0.995 and 0.995',
  accepts: (value) => typeof value === 'number' && Math.abs(value) <= 0.995,
};

/** Parameters of {@link ImageModel.generateImage}; the defaults of intensity and background are those of ctapipe. */
export interface GenerateImageOptions {
  /** Expected p.e. of the shower in all pixels. Default: 50. */
  readonly intensity?: PhotoElectrons;
  /** Mean night-sky background per pixel, p.e. Default: 20. */
  readonly nsbLevel?: PhotoElectrons;
  /** Seed of the random numbers, an integer from 0: images of the same seed are equal. Default: 0. */
  readonly seed?: number;
}

/**
 * A model of camera images: a distribution of light in the camera. Lengths are in the unit of the pixel positions: m in a
 * camera frame, rad in the telescope frame. Source: ctapipe 0.32 `toymodel.ImageModel`.
 *
 * @example
 * ```ts
 * const { geometry } = subarray.telescope(1).camera;
 * const model = new Gaussian({ x: 0.2, y: 0.1, length: 0.1, width: 0.03, psi: 0.7 }); // m, rad
 * const { image, signal, noise } = model.generateImage(geometry, { intensity: 1500, nsbLevel: 5, seed: 1 });
 * ```
 */
export abstract class ImageModel {
  /** Light per unit area at positions; its integral is 1. */
  abstract pdf(x: Float64Array, y: Float64Array): Float64Array;

  /** Expected charge of each pixel, p.e. */
  expectedSignal(geometry: CameraGeometry, intensity: PhotoElectrons): Float64Array {
    checkGeometry(geometry);
    return kernels.expectedSignal(this.pdf(geometry.pixX, geometry.pixY), geometry.pixArea, intensity);
  }

  /**
   * Generates an image with Poisson fluctuations of signal and night-sky background.
   *
   * @returns the image, which is signal plus noise minus the mean of the noise, and its two parts
   * @throws TypeError for an unknown option; RangeError for an option of another value
   */
  generateImage(geometry: CameraGeometry, options: GenerateImageOptions = {}): GeneratedImage {
    checkOptions('generateImage', options, { intensity: notNegative, nsbLevel: notNegative, seed: count });
    const { intensity = 50, nsbLevel = 20, seed = 0 } = options;
    return kernels.generateImage(new RandomStream(seed), this.expectedSignal(geometry, intensity), nsbLevel);
  }
}

/** Elliptical Gaussian image. Source: ctapipe 0.32 `toymodel.Gaussian`. */
export class Gaussian extends ImageModel {
  /** @throws TypeError for missing or misspelt parameters; RangeError for a parameter of another value */
  constructor(readonly ellipse: ImageEllipse) {
    super();
    checkParameters('Gaussian', ellipse, ELLIPSE);
  }

  override pdf(x: Float64Array, y: Float64Array): Float64Array {
    return kernels.gaussianImage(x, y, this.ellipse);
  }
}

/** Elliptical image with skewness along the major axis. Source: ctapipe 0.32 `toymodel.SkewedGaussian`. */
export class SkewedGaussian extends ImageModel {
  /**
   * @param ellipse - its `skewness` is the third standardized moment along the axis, between -0.995 and 0.995
   * @throws TypeError for missing or misspelt parameters; RangeError for a parameter of another value
   */
  constructor(readonly ellipse: ImageEllipse & { readonly skewness: number }) {
    super();
    checkParameters('SkewedGaussian', ellipse, { ...ELLIPSE, skewness: SKEWNESS });
  }

  override pdf(x: Float64Array, y: Float64Array): Float64Array {
    return kernels.skewedGaussianImage(x, y, this.ellipse, this.ellipse.skewness);
  }
}

/**
 * Muon ring with a Gaussian profile. Source: ctapipe 0.32 `toymodel.RingGaussian`, whose integral is the radius of the ring
 * instead of 1.
 */
export class RingGaussian extends ImageModel {
  /** @throws TypeError for missing or misspelt parameters; RangeError for a parameter of another value */
  constructor(readonly ring: ImageRing) {
    super();
    const required = { ...POSITION, radius: positive, sigma: positive };
    checkParameters('RingGaussian', ring, required, { rho: notNegative, phi0: number });
  }

  override pdf(x: Float64Array, y: Float64Array): Float64Array {
    return kernels.ringImage(x, y, this.ring);
  }
}

/** Parameters of {@link WaveformModel}. */
export interface WaveformModelOptions {
  /** Pulse shape of each gain channel. */
  readonly referencePulse: readonly Float64Array[];
  readonly referencePulseSampleWidth: Nanoseconds;
  /** Sample width of the waveforms. */
  readonly sampleWidth: Nanoseconds;
}

/**
 * A model of waveforms: one reference pulse per pixel, without noise. Source: ctapipe 0.32 `toymodel.WaveformModel`.
 *
 * @example
 * ```ts
 * const { readout } = subarray.telescope(1).camera;
 * const time = new Float32Array(image.length).fill(12); // ns
 * const waveforms = WaveformModel.fromCameraReadout(readout).getWaveform(image, time, readout.nSamples);
 * console.log(waveforms.channel(0).subarray(0, readout.nSamples)); // high gain, pixel 0
 * ```
 */
export class WaveformModel {
  readonly #model: kernels.WaveformModel;

  /** @throws TypeError for missing or misspelt parameters; RangeError for a parameter of another value */
  constructor(options: WaveformModelOptions) {
    checkParameters('WaveformModel', options, {
      referencePulse: {
        expected: 'a list of Float64Array',
        accepts: (value) => Array.isArray(value) && value.length > 0,
      },
      referencePulseSampleWidth: positive,
      sampleWidth: positive,
    });
    const { referencePulse, referencePulseSampleWidth, sampleWidth } = options;
    this.#model = kernels.waveformModel(referencePulse, referencePulseSampleWidth, sampleWidth);
  }

  /** Makes the model of a camera, with all of its gain channels or one of them. */
  static fromCameraReadout(readout: CameraReadout, gainChannel: 'HIGH' | 'LOW' | 'ALL' = 'ALL'): WaveformModel {
    const { referencePulseShape, referencePulseSampleWidth, samplingRate } = readout;
    const channels = { HIGH: [0, 1], LOW: [1, 2], ALL: [0] } as const;
    const isChannel = (value: unknown): boolean => Object.keys(channels).includes(String(value));
    checkValue('fromCameraReadout: gainChannel', gainChannel, { expected: 'HIGH, LOW or ALL', accepts: isChannel });
    return new WaveformModel({
      referencePulse: referencePulseShape.slice(...channels[gainChannel]),
      referencePulseSampleWidth,
      sampleWidth: 1 / samplingRate,
    });
  }

  /**
   * Returns waveforms in p.e. per sample. Pixels whose time is outside of the readout have no pulse.
   *
   * @param charge - of each pixel, p.e.
   * @param time - maximum of the pulse of each pixel, from the start of the readout
   */
  getWaveform(
    charge: ArrayLike<PhotoElectrons>,
    time: ArrayLike<Nanoseconds>,
    nSamples: number,
  ): Waveforms<Float32Array> {
    const samples = Float32Array.from(kernels.modelWaveforms(this.#model, charge, time, nSamples));
    return waveformsOf(samples, this.#model.pulses.length, charge.length, nSamples);
  }
}

/**
 * Returns peak times that grow linearly along the axis of an image, ns. Source: ctapipe 0.32 `toymodel.obtain_time_image`.
 *
 * @param timeGradient - ns per unit of the pixel positions
 * @param timeIntercept - peak time at the centroid
 * @throws TypeError for missing or misspelt parameters; RangeError for a parameter of another value
 */
export function obtainTimeImage(
  geometry: CameraGeometry,
  centroid: Pick<ImageEllipse, 'x' | 'y' | 'psi'>,
  timeGradient: number,
  timeIntercept: Nanoseconds,
): Float64Array {
  checkGeometry(geometry);
  checkParameters('obtainTimeImage', centroid, { ...POSITION, psi: number });
  checkOptions('obtainTimeImage', { timeGradient, timeIntercept }, { timeGradient: number, timeIntercept: number });
  return kernels.obtainTimeImage(geometry.pixX, geometry.pixY, centroid, timeGradient, timeIntercept);
}
