import { floatBelow } from './float-below.js';

/** Nodes of decision trees in any order, as libraries and files have them. Arrays have one element per node. */
export interface TreeNodes {
  /** Index of the feature that the node compares; -1 for a leaf. */
  readonly feature: ArrayLike<number>;
  /** A row with feature <= threshold continues with the left child, any other one with the right child. */
  readonly threshold: ArrayLike<number>;
  /** Index of the left child; ignored for a leaf. */
  readonly left: ArrayLike<number>;
  /** Index of the right child; ignored for a leaf. */
  readonly right: ArrayLike<number>;
  /** Value of a leaf; ignored for other nodes. */
  readonly value: ArrayLike<number>;
  /** Index of the first node of each tree. */
  readonly roots: ArrayLike<number>;
  /** Added to the sum of all trees. */
  readonly base: number;
}

/**
 * Decision trees whose values are summed: a random forest, extremely randomised trees or gradient boosting.
 *
 * The nodes of a tree are in breadth-first order with adjacent children, so that a step to a child is one addition. Leaves are
 * their own left child and have an infinite threshold: further steps stay in the leaf.
 */
export interface TreeEnsemble {
  /** Index of the feature that a node compares; 0 for a leaf. */
  readonly feature: Int32Array;
  /** Rounded down to float32, see {@link floatBelow}; Infinity for a leaf. */
  readonly threshold: Float32Array;
  /** Index of the left child; the right child is the next node. A leaf: its own index. */
  readonly left: Int32Array;
  /** Values of leaves; 0 for other nodes. */
  readonly value: Float64Array;
  /** Index of the first node of each tree. */
  readonly roots: Int32Array;
  /** Number of steps from the root of each tree to its deepest leaf. */
  readonly depths: Int32Array;
  /** Added to the sum of all trees. */
  readonly base: number;
}

/**
 * Arranges trees for {@link evaluateTrees}, and checks them: each node has one parent, and each tree ends in leaves.
 *
 * @param nFeatures - number of features of a row
 * @throws RangeError naming the first node that is not as expected
 */
export function arrangeTrees(nodes: TreeNodes, nFeatures: number): TreeEnsemble {
  const { roots } = nodes;
  const nNodes = nodes.feature.length;
  const trees = {
    feature: new Int32Array(nNodes),
    threshold: new Float32Array(nNodes).fill(Infinity),
    left: Int32Array.from({ length: nNodes }, (_, node) => node),
    value: new Float64Array(nNodes),
    roots: new Int32Array(roots.length),
    depths: new Int32Array(roots.length),
    base: finite(nodes.base, 'the constant'),
  };
  // Nodes of the current tree in breadth-first order.
  const order = new Int32Array(nNodes);
  const isPlaced = new Uint8Array(nNodes);
  let placed = 0;
  const place = (node: number, parent: string): void => {
    if (!(Number.isInteger(node) && node >= 0 && node < nNodes)) {
      throw new RangeError(`${parent} is ${node}, expected a node from 0 to ${nNodes - 1}`);
    }
    if (isPlaced[node]) throw new RangeError(`${parent} is ${node}, which has a parent already or is a root`);
    isPlaced[node] = 1;
    order[placed++] = node;
  };
  for (let tree = 0; tree < roots.length; tree++) {
    trees.roots[tree] = placed;
    place(roots[tree], `the root of tree ${tree}`);
    let depth = -1;
    for (let next = placed - 1; next < placed; depth++) {
      for (const end = placed; next < end; next++)
        arrangeNode(nodes, order[next], next, placed, nFeatures, trees, place);
    }
    trees.depths[tree] = depth;
  }
  if (placed < nNodes) throw new RangeError(`node ${isPlaced.indexOf(0)} belongs to no tree`);
  return trees;
}

/** Copies a node to its place, and places its children. */
function arrangeNode(
  nodes: TreeNodes,
  node: number,
  at: number,
  nextPlace: number,
  nFeatures: number,
  { feature, threshold, left, value }: TreeEnsemble,
  place: (node: number, parent: string) => void,
): void {
  const compared = nodes.feature[node];
  if (compared === -1) {
    value[at] = finite(nodes.value[node], `the value of node ${node}`);
    return;
  }
  if (!(Number.isInteger(compared) && compared >= 0 && compared < nFeatures)) {
    throw new RangeError(`the feature of node ${node} is ${compared}, expected one from 0 to ${nFeatures - 1}`);
  }
  if (Number.isNaN(nodes.threshold[node])) throw new RangeError(`the threshold of node ${node} is NaN`);
  feature[at] = compared;
  threshold[at] = floatBelow(nodes.threshold[node]);
  left[at] = nextPlace;
  place(nodes.left[node], `the left child of node ${node}`);
  place(nodes.right[node], `the right child of node ${node}`);
}

function finite(value: number, what: string): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(`${what} is ${value}, expected a finite number`);
}
