import type { Atmosphere } from '../atmosphere/index.js';
import { leastTrimmedSquares } from '../image/index.js';
import type { Grammage, Metres, Nanoseconds, PhotoElectrons, Radians, TeV } from '../units.js';
import { meanLikelihoodGaussian, negLogLikelihoodApprox, type ChargeWidths } from './pixel-likelihood.js';
import { KEY_SIZE } from './template-cells.js';
import type { TemplateLibrary, WeightedTemplates } from './template-library.js';
import { timedPixels } from './timed-pixels.js';

/** Number of parameters of a shower: those of {@link ShowerLikelihood}. */
const N_PARAMETERS = 6;

/** The image of a telescope: what enters the likelihood. */
export interface TemplateImage extends ChargeWidths {
  /** Position of the telescope in the tilted frame. */
  readonly x: Metres;
  readonly y: Metres;
  /** Centroid of the image, in the nominal frame. */
  readonly peakX: Radians;
  readonly peakY: Radians;
  /** Positions of the pixels, in the nominal frame: fov_lon and fov_lat. */
  readonly pixelX: Float64Array;
  readonly pixelY: Float64Array;
  /** Charges of these pixels, p.e. */
  readonly charge: Float64Array;
  /** Peak times of these pixels, ns. */
  readonly peakTime?: Float64Array | undefined;
  readonly templates: TemplateLibrary;
}

/** Pointing, height and atmosphere of an observation. */
export interface ShowerSite {
  /** Zenith angle and azimuth of the array pointing. */
  readonly zenith: Radians;
  readonly azimuth: Radians;
  /** Height of the origin of the ground frame above sea level. */
  readonly height: Metres;
  readonly atmosphere: Pick<Atmosphere, 'overburden'>;
}

/** Least expected charge, so that its logarithm is defined. */
const LEAST_EXPECTED: PhotoElectrons = 1e-8;
/** Height used for parallel directions. */
const HIGHEST: Metres = 100_000;
/** Value for undefined parameters. */
const UNDEFINED_VALUE = 1e8;
/** Differences of depths for which templates exist. */
const DEPTH_RANGE: readonly [Grammage, Grammage] = [-150, 200];
const DEGREES = 180 / Math.PI;

/** Least standard deviation of the time gradient. */
const LEAST_TIME_WIDTH: Nanoseconds = 1e-6;

/** Expected depth of the maximum of a gamma-ray shower. Source: ctapipe 0.32 `guess_shower_depth`. */
export function expectedDepth(energy: TeV): Grammage {
  return 300 + 93 * Math.log10(energy);
}

/**
 * Likelihood of the images of an event for a shower with given parameters: direction (fov_lon, fov_lat in the nominal frame, rad),
 * core (tilted frame, m), energy (TeV), and a factor of the depth of the maximum that follows from the geometry.
 *
 * Source: R. D. Parsons and J. A. Hinton, Astropart. Phys. 56 (2014) 26; ctapipe 0.32 `ImPACTReconstructor.get_likelihood`.
 */
export class ShowerLikelihood {
  readonly #images: readonly PreparedImage[];
  readonly #site: ShowerSite;
  readonly #cosZenith: number;
  readonly #usesTimes: boolean;
  readonly #key = new Float64Array(KEY_SIZE);

  /** @param options - `usesTimes`: adds the likelihood of the time gradients, for templates that have them */
  constructor(images: readonly TemplateImage[], site: ShowerSite, { usesTimes = false } = {}) {
    this.#images = images.map((image) => new PreparedImage(image, site));
    this.#site = site;
    this.#cosZenith = Math.cos(site.zenith);
    this.#usesTimes = usesTimes;
  }

