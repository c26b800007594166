import { RandomStream } from '../../random/index.js';
import { arrangeTrees } from '../tree-ensemble.js';
import { ForestMemory } from './forest-memory.js';
import { NodeList } from './node-list.js';
import { BestSplitter, RandomSplitter, type NodeRows, type Splitter } from './splitter.js';
import { normalized, type GrownTrees, type TrainingRows } from './training-rows.js';

/** Options of {@link growForest}. */
export interface ForestOptions {
  readonly nTrees: number;
  /** `random`: extremely randomised trees, one random threshold per feature; `best`: random forest, the best threshold. */
  readonly splits: 'random' | 'best';
  /** Number of steps from the root to the deepest leaf, at most. */
  readonly maxDepth: number;
  /** Least number of rows of a node that is split. */
  readonly minSamplesSplit: number;
  /** Least number of rows of a leaf. */
  readonly minSamplesLeaf: number;
  /** Number of features, not constant in the node, among which a split is chosen. */
  readonly maxFeatures: number;
  /** Least reduction of the variance by a split, as a fraction of the rows of all nodes. */
  readonly minImpurityDecrease: number;
  /** Number of rows that are drawn with replacement for each tree; undefined: each tree grows of all rows. */
  readonly nDrawn?: number | undefined;
  readonly seed: number;
  /** Whether to use WebAssembly where it is available; has no effect on results. Default: true. */
  readonly usesWasm?: boolean;
}

/**
 * Grows a forest whose prediction is the mean of its trees. Splits minimise the squared error, which for the classes 0 and 1 is half of the
 * Gini impurity; the predictions are then probabilities of class 1. Each tree has a random stream of its own.
 *
 * Source: P. Geurts et al., Machine Learning 63 (2006) 3; L. Breiman, Machine Learning 45 (2001) 5; the `ExtraTrees` and `RandomForest`
 * estimators of scikit-learn.
 */
export function growForest(rows: TrainingRows, options: ForestOptions): GrownTrees {
  const { nFeatures, targets } = rows;
  const { nTrees, seed, nDrawn } = options;
  const nRows = targets.length;
  const nodes = new NodeList();
  const importances = new Float64Array(nFeatures);
  const ones = new Float64Array(nRows).fill(1);
  const memory = new ForestMemory(rows, options.usesWasm);
  for (let tree = 0; tree < nTrees; tree++) {
    const random = new RandomStream(seed, tree);
    const counts = nDrawn === undefined ? ones : drawnCounts(nRows, nDrawn, random);
    const weights = rows.weights ? counts.map((count, row) => count * (rows.weights?.[row] ?? 1)) : counts;
    const nUsed = memory.startTree(weights);
    const grower = new TreeGrower(memory, { ...rows, weights }, options, nodes, random);
    grower.grow(nUsed, 1 / nTrees);
    normalized(grower.importances).forEach((importance, feature) => (importances[feature] += importance));
  }
  return { trees: arrangeTrees(nodes.nodes(0), nFeatures), importances: normalized(importances) };
}

/** How often each row is drawn, with replacement. */
function drawnCounts(nRows: number, nDrawn: number, random: RandomStream): Float64Array {
  const counts = new Float64Array(nRows);
  for (let draw = 0; draw < nDrawn; draw++) counts[Math.floor(random.uniform() * nRows)]++;
  return counts;
}

/** A node to be split: its rows are in a range of the row numbers. */
interface OpenNode {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

/** Grows one tree, depth first. */
class TreeGrower {
  /** Weighted reduction of the squared error by the splits of each feature. */
  readonly importances: Float64Array;
  readonly #splitter: Splitter;

  constructor(
    private readonly memory: ForestMemory,
    private readonly rows: Required<TrainingRows> & { readonly weights: Float64Array },
    private readonly options: ForestOptions,
    private readonly nodes: NodeList,
    random: RandomStream,
  ) {
    this.importances = new Float64Array(rows.nFeatures);
    const { maxFeatures, minSamplesLeaf } = options;
    this.#splitter = new { random: RandomSplitter, best: BestSplitter }[options.splits](
      memory,
      rows,
      { maxFeatures, minSamplesLeaf },
      random,
    );
  }

  /**
   * @param nRows - number of rows in the order of the memory, which are reordered
   * @param scale - factor of the values of leaves
   */
  grow(nRows: number, scale: number): void {
    const { features, nFeatures } = this.rows;
    const { order } = this.memory;
    const { nodes } = this;
    const open: OpenNode[] = [{ node: nodes.addRoot(), start: 0, end: nRows, depth: 0 }];
    const total = this.#sums(order, 0, nRows).weight;
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, start, end, depth } = next;
      const sums = this.#sums(order, start, end);
      nodes.value[node] = Math.fround((sums.weight > 0 ? sums.target / sums.weight : 0) * scale);
      if (!this.#mayBeSplit(end - start, depth, sums.isPure)) continue;
      const split = this.#splitter.find({ start, end, ...sums });
      if (!split || split.gain < this.options.minImpurityDecrease * total) continue;
      let middle = start;
      let last = end - 1;
      while (middle <= last) {
        const row = order[middle];
        if (features[row * nFeatures + split.feature] <= split.threshold) middle++;
        else {
          order[middle] = order[last];
          order[last--] = row;
        }
      }
      this.importances[split.feature] += Math.max(0, split.gain);
      const left = nodes.split(node, split.feature, split.threshold);
      open.push({ node: left + 1, start: middle, end, depth: depth + 1 });
      open.push({ node: left, start, end: middle, depth: depth + 1 });
    }
  }

  #mayBeSplit(nRows: number, depth: number, isPure: boolean): boolean {
    const { maxDepth, minSamplesSplit, minSamplesLeaf } = this.options;
    return depth < maxDepth && nRows >= minSamplesSplit && nRows >= 2 * minSamplesLeaf && !isPure;
  }

  #sums(order: Int32Array, start: number, end: number): Pick<NodeRows, 'target' | 'weight'> & { isPure: boolean } {
    const { targets, weights } = this.rows;
    let [target, weight, isPure] = [0, 0, true];
    const first = targets[order[start]];
    for (let k = start; k < end; k++) {
      const row = order[k];
      target += weights[row] * targets[row];
      weight += weights[row];
      if (targets[row] !== first) isPure = false;
    }
    return { target, weight, isPure };
  }
}
