import {
  degrees,
  invertPositive,
  leastTrimmedSquares,
  timedPixels,
  type Grammage,
  type Metres,
  type Radians,
  type TeV,
} from '@cherenkit/kernels';
import { N_KEYS, type Templates } from '../templates/templates.js';
import { nodesNear, type TemplateGrid } from './template-grid.js';

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

/** Number of unknowns of the amplitude near a node: its value there, and three slopes. */
const N_UNKNOWNS = 4;
/** Sum of the weights of the images of a node, at least, for a fit of the amplitude. */
const MIN_FITTED = 8;
/** Range of the factor by which the fit may change the amplitude. */
const MOST_CORRECTION = 1.5;

/** Sums over images at a node of the grid. */
class NodeSums {
  readonly charges: Float64Array;
  readonly weights: Float64Array;
  sumOfWeights = 0;
  gradientWeight = 0;
  gradient = 0;
  gradientSquares = 0;
  /** Sums for a linear fit of the amplitude: weighted products of 1 and the distances from the node, and those with the amplitude. */
  readonly products = new Float64Array(N_UNKNOWNS * N_UNKNOWNS);
  readonly amplitudes = new Float64Array(N_UNKNOWNS);

  constructor(size: number) {
    this.charges = new Float64Array(size);
    this.weights = new Float64Array(size);
  }
}

/**
 * Averages images of one camera at one direction to templates.
 *
 * An image contributes to the nodes next to its energy, impact distance and depth, with weights as in linear interpolation. For
 * each node, its charges are scaled by the ratio of the energies, and it is shifted along its axis by the difference of the impact
 * distances over the distance of the light. Images are symmetric about their axis, so that both halves are averaged. Finally, the
 * template is scaled to the amplitude at the node.
 */
export class TemplateSums {
  readonly #grid: TemplateGrid;
  readonly #direction: readonly [number, number];
  readonly #nodes = new Map<number, NodeSums>();
  readonly #logEnergies: readonly number[];
  /** The nearest nodes of the pixels of an image and of its mirror image, and the charges of these pixels. */
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
    const { impacts, depths, energies } = this.#grid;
    this.#addBackground(image);
    const gradient = gradientOf(image);
    const amplitude = amplitudeOf(image);
    let isUsed = false;
    for (const impact of nodesNear(impacts, image.impact)) {
      this.#placePixels(image, (impacts[impact.index] - image.impact) / image.distanceOfMaximum);
      for (const energy of nodesNear(this.#logEnergies, Math.log(image.energy))) {
        for (const depth of nodesNear(depths, image.depth)) {
          const sums = this.#sumsAt((energy.index * impacts.length + impact.index) * depths.length + depth.index);
          const weight = energy.weight * impact.weight * depth.weight;
          this.#deposit(sums, weight, (weight * energies[energy.index]) / image.energy);
          addGradient(sums, weight, gradient);
          const scale = energies[energy.index] / image.energy;
          const distances = [
            1,
            image.impact - impacts[impact.index],
            -Math.log(scale),
            image.depth - depths[depth.index],
          ];
          addAmplitude(sums, weight, distances, scale * amplitude);
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
      const factor = correctionOf(sums);
      return Float32Array.from(sums.charges, (charge, at) => {
        const weight = sums.weights[at];
        const error = pedestalWidth / Math.sqrt(weight);
        return weight > 0 && charge / weight > 2 * error ? (factor * charge) / weight : 0;
      });
    });
    return { axes, keys, images, cameraName, pedestalWidth, timeGradients: hasGradients ? timeGradients : undefined };
  }

  /** Standard deviation of the charges without light of the shower; NaN without such pixels. */
  get #pedestalWidth(): number {
    const mean = this.#background / this.#nBackground;
    return Math.sqrt(this.#backgroundSquares / this.#nBackground - mean * mean);
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
    if (!sums) this.#nodes.set(node, (sums = new NodeSums(nX * nY)));
    return sums;
  }

  /** Finds the nearest node of each pixel of an image and of its mirror image. */
  #placePixels({ x, y, charge }: TrueImage, shift: Radians): void {
    const { nX, nY, xMin, xMax, yMin, yMax } = this.#grid.axes;
    const scaleX = (nX - 1) / (xMax - xMin);
    const scaleY = (nY - 1) / (yMax - yMin);
    if (this.#places.length < 2 * x.length) {
      this.#places = new Int32Array(2 * x.length);
      this.#charges = new Float64Array(2 * x.length);
    }
    this.#nPlaced = 0;
    for (let pixel = 0; pixel < x.length; pixel++) {
      const column = Math.round((x[pixel] - shift - xMin) * scaleX);
      if (!(column >= 0 && column < nX) || !Number.isFinite(charge[pixel])) continue;
      for (let side = -1; side <= 1; side += 2) {
        const row = Math.round((side * y[pixel] - yMin) * scaleY);
        if (!(row >= 0 && row < nY)) continue;
        this.#places[this.#nPlaced] = column * nY + row;
        this.#charges[this.#nPlaced++] = charge[pixel];
      }
    }
  }

  /** Adds the placed pixels. */
  #deposit(sums: NodeSums, weight: number, chargeWeight: number): void {
    const { charges, weights } = sums;
    for (let i = 0; i < this.#nPlaced; i++) {
      const node = this.#places[i];
      weights[node] += weight;
      charges[node] += chargeWeight * this.#charges[i];
    }
    sums.sumOfWeights += weight;
  }
}

/** Charge of the pixels of an image and around it. */
function amplitudeOf({ charge, isNearImage }: TrueImage): number {
  let sum = 0;
  for (let pixel = 0; pixel < charge.length; pixel++) {
    if (isNearImage[pixel] !== 0 && Number.isFinite(charge[pixel])) sum += charge[pixel];
  }
  return sum;
}

function addAmplitude(
  { products, amplitudes }: NodeSums,
  weight: number,
  distances: number[],
  amplitude: number,
): void {
  distances.forEach((a, i) => {
    amplitudes[i] += weight * a * amplitude;
    distances.forEach((b, j) => (products[i * N_UNKNOWNS + j] += weight * a * b));
  });
}

/**
 * Factor between the amplitude at a node, from a linear fit, and the mean amplitude of its images, which are on average not at the
 * node.
 */
function correctionOf({ sumOfWeights, products, amplitudes }: NodeSums): number {
  const inverse = sumOfWeights < MIN_FITTED ? undefined : invertPositive(products, N_UNKNOWNS);
  if (!inverse) return 1;
  const atNode = amplitudes.reduce((sum, each, i) => sum + inverse[i] * each, 0);
  const factor = (atNode * sumOfWeights) / amplitudes[0];
  return factor > 1 / MOST_CORRECTION && factor < MOST_CORRECTION ? factor : 1;
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
