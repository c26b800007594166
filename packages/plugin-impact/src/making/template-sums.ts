import {
  degrees,
  invertPositive,
  leastTrimmedSquares,
  timedPixels,
  type Grammage,
  type Metres,
  type TemplateAxes,
  type TeV,
} from '@cherenkit/kernels';
import { N_KEYS, type Templates } from '../templates/templates.js';
import { nodesNear, nodesWithin, type TemplateGrid } from './template-grid.js';

/** The image of a simulated gamma ray, in the axes of templates. */
export interface TrueImage {
  readonly energy: TeV;
  readonly impact: Metres;
  /** Difference of the depth of the maximum from that expected of the energy. */
  readonly depth: Grammage;
  /** Distance of the telescope from the light of the shower: impact distance over the angle between source and centroid. */
  readonly distanceOfMaximum: Metres;
  /** Coordinates of the pixels: along the image axis, from the true source away from the core, and across. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly charge: ArrayLike<number>;
  readonly peakTime: ArrayLike<number> | undefined;
  /** 1 for pixels of the image and around it: the charges of the others have no light of the shower. */
  readonly isNearImage: Uint8Array;
}

/** Number of coefficients of a linear fit around a node: the value there, and slopes in impact distance, energy and depth. */
const N_COEFFICIENTS = 4;
/** Sum of the weights of the images of a node, at least, for a linear fit. */
const MIN_FITTED = 8;
/** Variance of a linear fit at the node, at most, relative to that of the mean: it is larger if the images are all on one side. */
const MOST_VARIANCE = 3;
/** Least sum of weights of the linear fit at a place, relative to that of the mean. */
const LEAST_WEIGHT = 0.3;
/** Significance of the charge of a place, at least, in standard deviations of charges without light. */
const LEAST_SIGNIFICANCE = 2;
/** Half the widths of the squares over which charges that are not significant are averaged, in places. */
const AVERAGED_PLACES = [0, 1, 2, 4] as const;
/** Impact distance above which the distance of light, rather than the width of the shower, determines where it is in the image. */
const WIDTH_OF_LIGHT: Metres = 40;

/** Sums over images at a node of the grid. */
class NodeSums {
  /**
   * Sums of 1 and of the differences of each image from the node, weighted, at each place of the template with y >= 0: of the
   * charges, and without them.
   */
  readonly charges: Float32Array;
  readonly weights: Float32Array;
  sumOfWeights = 0;
  gradientWeight = 0;
  gradient = 0;
  gradientSquares = 0;
  /** Weighted sums of the products of 1 and the differences. */
  readonly products = new Float64Array(N_COEFFICIENTS * N_COEFFICIENTS);

  constructor(readonly size: number) {
    this.charges = new Float32Array(N_COEFFICIENTS * size);
    this.weights = new Float32Array(N_COEFFICIENTS * size);
  }

  /**
   * Factors of the sums in the value of a linear fit at the node. Those of the mean, if the images do not determine a fit.
   *
   * Source: W. S. Cleveland, J. Am. Stat. Assoc. 74 (1979) 829: locally weighted linear regression.
   */
  coefficients(): Float64Array {
    const inverse = this.sumOfWeights < MIN_FITTED ? undefined : invertPositive(this.products, N_COEFFICIENTS);
    if (inverse && inverse[0] * this.sumOfWeights < MOST_VARIANCE) return inverse.subarray(0, N_COEFFICIENTS);
    return Float64Array.of(1 / this.sumOfWeights, 0, 0, 0);
  }

  /** Sum of some of these sums at a place. */
  combined(sums: Float32Array, coefficients: Float64Array, place: number): number {
    let sum = 0;
    for (let k = 0; k < N_COEFFICIENTS; k++) sum += coefficients[k] * sums[k * this.size + place];
    return sum;
  }
}

/**
 * Averages images of one camera at one direction to templates.
 *
 * An image contributes to the nodes next to its energy and depth, with weights as in linear interpolation, and to those near its
 * impact distance. For each node, its charges are scaled by the ratio of the energies, and its light is moved along the axis by
 * the difference of the impact distances over its distance. Images are symmetric about their axis, so that both halves are
 * averaged. At each place, a linear fit to the charges gives that at the node.
 */
export class TemplateSums {
  readonly #grid: TemplateGrid;
  readonly #direction: readonly [number, number];
  readonly #nodes = new Map<number, NodeSums>();
  readonly #logEnergies: readonly number[];
  /** Places of the pixels of an image in the upper half of a template, and the charges of these pixels. */
  #places = new Int32Array(0);
  #charges = new Float64Array(0);
  #nPlaced = 0;
  #nBackground = 0;
  #background = 0;
  #backgroundSquares = 0;
  nImages = 0;

