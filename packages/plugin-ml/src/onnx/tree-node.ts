import { arrangeTrees, type TreeEnsemble } from '@cherenkit/kernels';
import type { OnnxNode } from './onnx-graph.js';

const NO_NUMBERS = new Float64Array(0);

/** Attributes of the nodes of all trees, one element per node. */
interface NodeLists {
  readonly trees: Float64Array;
  readonly ids: Float64Array;
  readonly features: Float64Array;
  readonly trueIds: Float64Array;
  readonly falseIds: Float64Array;
  readonly thresholds: Float64Array;
  readonly modes: readonly string[];
}

/**
 * Converts a node `TreeEnsembleRegressor` with one target to trees. Source: the operators ai.onnx.ml of ONNX, version 3.
 *
 * @param nFeatures - number of features of a row
 * @throws RangeError for anything else than trees of comparisons `<=` whose values are added
 */
export function treesOf({ attributes }: OnnxNode, nFeatures: number): TreeEnsemble {
  const numbers = (name: string): Float64Array => {
    const plain = attributes.get(name)?.floats ?? NO_NUMBERS;
    return plain.length > 0 ? plain : (attributes.get(`${name}_as_tensor`)?.floats ?? NO_NUMBERS);
  };
  const integers = (name: string): Float64Array => attributes.get(name)?.integers ?? NO_NUMBERS;
  const option = (name: string, expected: readonly string[]): string => {
    const found = attributes.get(name)?.text ?? expected[0];
    if (expected.includes(found)) return found;
    throw new RangeError(`${name} is ${JSON.stringify(found)}, expected ${expected.join(' or ')}`);
  };
  const nTargets = attributes.get('n_targets')?.integer ?? 1;
  if (nTargets !== 1) throw new RangeError(`n_targets is ${nTargets}, expected 1`);
  option('post_transform', ['NONE']);
  const isAverage = option('aggregate_function', ['SUM', 'AVERAGE']) === 'AVERAGE';

  const lists: NodeLists = {
    trees: integers('nodes_treeids'),
    ids: integers('nodes_nodeids'),
    features: integers('nodes_featureids'),
    trueIds: integers('nodes_truenodeids'),
    falseIds: integers('nodes_falsenodeids'),
    thresholds: numbers('nodes_values'),
    modes: attributes.get('nodes_modes')?.texts ?? [],
  };
  checkLengths('nodes', { ...lists });
  const weights = {
    trees: integers('target_treeids'),
    ids: integers('target_nodeids'),
    targets: integers('target_ids'),
    values: numbers('target_weights'),
  };
  checkLengths('targets', weights);

  const index = new NodeIndex(lists);
  const nNodes = lists.trees.length;
  const feature = new Int32Array(nNodes);
  const left = new Int32Array(nNodes);
  const right = new Int32Array(nNodes);
  for (let node = 0; node < nNodes; node++) {
    const mode = lists.modes[node];
    if (mode === 'LEAF') {
      feature[node] = -1;
      continue;
    }
    if (mode !== 'BRANCH_LEQ') {
      throw new RangeError(`the mode of node ${node} is ${JSON.stringify(mode)}, expected BRANCH_LEQ or LEAF`);
    }
    feature[node] = lists.features[node] >= 0 && lists.features[node] < nFeatures ? lists.features[node] : nFeatures;
    left[node] = index.find(lists.trees[node], lists.trueIds[node], `the true child of node ${node}`);
    right[node] = index.find(lists.trees[node], lists.falseIds[node], `the false child of node ${node}`);
  }
  const value = new Float64Array(nNodes);
  const scale = isAverage ? 1 / index.roots.length : 1;
  weights.values.forEach((weight, i) => {
    const leaf = index.find(weights.trees[i], weights.ids[i], `target ${i}`);
    if (feature[leaf] !== -1) throw new RangeError(`target ${i} belongs to node ${leaf}, which is no leaf`);
    if (weights.targets[i] !== 0) throw new RangeError(`the id of target ${i} is ${weights.targets[i]}, expected 0`);
    value[leaf] += scale * weight;
  });
  const bases = numbers('base_values');
  if (bases.length > 1) throw new RangeError(`there are ${bases.length} base_values, expected one at most`);
  const nodes = { feature, threshold: lists.thresholds, left, right, value, roots: index.roots, base: bases[0] ?? 0 };
  return arrangeTrees(nodes, nFeatures);
}

function checkLengths(what: string, lists: Readonly<Record<string, ArrayLike<unknown>>>): void {
  const lengths = Object.entries(lists).map(([name, { length }]) => [name, length] as const);
  const [, expected] = lengths[0];
  const other = lengths.find(([, length]) => length !== expected);
  if (other) throw new RangeError(`${what} have ${expected} trees, but ${other[1]} ${other[0]}`);
  if (expected === 0) throw new RangeError(`there are no ${what}`);
}

/** Finds nodes by the ids of their trees and their own ids, which are numbered in order in most files. */
class NodeIndex {
  /** Position of the first node of each tree. */
  readonly roots: number[] = [];
  readonly #numbered = new Map<number, { readonly start: number; readonly end: number }>();
  readonly #others = new Map<string, number>();

  constructor({ trees, ids }: NodeLists) {
    for (let start = 0; start < trees.length;) {
      const tree = trees[start];
      let end = start;
      while (end < trees.length && trees[end] === tree && ids[end] === end - start) end++;
      if (end > start && !this.#numbered.has(tree)) {
        this.#numbered.set(tree, { start, end });
        this.roots.push(start);
        start = end;
        continue;
      }
      if (!this.#numbered.has(tree)) {
        this.#numbered.set(tree, { start, end: start });
        this.roots.push(start);
      }
      const key = `${tree}:${ids[start]}`;
      if (this.#others.has(key) || this.#findNumbered(tree, ids[start]) !== undefined) {
        throw new RangeError(`tree ${tree} has two nodes ${ids[start]}`);
      }
      this.#others.set(key, start++);
    }
  }

  /** @throws RangeError naming the user if there is no such node */
  find(tree: number, id: number, user: string): number {
    const found = this.#findNumbered(tree, id) ?? this.#others.get(`${tree}:${id}`);
    if (found !== undefined) return found;
    throw new RangeError(`${user} is node ${id} of tree ${tree}, which does not exist`);
  }

  #findNumbered(tree: number, id: number): number | undefined {
    const range = this.#numbered.get(tree);
    return range && id >= 0 && id < range.end - range.start ? range.start + id : undefined;
  }
}
