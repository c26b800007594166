import { RandomStream } from '../../random/index.js';
import { evaluateTrees } from '../evaluate-trees.js';
import { arrangeTrees, type TreeEnsemble } from '../tree-ensemble.js';
import { binFeatures, binThresholds } from './bin-features.js';
import { BOOSTING_LOSSES, type BoostingLoss } from './boosting-loss.js';
import { HistogramMemory, N_BINS, type Histogram } from './histogram-memory.js';
import { NodeList } from './node-list.js';
import { normalized, type GrownTrees, type TrainingRows } from './training-rows.js';

/** Options of {@link growBoosting}. */
export interface BoostingOptions {
  readonly loss: keyof typeof BOOSTING_LOSSES;
  /** Number of trees, at most. */
  readonly maxIter: number;
  readonly learningRate: number;
  /** Number of leaves of a tree, at most. */
  readonly maxLeafNodes: number;
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
  readonly l2Regularization: number;
  /** Fraction of the features among which the split of a node is chosen. */
  readonly maxFeatures: number;
  /** Number of bins of a feature, from 2 to 255. */
  readonly maxBins: number;
  /** Stops growing when predictions of rows that are kept apart no longer improve; undefined: never. */
  readonly earlyStopping?: EarlyStopping | undefined;
  readonly seed: number;
  /** Whether to use WebAssembly where it is available; has no effect on results. Default: true. */
  readonly usesWasm?: boolean;
}

/** When to stop growing. */
export interface EarlyStopping {
  /** Fraction of the rows that are kept apart. */
  readonly validationFraction: number;
  /** Number of last trees of which none has improved. */
  readonly nIterNoChange: number;
  /** Least improvement of the loss. */
  readonly tolerance: number;
}

/** Least sum of hessians of a leaf, as in scikit-learn. */
const LEAST_HESSIAN = 1e-3;

/**
 * Gradient boosting of trees, of features in bins. Trees grow leaf by leaf, the one with the largest gain first.
 *
 * Source: G. Ke et al., "LightGBM", NIPS 30 (2017) 3146; the `HistGradientBoosting` estimators of scikit-learn.
 *
 * @param rows - targets are values, or the classes 0 and 1 for `log_loss`; the sum of the trees is then the log-odds of class 1
 */
export function growBoosting(rows: TrainingRows, options: BoostingOptions): GrownTrees {
  const random = new RandomStream(options.seed);
  const stopping = options.earlyStopping;
  const { training, validation } = stopping
    ? keepApart(rows, stopping.validationFraction, options.loss, random)
    : { training: rows, validation: undefined };
  const loss: BoostingLoss = BOOSTING_LOSSES[options.loss];
  const grower = new Booster(training, loss, options, random);
  const losses: number[] = [];
  const raw = validation && new Float64Array(validation.targets.length).fill(grower.base);
  const lossOf = (): number => (validation && raw ? loss.meanLoss(raw, validation.targets, validation.weights) : NaN);
  if (validation) losses.push(lossOf());
  for (let iteration = 0; iteration < options.maxIter; iteration++) {
    const tree = grower.grow();
    if (!tree) break;
    if (!stopping || !validation || !raw) continue;
    const sums = new Float64Array(raw.length);
    evaluateTrees(arrangeTrees(tree.nodes(0), rows.nFeatures), validation.features, rows.nFeatures, sums);
    for (let row = 0; row < raw.length; row++) raw[row] += sums[row];
    losses.push(lossOf());
    if (shouldStop(losses, stopping)) break;
  }
  return { trees: grower.trees, importances: normalized(grower.importances) };
}

/** Whether none of the last losses is smaller than the one before them. */
function shouldStop(losses: readonly number[], { nIterNoChange, tolerance }: EarlyStopping): boolean {
  if (losses.length <= nIterNoChange) return false;
  const [reference, ...recent] = losses.slice(-nIterNoChange - 1);
  return recent.every((loss) => loss >= reference - tolerance);
}

/** Divides rows at random; for classes, each of them in the same proportion. */
function keepApart(
  rows: TrainingRows,
  fraction: number,
  loss: BoostingOptions['loss'],
  random: RandomStream,
): { readonly training: TrainingRows; readonly validation: TrainingRows } {
  const { targets } = rows;
  const isKept = new Uint8Array(targets.length);
  const groups = loss === 'log_loss' ? [0, 1] : [undefined];
  for (const group of groups) {
    const members = Int32Array.from(targets.keys()).filter((row) => group === undefined || targets[row] === group);
    for (let i = members.length - 1; i > 0; i--) {
      const other = Math.floor(random.uniform() * (i + 1));
      [members[i], members[other]] = [members[other], members[i]];
    }
    for (const row of members.subarray(0, Math.round(fraction * members.length))) isKept[row] = 1;
  }
  const select = (wanted: number): TrainingRows => selectRows(rows, (row) => isKept[row] === wanted);
  return { training: select(0), validation: select(1) };
}