  /** Negative logarithm of the likelihood: the sum over pixels, and over time gradients if these are used. */
  value(parameters: Float64Array): number {
    if (Number.isNaN(parameters[0]) || Number.isNaN(parameters[1])) return UNDEFINED_VALUE;
    this.#setDepth(parameters);
    let sum = 0;
    for (const image of this.#images) {
      sum += image.expect(parameters, this.#key).value();
      if (this.#usesTimes) sum += image.timeValue();
    }
    return sum;
  }

  /**
   * Goodness of fit of each image: twice its value, minus what is expected on average, divided by the square root of twice the
   * degrees of freedom. Without time gradients.
   */
  goodness(parameters: Float64Array): number[] {
    this.#setDepth(parameters);
    return this.#images.map((image) => image.expect(parameters, this.#key).goodness());
  }

  /** Expected charges of the pixels of each image. */
  expected(parameters: Float64Array): Float64Array[] {
    this.#setDepth(parameters);
    return this.#images.map((image) => image.expect(parameters, this.#key).expected.slice());
  }

  /**
   * Information of the images on the parameters, shape (n, n): the expectation of the second derivatives of `value`. It follows from
   * the first derivatives of the expected charges, over steps on both sides, so that it is positive definite unless a parameter has
   * no effect. Without time gradients.
   *
   * @param steps - of the parameters; 0 for parameters that are fixed, whose rows and columns are 0
   */
  information(parameters: Float64Array, steps: Float64Array): Float64Array {
    const n = parameters.length;
    const information = new Float64Array(n * n);
    const expected = this.expected(parameters);
    const derivatives = Array.from(steps, (step, i) => {
      if (step === 0) return undefined;
      const upper = this.expected(parameters.with(i, parameters[i] + step));
      const lower = this.expected(parameters.with(i, parameters[i] - step));
      return upper.map((values, image) => values.map((value, pixel) => (value - lower[image][pixel]) / (2 * step)));
    });
    this.#images.forEach((image, k) => {
      const weights = image.informationOf(expected[k]);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          const [a, b] = [derivatives[i]?.[k], derivatives[j]?.[k]];
          if (!a || !b) continue;
          let sum = 0;
          for (let pixel = 0; pixel < a.length; pixel++) sum += weights[pixel] * a[pixel] * b[pixel];
          information[i * n + j] += sum;
          if (i !== j) information[j * n + i] += sum;
        }
      }
    });
    return information;
  }

  /** Height of the shower maximum above sea level, and its slant depth, scaled. */
  maximum(parameters: Float64Array): { readonly height: Metres; readonly slantDepth: Grammage } {
    const height = this.#heightOfMaximum(parameters);
    return { height, slantDepth: this.#slantDepth(height, parameters) };
  }

  #setDepth(parameters: Float64Array): void {
    const energy = parameters[4];
    const difference = this.#slantDepth(this.#heightOfMaximum(parameters), parameters) - expectedDepth(energy);
    this.#key[0] = energy;
    this.#key[2] = Math.min(Math.max(difference, DEPTH_RANGE[0]), DEPTH_RANGE[1]);
  }

  #slantDepth(height: Metres, parameters: Float64Array): Grammage {
    return (parameters[5] * this.#site.atmosphere.overburden(height)) / this.#cosZenith;
  }

  /** Mean over the images of impact distance / angle between source and centroid, as a height above sea level. */
  #heightOfMaximum(parameters: Float64Array): Metres {
    let sum = 0;
    for (const image of this.#images) sum += image.distanceOfMaximum(parameters);
    const height = (sum / this.#images.length) * this.#cosZenith + this.#site.height;
    return height <= HIGHEST ? height : HIGHEST;
  }
}

/** The image of a telescope with its buffers, so that an evaluation allocates nothing. */
class PreparedImage {
  /** Expected charges, set by `expect`. */
  readonly expected: Float64Array;
  readonly #image: TemplateImage;
  readonly #directions: readonly WeightedTemplates[];
  readonly #corners: Int32Array;
  readonly #weights: Float64Array;
  /** Coordinates of the pixels in the axes of templates, in steps of nodes; negative outside. */
  readonly #place: Int32Array;
  readonly #fractionX: Float64Array;
  readonly #fractionY: Float64Array;
  readonly #timed: Int32Array;
  readonly #times: Float64Array;
  readonly #along: Float64Array;
  readonly #timeAlong: Float64Array;
  #timeMean = NaN;
  #timeWidth = NaN;

