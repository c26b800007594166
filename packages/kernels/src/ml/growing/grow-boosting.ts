import { RandomStream } from '../../random/index.js';
import { evaluateTrees } from '../evaluate-trees.js';
import { arrangeTrees, type TreeEnsemble } from '../tree-ensemble.js';
import { binFeatures, binThresholds } from './bin-features.js';
import { BOOSTING_LOSSES, type BoostingLoss } from './boosting-loss.js';
import { HistogramMemory } from './histogram-memory.js';
import { NodeList } from './node-list.js';
import { SplitSearch, type BinSplit, type SearchedLeaf, type SearchTask, type SharedSearch } from './split-search.js';
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

/**
 * Gradient boosting of trees, of features in bins. Trees grow leaf by leaf, the one with the largest gain first.
 *
 * Source: G. Ke et al., "LightGBM", NIPS 30 (2017) 3146; the `HistGradientBoosting` estimators of scikit-learn.
 *
 * @param rows - targets are values, or the classes 0 and 1 for `log_loss`; the sum of the trees is then the log-odds of class 1
 * @param share - called once with data for other threads, which take part by `helpGrowing`, with no effect on results; not called where
 *   memory cannot be shared
 */
export function growBoosting(
  rows: TrainingRows,
  options: BoostingOptions,
  share?: (search: SharedSearch) => void,
): GrownTrees {
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
  const shared = share && grower.search.share();
  if (shared) share(shared);
  try {
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
  } finally {
    grower.search.end();
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
  /** Index of its histogram. */
  readonly histogram: number;
  readonly split: BinSplit | undefined;
}

/** Grows trees one after the other, each on the gradients of the predictions before it. */
class Booster {
  /** Constant raw prediction. */
  readonly base: number;
  /** Sum of the gains of each feature. */
  readonly importances: Float64Array;
  /** Searches for splits, which other threads may share. */
  readonly search: SplitSearch;
  readonly #nodes = new NodeList();
  readonly #thresholds: readonly Float32Array[];
  readonly #memory: HistogramMemory;
  /** Indices of the histograms that are not in use. */
  readonly #free: number[];
  readonly #raw: Float64Array;
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
    const nHistograms = options.maxLeafNodes + 1;
    const messageSize = SplitSearch.messageSize(nFeatures);
    this.#memory = new HistogramMemory({ nRows, nFeatures, nHistograms, countsRows, messageSize }, options.usesWasm);
    this.search = new SplitSearch(
      this.#memory,
      Int32Array.from(this.#thresholds, ({ length }) => length),
      options,
    );
    this.#free = [...this.#memory.histograms.keys()];
    binFeatures(features, this.#thresholds, this.#memory.bins);
    this.#raw = new Float64Array(nRows).fill(this.base);
    this.#features = Int32Array.from({ length: nFeatures }, (_, feature) => feature);
  }

  get trees(): TreeEnsemble {
    return arrangeTrees(this.#nodes.nodes(this.base), this.rows.nFeatures);
  }

  /** Grows a tree. @returns the tree alone; undefined if no leaf can be split, so that no tree is added */
  grow(): NodeList | undefined {
    const { targets, weights } = this.rows;
    const { order, pairs } = this.#memory;
    const nRows = targets.length;
    this.loss.gradients(this.#raw, targets, weights, pairs);
    let [gradient, hessian] = [0, 0];
    for (let row = 0; row < nRows; row++) {
      order[row] = row;
      gradient += pairs[2 * row];
      hessian += pairs[2 * row + 1];
    }
    const alone = new NodeList();
    const histogram = this.#takeHistogram();
    const common = { start: 0, end: nRows, histogram };
    const root = { ...common, node: alone.addRoot(), depth: 0, gradient, hessian, split: undefined };
    const leaves = this.#withSplits({ ...common, parent: undefined }, [root]);
    if (!leaves[0].split) {
      this.#free.push(histogram);
      return undefined;
    }
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
    const { split, start, end, histogram: parent } = leaf;
    if (!split) return [leaf];
    const { feature, bin, gradient, hessian } = split;
    const middle = this.#memory.partition(start, end, feature, bin);
    const left = tree.split(leaf.node, feature, this.#thresholds[feature][bin]);
    this.importances[feature] += split.gain;
    const histogram = this.#takeHistogram();
    const isLeftSmaller = middle - start <= end - middle;
    const common = { depth: leaf.depth + 1, split: undefined };
    const children: OpenLeaf[] = [
      { ...common, node: left, start, end: middle, gradient, hessian, histogram: isLeftSmaller ? histogram : parent },
      {
        ...common,
        node: left + 1,
        start: middle,
        end,
        gradient: leaf.gradient - gradient,
        hessian: leaf.hessian - hessian,
        histogram: isLeftSmaller ? parent : histogram,
      },
    ];
    // The histogram of the larger child is the difference of the others.
    const smaller = children[isLeftSmaller ? 0 : 1];
    return this.#withSplits({ start: smaller.start, end: smaller.end, histogram, parent }, children);
  }

  /** Builds a histogram, and completes leaves with their best splits. */
  #withSplits(task: Omit<SearchTask, 'leaves'>, leaves: readonly OpenLeaf[]): OpenLeaf[] {
    const { maxDepth, minSamplesLeaf } = this.options;
    const searched = leaves.filter(({ depth, start, end }) => depth < maxDepth && end - start >= 2 * minSamplesLeaf);
    const splits = this.search.run({ ...task, leaves: searched.map((leaf) => this.#searchedOf(leaf)) });
    return leaves.map((leaf) => (searched.includes(leaf) ? { ...leaf, split: splits[searched.indexOf(leaf)] } : leaf));
  }

  #searchedOf({ histogram, start, end, gradient, hessian }: OpenLeaf): SearchedLeaf {
    const { maxFeatures } = this.options;
    const all = this.#features;
    const n = maxFeatures < 1 ? Math.max(1, Math.ceil(maxFeatures * all.length)) : all.length;
    for (let i = 0; i < n && n < all.length; i++) {
      const other = i + Math.floor(this.random.uniform() * (all.length - i));
      [all[i], all[other]] = [all[other], all[i]];
    }
    return { histogram, nRows: end - start, gradient, hessian, features: n < all.length ? all.slice(0, n) : undefined };
  }

  #takeHistogram(): number {
    const histogram = this.#free.pop();
    if (histogram === undefined) throw new RangeError('all histograms are in use');
    return histogram;
  }

  /** Sets the value of a leaf, and adds it to the predictions of its rows. */
  #close({ node, start, end, gradient, hessian, histogram }: OpenLeaf, tree: NodeList): void {
    const { learningRate, l2Regularization } = this.options;
    const value = Math.fround((-learningRate * gradient) / (hessian + l2Regularization));
    tree.value[node] = value;
    const { order } = this.#memory;
    for (let k = start; k < end; k++) this.#raw[order[k]] += value;
    this.#free.push(histogram);
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
