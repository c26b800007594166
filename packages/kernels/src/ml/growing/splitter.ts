import type { RandomStream } from '../../random/index.js';
import { floatBelow } from '../float-below.js';
import type { ForestMemory } from './forest-memory.js';
import type { TrainingRows } from './training-rows.js';

/** The rows of a node: those from `start` to `end` of the order in the memory of the forest. */
export interface NodeRows {
  readonly start: number;
  readonly end: number;
  /** Weighted sum of the targets. */
  readonly target: number;
  /** Sum of the weights. */
  readonly weight: number;
}

/** Rows with feature <= threshold go to the left. */
export interface Split {
  readonly feature: number;
  readonly threshold: number;
  /** Reduction of the weighted sum of squared errors. */
  readonly gain: number;
}

/** Finds the split of a node. */
export interface Splitter {
  find(node: NodeRows): Split | undefined;
}

export interface SplitterOptions {
  readonly maxFeatures: number;
  readonly minSamplesLeaf: number;
}

type WeightedRows = TrainingRows & { readonly weights: Float64Array };

/** Features whose range is smaller are constant, as in scikit-learn. */
const LEAST_RANGE = 1e-7;

/** Draws the features among which a split is chosen: some that are not constant in the node. */
class FeatureDraw {
  readonly drawn: Int32Array;
  readonly #features: Int32Array;

  constructor(
    private readonly memory: ForestMemory,
    nFeatures: number,
    private readonly maxFeatures: number,
    private readonly random: RandomStream,
  ) {
    this.drawn = new Int32Array(nFeatures);
    this.#features = Int32Array.from({ length: nFeatures }, (_, feature) => feature);
  }

  /** Draws features into `drawn`, after their ranges. @returns the number of features */
  draw({ start, end }: NodeRows): number {
    this.memory.findRanges(start, end);
    const { lowest, highest } = this.memory;
    const { drawn, random } = this;
    const features = this.#features;
    let n = 0;
    for (let left = features.length; left > 0 && n < this.maxFeatures; left--) {
      const choice = random.uint32() % left;
      const feature = features[choice];
      features[choice] = features[left - 1];
      features[left - 1] = feature;
      if (highest[feature] > lowest[feature] + LEAST_RANGE) drawn[n++] = feature;
    }
    return n;
  }
}

/** Tries one random threshold for each of the drawn features. */
export class RandomSplitter implements Splitter {
  readonly #draw: FeatureDraw;

  constructor(
    private readonly memory: ForestMemory,
    { nFeatures }: TrainingRows,
    private readonly options: SplitterOptions,
    private readonly random: RandomStream,
  ) {
    this.#draw = new FeatureDraw(memory, nFeatures, options.maxFeatures, random);
  }

  find(node: NodeRows): Split | undefined {
    const n = this.#draw.draw(node);
    const { drawn } = this.#draw;
    const { lowest, highest, thresholds, sums, weightSums, counts } = this.memory;
    thresholds.fill(-Infinity);
    for (let i = 0; i < n; i++) {
      const [low, high] = [lowest[drawn[i]], highest[drawn[i]]];
      const threshold = Math.fround(low + (this.random.uint32() / 2 ** 32) * (high - low));
      thresholds[drawn[i]] = threshold >= high ? low : threshold;
    }
    this.memory.sumLeft(node.start, node.end);
    const nRows = node.end - node.start;
    let [best, gain] = [-1, -Infinity];
    for (let i = 0; i < n; i++) {
      const feature = drawn[i];
      const nLeft = counts[feature];
      if (nLeft < this.options.minSamplesLeaf || nRows - nLeft < this.options.minSamplesLeaf) continue;
      const found = gainOf(node, sums[feature], weightSums[feature]);
      if (found > gain) [best, gain] = [feature, found];
    }
    return best < 0 ? undefined : { feature: best, threshold: thresholds[best], gain };
  }
}

/** Number of rows whose positions fit beside a float32 in the 53 bits of a number. */
const MAX_SORTED = 2 ** 21;

/** Tries all thresholds of the drawn features. */
export class BestSplitter implements Splitter {
  readonly #draw: FeatureDraw;
  /** Values and positions of the rows of a node, as numbers in the order of the values. */
  readonly #keys: Float64Array;
  readonly #bits = new DataView(new ArrayBuffer(4));

  constructor(
    private readonly memory: ForestMemory,
    private readonly rows: WeightedRows,
    private readonly options: SplitterOptions,
    random: RandomStream,
  ) {
    this.#draw = new FeatureDraw(memory, rows.nFeatures, options.maxFeatures, random);
    if (rows.targets.length > MAX_SORTED) {
      throw new RangeError(`random forests grow of at most ${MAX_SORTED} rows, found ${rows.targets.length}`);
    }
    this.#keys = new Float64Array(rows.targets.length);
  }

  find(node: NodeRows): Split | undefined {
    const n = this.#draw.draw(node);
    let best: Split | undefined;
    for (let i = 0; i < n; i++) best = this.#bestOf(node, this.#draw.drawn[i], best);
    return best;
  }

  #bestOf(node: NodeRows, feature: number, best: Split | undefined): Split | undefined {
    const { start, end } = node;
    const { order } = this.memory;
    const { features, nFeatures, targets, weights } = this.rows;
    const { minSamplesLeaf } = this.options;
    const nRows = end - start;
    const keys = this.#keys.subarray(0, nRows);
    for (let k = 0; k < nRows; k++) keys[k] = this.#keyOf(features[order[start + k] * nFeatures + feature], k);
    keys.sort();
    let [target, weight, gain] = [0, 0, best?.gain ?? -Infinity];
    let place = -1;
    for (let k = 0; k < nRows - 1; k++) {
      const row = order[start + positionOf(keys[k])];
      target += weights[row] * targets[row];
      weight += weights[row];
      if (k + 1 < minSamplesLeaf || nRows - k - 1 < minSamplesLeaf) continue;
      const value = features[row * nFeatures + feature];
      const following = features[order[start + positionOf(keys[k + 1])] * nFeatures + feature];
      if (following <= value + LEAST_RANGE) continue;
      const found = gainOf(node, target, weight);
      if (found > gain) [place, gain] = [k, found];
    }
    if (place < 0) return best;
    const [below, above] = [place, place + 1].map(
      (k) => features[order[start + positionOf(keys[k])] * nFeatures + feature],
    );
    const middle = floatBelow((below + above) / 2);
    return { feature, threshold: middle >= above ? below : middle, gain };
  }

  /** A number that orders by the value, then by the position. */
  #keyOf(value: number, position: number): number {
    this.#bits.setFloat32(0, value === 0 ? 0 : value); // -0 equals 0
    const pattern = this.#bits.getInt32(0);
    const rank = pattern < 0 ? 2 ** 31 - (pattern & 0x7fffffff) : 2 ** 31 + pattern;
    return rank * MAX_SORTED + position;
  }
}

/** Position in a number made by `#keyOf`. */
function positionOf(key: number): number {
  return key - Math.floor(key / MAX_SORTED) * MAX_SORTED;
}

/** Reduction of the squared error if rows with these sums go to the left. */
function gainOf({ target, weight }: NodeRows, left: number, leftWeight: number): number {
  const right = target - left;
  const rightWeight = weight - leftWeight;
  if (!(leftWeight > 0 && rightWeight > 0)) return -Infinity;
  return (left * left) / leftWeight + (right * right) / rightWeight - (target * target) / weight;
}