function selectRows(
  { features, nFeatures, targets, weights }: TrainingRows,
  isWanted: (row: number) => boolean,
): TrainingRows {
  const chosen = Int32Array.from(targets.keys()).filter(isWanted);
  const selected = new Float32Array(chosen.length * nFeatures);
  chosen.forEach((row, i) => selected.set(features.subarray(row * nFeatures, (row + 1) * nFeatures), i * nFeatures));
  const take = (values: Float64Array): Float64Array => Float64Array.from(chosen, (row) => values[row]);
  return { features: selected, nFeatures, targets: take(targets), weights: weights && take(weights) };
}

/** A leaf of a growing tree, which may be split. */
interface OpenLeaf {
  readonly node: number;
  /** Range of its rows in the order. */
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly gradient: number;
  readonly hessian: number;
  histogram: Histogram;
  split: BinSplit | undefined;
}

/** Rows with bin <= `bin` go to the left. */
interface BinSplit {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
  /** Sums of the left side. */
  readonly gradient: number;
  readonly hessian: number;
}

/** Grows trees one after the other, each on the gradients of the predictions before it. */
class Booster {
  /** Constant raw prediction. */
  readonly base: number;
  /** Sum of the gains of each feature. */
  readonly importances: Float64Array;
  readonly #nodes = new NodeList();
  readonly #thresholds: readonly Float32Array[];
  readonly #memory: HistogramMemory;
  readonly #raw: Float64Array;
  readonly #aside: Int32Array;
  readonly #features: Int32Array;