  constructor(image: TemplateImage, { zenith, azimuth }: ShowerSite) {
    const n = image.charge.length;
    const { peakTime } = image;
    this.#image = image;
    this.#directions = image.templates.directionsAt(zenith, azimuth);
    const nCorners = Math.max(...this.#directions.map(({ cells }) => cells.nCorners));
    this.#corners = new Int32Array(nCorners);
    this.#weights = new Float64Array(nCorners);
    this.expected = new Float64Array(n);
    this.#place = new Int32Array(n);
    this.#fractionX = new Float64Array(n);
    this.#fractionY = new Float64Array(n);
    this.#along = new Float64Array(n);
    this.#timed = peakTime ? timedPixels(image.charge, peakTime) : new Int32Array(0);
    this.#times = Float64Array.from(this.#timed, (i) => peakTime?.[i] ?? NaN);
    this.#timeAlong = new Float64Array(this.#timed.length);
  }

  distanceOfMaximum(parameters: Float64Array): Metres {
    const { x, y, peakX, peakY } = this.#image;
    const impactX = x - parameters[2];
    const impactY = y - parameters[3];
    const angleX = peakX - parameters[0];
    const angleY = peakY - parameters[1];
    return Math.sqrt((impactX * impactX + impactY * impactY) / (angleX * angleX + angleY * angleY));
  }

  /** Computes the expected charges. @param key - energy, and difference of depths; the impact distance is set */
  expect(parameters: Float64Array, key: Float64Array): this {
    const { x, y, templates } = this.#image;
    const impactX = x - parameters[2];
    const impactY = y - parameters[3];
    const impact = Math.sqrt(impactX * impactX + impactY * impactY);
    key[1] = impact;
    this.#placePixels(parameters, impact > 0 ? impactX / impact : 1, impact > 0 ? impactY / impact : 0);
    this.expected.fill(0);
    this.#timeMean = 0;
    this.#timeWidth = 0;
    for (let d = 0; d < this.#directions.length; d++) {
      const { cells, templates: numbers, weight } = this.#directions[d];
      cells.locate(key, this.#corners, this.#weights);
      for (let k = 0; k < cells.nCorners; k++) {
        const part = weight * this.#weights[k];
        if (part === 0) continue;
        const template = numbers[this.#corners[k]];
        this.#addTemplate(templates.images[template], templates.axes.nY, part);
        if (!templates.timeGradients) continue;
        this.#timeMean += part * templates.timeGradients[2 * template];
        this.#timeWidth += part * templates.timeGradients[2 * template + 1];
      }
    }
    return this;
  }

  value(): number {
    const { expected } = this;
    const { charge, pedestalWidth, speWidth } = this.#image;
    const pedestalVariance = pedestalWidth * pedestalWidth;
    const excess = 1 + speWidth * speWidth;
    let sum = 0;
    for (let i = 0; i < expected.length; i++) {
      const mean = expected[i] >= LEAST_EXPECTED ? expected[i] : LEAST_EXPECTED;
      const variance = pedestalVariance + mean * excess;
      const residual = charge[i] - mean;
      sum += Math.log(2 * Math.PI * variance) + (residual * residual) / variance;
    }
    return sum / 2;
  }

  goodness(): number {
    const { charge } = this.#image;
    let sum = 0;
    this.expected.forEach((each, i) => {
      const mean = each >= LEAST_EXPECTED ? each : LEAST_EXPECTED;
      sum += 2 * negLogLikelihoodApprox(charge[i], mean, this.#image) - meanLikelihoodGaussian(mean, this.#image);
    });
    return sum / Math.sqrt(2 * (charge.length - N_PARAMETERS));
  }

  /** Information of each pixel on its expected charge: that of a Gaussian whose variance depends on it, too. */
  informationOf(expected: Float64Array): Float64Array {
    const { pedestalWidth, speWidth } = this.#image;
    const excess = 1 + speWidth * speWidth;
    return expected.map((each) => {
      const variance = pedestalWidth * pedestalWidth + Math.max(each, LEAST_EXPECTED) * excess;
      return 1 / variance + (excess * excess) / (2 * variance * variance);
    });
  }

  /** Negative logarithm of the likelihood of the time gradient along the axis; 0 with too few times. */
  timeValue(): number {
    const n = this.#timed.length;
    if (n === 0 || !this.#image.templates.timeGradients) return 0;
    for (let k = 0; k < n; k++) this.#timeAlong[k] = this.#along[this.#timed[k]] * DEGREES;
    const { slope } = leastTrimmedSquares(this.#timeAlong, this.#times);
    const width = this.#timeWidth > 0 ? this.#timeWidth : LEAST_TIME_WIDTH;
    const deviation = (slope - this.#timeMean) / width;
    return (deviation * deviation) / 2 + Math.log(width * Math.sqrt(2 * Math.PI));
  }

  /** @param cos - of the direction from the core to the telescope */
  #placePixels(parameters: Float64Array, cos: number, sin: number): void {
    const { pixelX, pixelY, templates } = this.#image;
    const { xMin, xMax, yMin, yMax, nX, nY } = templates.axes;
    const [sourceX, sourceY] = [parameters[0], parameters[1]];
    const scaleX = (nX - 1) / (xMax - xMin);
    const scaleY = (nY - 1) / (yMax - yMin);
    for (let i = 0; i < pixelX.length; i++) {
      const lat = sourceY - pixelY[i];
      const lon = sourceX - pixelX[i];
      const along = lat * cos + lon * sin;
      const x = (along - xMin) * scaleX;
      const y = (lat * sin - lon * cos - yMin) * scaleY;
      this.#along[i] = along;
      if (!(x >= 0 && x <= nX - 1 && y >= 0 && y <= nY - 1)) {
        this.#place[i] = -1;
        continue;
      }
      const column = Math.min(Math.floor(x), nX - 2);
      const row = Math.min(Math.floor(y), nY - 2);
      this.#place[i] = column * nY + row;
      this.#fractionX[i] = x - column;
      this.#fractionY[i] = y - row;
    }
  }

  #addTemplate(template: Float32Array, nY: number, weight: number): void {
    const { expected } = this;
    const place = this.#place;
    const fractionX = this.#fractionX;
    const fractionY = this.#fractionY;
    for (let i = 0; i < expected.length; i++) {
      const at = place[i];
      if (at < 0) continue;
      const x = fractionX[i];
      const y = fractionY[i];
      const lower = template[at] + y * (template[at + 1] - template[at]);
      const upper = template[at + nY] + y * (template[at + nY + 1] - template[at + nY]);
      expected[i] += weight * (lower + x * (upper - lower));
    }
  }
}
