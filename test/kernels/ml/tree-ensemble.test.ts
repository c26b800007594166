import { expect } from 'chai';
import fc from 'fast-check';
import { arrangeTrees, evaluateTrees, floatBelow, RandomStream, type TreeNodes } from '@cherenkit/kernels';

const N_FEATURES = 3;

/** Trees with random splits, nodes in depth-first order; values are float32 so that thresholds and features are equal at times. */
function randomTrees(seed: number, nTrees: number, maxDepth: number): TreeNodes {
  const random = new RandomStream(seed);
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const value: number[] = [];
  const grow = (depth: number): number => {
    const node = feature.length;
    const isLeaf = depth === maxDepth || random.uniform() < 0.2;
    feature.push(isLeaf ? -1 : random.uint32() % N_FEATURES);
    threshold.push(Math.round(10 * random.uniform()) / 10);
    value.push(isLeaf ? random.normal() : NaN);
    left.push(-1);
    right.push(-1);
    if (!isLeaf) {
      left[node] = grow(depth + 1);
      right[node] = grow(depth + 1);
    }
    return node;
  };
  const roots = Array.from({ length: nTrees }, () => grow(0));
  return { feature, threshold, left, right, value, roots, base: random.normal() };
}

/** Evaluates the nodes as they are, one row at a time. */
function sumOf({ feature, threshold, left, right, value, roots, base }: TreeNodes, row: ArrayLike<number>): number {
  return Array.from(roots).reduce((sum, root) => {
    let node = root;
    while (feature[node] >= 0) node = row[feature[node]] <= threshold[node] ? left[node] : right[node];
    return sum + value[node];
  }, base);
}

const leaf: TreeNodes = { feature: [-1], threshold: [0], left: [0], right: [0], value: [2], roots: [0], base: 1 };
const stump: TreeNodes = {
  feature: [0, -1, -1],
  threshold: [0.5, 0, 0],
  left: [1, 0, 0],
  right: [2, 0, 0],
  value: [0, 1, 2],
  roots: [0],
  base: 0,
};

describe('trees', () => {
  it('give the sum of the leaves that a row reaches', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 5 }), fc.nat(7), fc.nat(2500), (seed, nTrees, depth, nRows) => {
        const nodes = randomTrees(seed, nTrees, depth);
        const random = new RandomStream(seed, 1);
        const rows = Float32Array.from(
          { length: N_FEATURES * nRows },
          () => Math.round(20 * random.uniform() - 5) / 10,
        );
        const sums = new Float64Array(nRows);
        evaluateTrees(arrangeTrees(nodes, N_FEATURES), rows, N_FEATURES, sums);
        const expected = Float64Array.from({ length: nRows }, (_, row) =>
          sumOf(nodes, rows.subarray(N_FEATURES * row, N_FEATURES * (row + 1))),
        );
        expect(sums).to.deep.equal(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('compare float32 features with thresholds in float64, which are rounded down', () => {
    const nodes = { ...stump, threshold: [0.1, 0, 0] };
    const rows = Float32Array.of(0.1, floatBelow(0.1), 0.2); // the float32 nearest to 0.1 is above 0.1
    const sums = new Float64Array(3);
    evaluateTrees(arrangeTrees(nodes, 1), rows, 1, sums);
    expect(sums).to.deep.equal(Float64Array.of(2, 1, 2));
  });

  it('may consist of a single leaf', () => {
    const sums = new Float64Array(5);
    evaluateTrees(arrangeTrees(leaf, 1), new Float32Array(5), 1, sums);
    expect(sums).to.deep.equal(new Float64Array(5).fill(3));
  });

  const faults: [title: string, nodes: Partial<TreeNodes>, message: RegExp][] = [
    ['a child outside', { left: [3, 0, 0] }, /^the left child of node 0 is 3, expected a node from 0 to 2$/],
    ['a negative child', { right: [-1, 0, 0] }, /^the right child of node 0 is -1/],
    ['a cycle', { left: [0, 0, 0] }, /^the left child of node 0 is 0, which has a parent already or is a root$/],
    ['a child with two parents', { right: [1, 0, 0] }, /^the right child of node 0 is 1, which has a parent/],
    ['a node without parent', { feature: [-1, -1, -1] }, /^node 1 belongs to no tree$/],
    ['an unknown feature', { feature: [7, -1, -1] }, /^the feature of node 0 is 7, expected one from 0 to 2$/],
    ['a negative feature', { feature: [-2, -1, -1] }, /^the feature of node 0 is -2/],
    ['a threshold of NaN', { threshold: [NaN, 0, 0] }, /^the threshold of node 0 is NaN$/],
    ['an infinite value', { value: [0, Infinity, 0] }, /^the value of node 1 is Infinity, expected a finite number$/],
    ['an infinite constant', { base: -Infinity }, /^the constant is -Infinity/],
    ['a root outside', { roots: [0, 3] }, /^the root of tree 1 is 3, expected a node from 0 to 2$/],
    ['a root twice', { roots: [0, 0] }, /^the root of tree 1 is 0, which has a parent/],
  ];
  for (const [title, change, message] of faults) {
    it(`are refused with ${title}`, () => {
      expect(() => arrangeTrees({ ...stump, ...change }, N_FEATURES)).to.throw(RangeError, message);
    });
  }

  it('expect the features of all rows', () => {
    expect(() => evaluateTrees(arrangeTrees(leaf, 2), new Float32Array(5), 2, new Float64Array(3))).to.throw(
      RangeError,
      'expected 2 features for each of 3 rows, found 5 values',
    );
  });
});

describe('floatBelow', () => {
  it('compares with each float32 as the number itself', () => {
    const float = fc.float({ noNaN: true });
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true }), float), float, (threshold, x) => {
        const below = floatBelow(threshold);
        expect(Math.fround(below)).to.equal(below);
        expect(x <= below).to.equal(x <= threshold);
        expect(Math.fround(threshold) <= below).to.equal(Math.fround(threshold) <= threshold);
      }),
    );
  });

  it('gives the largest float32 for larger numbers, and keeps infinities', () => {
    expect([1e300, -1e300, Infinity, -Infinity, -1e-60].map(floatBelow)).to.deep.equal([
      3.4028234663852886e38,
      -Infinity,
      Infinity,
      -Infinity,
      -(2 ** -149),
    ]);
  });
});