  constructor(
    private readonly rows: TrainingRows,
    private readonly loss: BoostingLoss,
    private readonly options: BoostingOptions,
    private readonly random: RandomStream,
  ) {
    const { features, nFeatures, targets, weights } = rows;
    const nRows = targets.length;
    this.base = Math.fround(loss.baseline(targets, weights));
    this.importances = new Float64Array(nFeatures);
    this.#thresholds = binThresholds(features, nFeatures, options.maxBins, random);
    const countsRows = !loss.hasConstantHessian || weights !== undefined;
    this.#memory = new HistogramMemory(nRows, nFeatures, options.maxLeafNodes + 1, countsRows, options.usesWasm);
    binFeatures(features, this.#thresholds, this.#memory.bins);
    this.#raw = new Float64Array(nRows).fill(this.base);
    this.#aside = new Int32Array(nRows);
    this.#features = Int32Array.from({ length: nFeatures }, (_, feature) => feature);
  }

  get trees(): TreeEnsemble {
    return arrangeTrees(this.#nodes.nodes(this.base), this.rows.nFeatures);
  }

  /** Grows a tree. @returns the tree alone; undefined if no leaf can be split, so that no tree is added */
  grow(): NodeList | undefined {
    const { targets, weights } = this.rows;
    const memory = this.#memory;
    const { order, pairs } = memory;
    const nRows = targets.length;
    this.loss.gradients(this.#raw, targets, weights, pairs);
    let [gradient, hessian] = [0, 0];
    for (let row = 0; row < nRows; row++) {
      order[row] = row;
      gradient += pairs[2 * row];
      hessian += pairs[2 * row + 1];
    }
    const alone = new NodeList();
    const root: OpenLeaf = {
      node: alone.addRoot(),
      start: 0,
      end: nRows,
      depth: 0,
      gradient,
      hessian,
      histogram: memory.build(0, nRows),
      split: undefined,
    };
    this.#findSplit(root);
    if (!root.split) {
      memory.release(root.histogram);
      return undefined;
    }
    const leaves = [root];
    while (leaves.length < this.options.maxLeafNodes) {
      const best = bestOf(leaves);
      if (best < 0) break;
      leaves.splice(best, 1, ...this.#split(leaves[best], alone));
    }
    for (const leaf of leaves) this.#close(leaf, alone);
    this.#nodes.append(alone);
    return alone;
  }

  #split(leaf: OpenLeaf, tree: NodeList): OpenLeaf[] {
    const { split, start, end, depth, histogram } = leaf;
    if (!split) return [leaf];
    const middle = this.#partition(start, end, split);
    const left = tree.split(leaf.node, split.feature, this.#thresholds[split.feature][split.bin]);
    this.importances[split.feature] += split.gain;
    const gradient = leaf.gradient - split.gradient;
    const hessian = leaf.hessian - split.hessian;
    const isLeftSmaller = middle - start <= end - middle;
    // The histogram of the larger child is the difference of the others.
    const smaller = isLeftSmaller ? this.#memory.build(start, middle) : this.#memory.build(middle, end);
    this.#memory.subtract(histogram, smaller);
    const [leftHistogram, rightHistogram] = isLeftSmaller ? [smaller, histogram] : [histogram, smaller];
    const common = { depth: depth + 1, split: undefined };
    const children: OpenLeaf[] = [
      {
        ...common,
        node: left,
        start,
        end: middle,
        gradient: split.gradient,
        hessian: split.hessian,
        histogram: leftHistogram,
      },
      { ...common, node: left + 1, start: middle, end, gradient, hessian, histogram: rightHistogram },
    ];
    for (const child of children) this.#findSplit(child);
    return children;
  }

  /** Moves the rows of a node that go to the left before the others, without changing their order. @returns where these begin */
  #partition(start: number, end: number, { feature, bin }: BinSplit): number {
    const { bins, order } = this.#memory;
    const { nFeatures } = this.rows;
    const aside = this.#aside;
    let next = start;
    let nAside = 0;
    for (let k = start; k < end; k++) {
      const row = order[k];
      if (bins[row * nFeatures + feature] <= bin) order[next++] = row;
      else aside[nAside++] = row;
    }
    order.set(aside.subarray(0, nAside), next);
    return next;
  }

  #findSplit(leaf: OpenLeaf): void {
    const { maxDepth, minSamplesLeaf, maxFeatures } = this.options;
    if (leaf.depth >= maxDepth || leaf.end - leaf.start < 2 * minSamplesLeaf) return;
    const features = this.#features;
    const n = maxFeatures < 1 ? Math.max(1, Math.ceil(maxFeatures * features.length)) : features.length;
    for (let i = 0; i < n && n < features.length; i++) {
      const other = i + Math.floor(this.random.uniform() * (features.length - i));
      [features[i], features[other]] = [features[other], features[i]];
    }
    for (let i = 0; i < n; i++) this.#findSplitOf(leaf, features[i]);
  }

  #findSplitOf(leaf: OpenLeaf, feature: number): void {
    const { minSamplesLeaf, l2Regularization: l2 } = this.options;
    const { sums, counts } = leaf.histogram;
    const nRows = leaf.end - leaf.start;
    const nThresholds = this.#thresholds[feature].length;
    const ofParent = (leaf.gradient * leaf.gradient) / (leaf.hessian + l2);
    let [gradient, hessian, count] = [0, 0, 0];
    for (let bin = 0; bin < nThresholds; bin++) {
      const at = feature * N_BINS + bin;
      gradient += sums[2 * at];
      hessian += sums[2 * at + 1];
      count += counts ? counts[at] : sums[2 * at + 1];
      if (count < minSamplesLeaf || hessian < LEAST_HESSIAN) continue;
      if (nRows - count < minSamplesLeaf) break;
      const right = leaf.gradient - gradient;
      const rightHessian = leaf.hessian - hessian;
      if (rightHessian < LEAST_HESSIAN) break;
      const gain = (gradient * gradient) / (hessian + l2) + (right * right) / (rightHessian + l2) - ofParent;
      // A gain that is only rounding would make trees of noise.
      if (gain > (leaf.split?.gain ?? 1e-12)) leaf.split = { feature, bin, gain, gradient, hessian };
    }
  }

  /** Sets the value of a leaf, and adds it to the predictions of its rows. */
  #close({ node, start, end, gradient, hessian, histogram }: OpenLeaf, tree: NodeList): void {
    const { learningRate, l2Regularization } = this.options;
    const value = Math.fround((-learningRate * gradient) / (hessian + l2Regularization));
    tree.value[node] = value;
    const { order } = this.#memory;
    for (let k = start; k < end; k++) this.#raw[order[k]] += value;
    this.#memory.release(histogram);
  }
}

/** Index of the leaf with the largest gain; -1 if none can be split. */
function bestOf(leaves: readonly OpenLeaf[]): number {
  let best = -1;
  leaves.forEach(({ split }, i) => {
    if (split && split.gain > (leaves[best]?.split?.gain ?? 0)) best = i;
  });
  return best;
}
