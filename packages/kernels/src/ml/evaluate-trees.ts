import type { TreeEnsemble } from './tree-ensemble.js';

/** Rows that pass through one tree after the other: their features and the nodes of a tree fit into the cache of a processor. */
const BLOCK = 1024;

/**
 * Evaluates trees: for each row, the constant and the values of the leaves that it reaches, summed in float64.
 *
 * @param rows - features of one row after the other, without NaN
 * @param nFeatures - number of features of a row
 * @param sums - result, one per row
 */
export function evaluateTrees(trees: TreeEnsemble, rows: Float32Array, nFeatures: number, sums: Float64Array): void {
  if (rows.length !== nFeatures * sums.length) {
    throw new RangeError(`expected ${nFeatures} features for each of ${sums.length} rows, found ${rows.length} values`);
  }
  sums.fill(trees.base);
  for (let start = 0; start < sums.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, sums.length);
    for (let tree = 0; tree < trees.roots.length; tree++) {
      addTree(trees, tree, rows, nFeatures, start, end, sums);
    }
  }
}

/** Adds the values of one tree. Four rows descend side by side: each step waits for memory, which the others use. */
function addTree(
  { feature, threshold, left, value, roots, depths }: TreeEnsemble,
  tree: number,
  rows: Float32Array,
  nFeatures: number,
  start: number,
  end: number,
  sums: Float64Array,
): void {
  const root = roots[tree];
  const depth = depths[tree];
  let row = start;
  for (; row + 3 < end; row += 4) {
    const row0 = row * nFeatures;
    const row1 = row0 + nFeatures;
    const row2 = row1 + nFeatures;
    const row3 = row2 + nFeatures;
    let node0 = root;
    let node1 = root;
    let node2 = root;
    let node3 = root;
    for (let step = 0; step < depth; step++) {
      const next0 = left[node0] + (rows[row0 + feature[node0]] > threshold[node0] ? 1 : 0);
      const next1 = left[node1] + (rows[row1 + feature[node1]] > threshold[node1] ? 1 : 0);
      const next2 = left[node2] + (rows[row2 + feature[node2]] > threshold[node2] ? 1 : 0);
      const next3 = left[node3] + (rows[row3 + feature[node3]] > threshold[node3] ? 1 : 0);
      // All have reached their leaves, which are their own children.
      if (next0 === node0 && next1 === node1 && next2 === node2 && next3 === node3) break;
      node0 = next0;
      node1 = next1;
      node2 = next2;
      node3 = next3;
    }
    sums[row] += value[node0];
    sums[row + 1] += value[node1];
    sums[row + 2] += value[node2];
    sums[row + 3] += value[node3];
  }
  for (; row < end; row++) {
    const first = row * nFeatures;
    let node = root;
    for (let step = 0; step < depth; step++) {
      node = left[node] + (rows[first + feature[node]] > threshold[node] ? 1 : 0);
    }
    sums[row] += value[node];
  }
}