  /** @param direction - zenith angle and azimuth, degrees */
  constructor(grid: TemplateGrid, direction: readonly [number, number]) {
    this.#grid = grid;
    this.#direction = direction;
    this.#logEnergies = grid.energies.map(Math.log);
  }

  /** Adds an image. @returns whether it is within the grid */
  add(image: TrueImage): boolean {
    const { impacts, impactWindow, depths, energies } = this.#grid;
    this.#addBackground(image);
    const gradient = gradientOf(image);
    let isUsed = false;
    for (const impact of nodesWithin(impacts, image.impact, impactWindow)) {
      this.#placePixels(image, impacts[impact.index]);
      for (const energy of nodesNear(this.#logEnergies, Math.log(image.energy))) {
        for (const depth of nodesNear(depths, image.depth)) {
          const sums = this.#sumsAt((energy.index * impacts.length + impact.index) * depths.length + depth.index);
          const weight = energy.weight * impact.weight * depth.weight;
          const scale = energies[energy.index] / image.energy;
          const differences = [
            1,
            image.impact - impacts[impact.index],
            -Math.log(scale),
            image.depth - depths[depth.index],
          ];
          this.#deposit(sums, weight, differences, scale);
          addGradient(sums, weight, gradient);
          isUsed = true;
        }
      }
    }
    if (isUsed) this.nImages++;
    return isUsed;
  }

  /**
   * Returns the templates of nodes with enough images. Values below twice their statistical error, from the background, are 0.
   *
   * @param minImages - sum of the weights of the images at a node, at least
   */
  templates(minImages: number, cameraName: string): Templates {
    const { energies, impacts, depths, axes } = this.#grid;
    const pedestalWidth = this.#pedestalWidth;
    const nodes = [...this.#nodes]
      .filter(([, { sumOfWeights }]) => sumOfWeights >= minImages)
      .sort(([a], [b]) => a - b);
    const keys = new Float64Array(N_KEYS * nodes.length);
    const timeGradients = new Float32Array(2 * nodes.length);
    let hasGradients = true;
    const images = nodes.map(([node, sums], i) => {
      const depth = node % depths.length;
      const impact = Math.floor(node / depths.length) % impacts.length;
      const energy = Math.floor(node / depths.length / impacts.length);
      keys.set([...this.#direction, energies[energy], impacts[impact], depths[depth]], N_KEYS * i);
      const mean = sums.gradient / sums.gradientWeight;
      const variance = sums.gradientSquares / sums.gradientWeight - mean * mean;
      timeGradients.set([mean, Math.sqrt(Math.max(variance, 0))], 2 * i);
      hasGradients &&= sums.gradientWeight > 0;
      return imageOf(sums, axes, pedestalWidth);
    });
    return {
      axes,
      keys,
      images,
      cameraName,
      pedestalWidth: pedestalWidth > 0 ? pedestalWidth : undefined,
      timeGradients: hasGradients ? timeGradients : undefined,
    };
  }

  /** Standard deviation of the charges without light of the shower; 0 without noise or without such pixels. */
  get #pedestalWidth(): number {
    const mean = this.#background / this.#nBackground;
    const variance = this.#backgroundSquares / this.#nBackground - mean * mean;
    return variance > 0 ? Math.sqrt(variance) : 0;
  }

  #addBackground({ charge, isNearImage }: TrueImage): void {
    for (let pixel = 0; pixel < charge.length; pixel++) {
      if (isNearImage[pixel] !== 0 || !Number.isFinite(charge[pixel])) continue;
      this.#nBackground++;
      this.#background += charge[pixel];
      this.#backgroundSquares += charge[pixel] * charge[pixel];
    }
  }

  #sumsAt(node: number): NodeSums {
    const { nX, nY } = this.#grid.axes;
    let sums = this.#nodes.get(node);
    if (!sums) this.#nodes.set(node, (sums = new NodeSums(nX * Math.ceil(nY / 2))));
    return sums;
  }

  /** Finds the place of each pixel of an image in a template of another impact distance. */
  #placePixels({ x, y, charge, impact, distanceOfMaximum }: TrueImage, impactOfNode: Metres): void {
    const { nX, nY, xMin, xMax, yMin, yMax } = this.#grid.axes;
    const scaleX = (nX - 1) / (xMax - xMin);
    const scaleY = (nY - 1) / (yMax - yMin);
    const nRows = Math.ceil(nY / 2);
    if (this.#places.length < x.length) {
      this.#places = new Int32Array(x.length);
      this.#charges = new Float64Array(x.length);
    }
    // The light of a pixel is at the distance impact / -x, unless the width of the shower hides that: a weighted mean with the
    // distance of all light.
    const weightOverImpact = impact / (impact * impact + WIDTH_OF_LIGHT * WIDTH_OF_LIGHT);
    const weight = impact * weightOverImpact;
    const mean = 1 / distanceOfMaximum;
    this.#nPlaced = 0;
    for (let pixel = 0; pixel < x.length; pixel++) {
      const inverse = mean * (1 - weight) - x[pixel] * weightOverImpact;
      const shift = (impactOfNode - impact) * Math.min(Math.max(inverse, mean / 2), 2 * mean);
      const column = Math.round((x[pixel] - shift - xMin) * scaleX);
      const row = Math.round((Math.abs(y[pixel]) - yMin) * scaleY) - (nY - nRows);
      if (!(column >= 0 && column < nX && row < nRows) || !Number.isFinite(charge[pixel])) continue;
      this.#places[this.#nPlaced] = column * nRows + Math.max(row, 0);
      this.#charges[this.#nPlaced++] = charge[pixel];
    }
  }

  /** Adds the placed pixels. @param differences - 1, and the differences of the image from the node */
  #deposit(sums: NodeSums, weight: number, differences: readonly number[], scale: number): void {
    const { charges, weights, products, size } = sums;
    differences.forEach((difference, k) => {
      const ofDifference = weight * difference;
      const offset = k * size;
      for (let i = 0; i < this.#nPlaced; i++) {
        const place = offset + this.#places[i];
        weights[place] += ofDifference;
        charges[place] += ofDifference * scale * this.#charges[i];
      }
      differences.forEach((other, j) => (products[k * N_COEFFICIENTS + j] += ofDifference * other));
    });
    sums.sumOfWeights += weight;
  }
}

/**
 * The template of a node. Charges that are not significant at a place are averaged over the places around it: over as few as
 * possible, and 0 if they are not significant over the largest square.
 */
function imageOf(sums: NodeSums, { nX, nY }: TemplateAxes, pedestalWidth: number): Float32Array {
  const nRows = Math.ceil(nY / 2);
  const isOdd = nY % 2;
  const { charges, weights } = fittedAt(sums);
  const image = new Float32Array(nX * nY);
  for (let column = 0; column < nX; column++) {
    for (let row = 0; row < nRows; row++) {
      for (const range of AVERAGED_PLACES) {
        let charge = 0;
        let weight = 0;
        for (let i = Math.max(column - range, 0); i <= Math.min(column + range, nX - 1); i++) {
          for (let j = Math.max(row - range, isOdd - nRows); j <= Math.min(row + range, nRows - 1); j++) {
            const place = i * nRows + (j >= 0 ? j : -j - 1 + isOdd); // the other half is the same
            charge += charges[place];
            weight += weights[place];
          }
        }
        if (!(charge > LEAST_SIGNIFICANCE * pedestalWidth * Math.sqrt(weight))) continue;
        image[column * nY + nY - nRows + row] = charge / weight;
        image[column * nY + nRows - 1 - row] = charge / weight;
        break;
      }
    }
  }
  return image;
}

/** Sums of the weights at each place, and of the charges that a linear fit gives for the node. */
function fittedAt(sums: NodeSums): { readonly charges: Float64Array; readonly weights: Float64Array } {
  const { size, sumOfWeights } = sums;
  const fit = sums.coefficients();
  const charges = new Float64Array(size);
  for (let place = 0; place < size; place++) {
    const weight = sums.weights[place];
    const ofFit = sumOfWeights * sums.combined(sums.weights, fit, place);
    charges[place] =
      ofFit > LEAST_WEIGHT * weight
        ? (weight * sumOfWeights * sums.combined(sums.charges, fit, place)) / ofFit
        : sums.charges[place];
  }
  return { charges, weights: Float64Array.from(sums.weights.subarray(0, size)) };
}

function addGradient(sums: NodeSums, weight: number, gradient: number | undefined): void {
  if (gradient === undefined) return;
  sums.gradientWeight += weight;
  sums.gradient += weight * gradient;
  sums.gradientSquares += weight * gradient * gradient;
}

/** Slope of the peak times along the axis, ns/deg; undefined with too few bright pixels. */
function gradientOf({ x, charge, peakTime }: TrueImage): number | undefined {
  if (!peakTime) return undefined;
  const timed = timedPixels(charge, peakTime);
  if (timed.length === 0) return undefined;
  const along = Float64Array.from(timed, (i) => degrees(x[i]));
  const times = Float64Array.from(timed, (i) => peakTime[i]);
  const { slope } = leastTrimmedSquares(along, times);
  return Number.isFinite(slope) ? slope : undefined;
}
