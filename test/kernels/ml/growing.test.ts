import { expect } from 'chai';
import {
  areaUnderRoc,
  determination,
  evaluateTrees,
  growBoosting,
  growForest,
  RandomStream,
  type BoostingOptions,
  type ForestOptions,
  type TrainingRows,
  type TreeEnsemble,
} from '@cherenkit/kernels';

const N_FEATURES = 5;

/** Rows whose target is a smooth function of three features with noise. */
function rowsOf(seed: number, nRows: number, isClass = false): TrainingRows {
  const random = new RandomStream(seed);
  const features = Float32Array.from({ length: nRows * N_FEATURES }, () => random.normal());
  const targets = Float64Array.from({ length: nRows }, (_, row) => {
    const [a, b, c] = features.subarray(row * N_FEATURES, row * N_FEATURES + 3);
    const value = Math.sin(2 * a) + 0.5 * b * b + c + 0.3 * random.normal();
    return isClass ? Number(value > 0.5) : value;
  });
  return { features, nFeatures: N_FEATURES, targets };
}

function predict(trees: TreeEnsemble, { features, targets }: TrainingRows): Float64Array {
  const sums = new Float64Array(targets.length);
  evaluateTrees(trees, features, N_FEATURES, sums);
  return sums;
}

const forest: ForestOptions = {
  nTrees: 20,
  splits: 'random',
  maxDepth: Infinity,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  maxFeatures: N_FEATURES,
  minImpurityDecrease: 0,
  seed: 1,
};
const boosting: BoostingOptions = {
  loss: 'squared_error',
  maxIter: 50,
  learningRate: 0.1,
  maxLeafNodes: 15,
  maxDepth: Infinity,
  minSamplesLeaf: 10,
  l2Regularization: 0,
  maxFeatures: 1,
  maxBins: 255,
  seed: 1,
};

/** Number of rows in each leaf of the first tree. */
function leafSizes({ feature, threshold, left, roots }: TreeEnsemble, { features, targets }: TrainingRows): number[] {
  const sizes = new Map<number, number>();
  for (let row = 0; row < targets.length; row++) {
    let node = roots[0];
    while (left[node] !== node) {
      node = left[node] + Number(features[row * N_FEATURES + feature[node]] > threshold[node]);
    }
    sizes.set(node, (sizes.get(node) ?? 0) + 1);
  }
  return [...sizes.values()];
}

describe('forests', () => {
  for (const splits of ['random', 'best'] as const) {
    it(`reproduce the rows of which they grow to the end: ${splits} splits`, () => {
      const rows = rowsOf(1, 300);
      const { trees } = growForest(rows, { ...forest, splits, nTrees: 3 });
      predict(trees, rows).forEach((value, row) => expect(value).to.be.closeTo(rows.targets[row], 1e-6));
    });

    it(`predict other rows, and rank the features: ${splits} splits`, () => {
      const { trees, importances } = growForest(rowsOf(1, 2000), { ...forest, splits, minSamplesLeaf: 2 });
      const other = rowsOf(2, 2000);
      expect(determination(other.targets, predict(trees, other))).to.be.above(0.75);
      expect(importances.reduce((sum, each) => sum + each, 0)).to.be.closeTo(1, 1e-12);
      expect(Math.min(...importances.subarray(0, 3))).to.be.above(Math.max(...importances.subarray(3)));
    });

    it(`keep the limits of nodes: ${splits} splits`, () => {
      const rows = rowsOf(3, 1000);
      const { trees } = growForest(rows, { ...forest, splits, minSamplesLeaf: 20, maxDepth: 4 });
      expect(Math.max(...trees.depths)).to.be.at.most(4);
      expect(Math.min(...leafSizes(trees, rows))).to.be.at.least(20);
    });

    it(`are the same for the same seed, and give probabilities for classes: ${splits} splits`, () => {
      const rows = rowsOf(4, 800, true);
      const options = { ...forest, splits, maxFeatures: 2, nDrawn: 800 };
      const { trees } = growForest(rows, options);
      expect(growForest(rows, options).trees).to.deep.equal(trees);
      expect(growForest(rows, { ...options, seed: 2 }).trees).not.to.deep.equal(trees);
      const other = rowsOf(5, 800, true);
      const scores = predict(trees, other);
      expect(Math.min(...scores)).to.be.at.least(0);
      expect(Math.max(...scores)).to.be.at.most(1 + 1e-6);
      expect(areaUnderRoc(other.targets, scores)).to.be.above(0.9);
    });
  }

  it('are the same with WebAssembly and without', () => {
    const rows = rowsOf(7, 400);
    const weights = Float64Array.from({ length: 400 }, (_, row) => 0.1 * (row % 4));
    for (const given of [rows, { ...rows, weights }]) {
      for (const nFeatures of [1, 4, N_FEATURES]) {
        const features = given.features.subarray(0, nFeatures * 400);
        for (const splits of ['random', 'best'] as const) {
          const options = { ...forest, splits, nTrees: 3, maxFeatures: Math.ceil(nFeatures / 2), nDrawn: 300 };
          const fast = growForest({ ...given, features, nFeatures }, options);
          const slow = growForest({ ...given, features, nFeatures }, { ...options, usesWasm: false });
          expect(slow).to.deep.equal(fast);
        }
      }
    }
  });

  it('ignore rows with weight 0, and weigh others', () => {
    const rows = rowsOf(6, 500);
    const weights = Float64Array.from({ length: 500 }, (_, row) => Number(row < 300));
    const half: TrainingRows = {
      features: rows.features.slice(0, 300 * N_FEATURES),
      nFeatures: N_FEATURES,
      targets: rows.targets.slice(0, 300),
    };
    for (const splits of ['random', 'best'] as const) {
      const { trees } = growForest({ ...rows, weights }, { ...forest, splits });
      expect(trees).to.deep.equal(growForest(half, { ...forest, splits }).trees);
    }
  });
});

describe('gradient boosting', () => {
  it('predicts other rows, and ranks the features', () => {
    const { trees, importances } = growBoosting(rowsOf(1, 3000), boosting);
    const other = rowsOf(2, 3000);
    expect(determination(other.targets, predict(trees, other))).to.be.above(0.85);
    expect(Math.min(...importances.subarray(0, 3))).to.be.above(Math.max(...importances.subarray(3)));
  });

  it('separates classes', () => {
    const { trees } = growBoosting(rowsOf(1, 3000, true), { ...boosting, loss: 'log_loss' });
    const other = rowsOf(2, 3000, true);
    expect(areaUnderRoc(other.targets, predict(trees, other))).to.be.above(0.95);
  });

  for (const loss of ['squared_error', 'log_loss'] as const) {
    it(`gives the same with WebAssembly and without: ${loss}`, () => {
      const rows = rowsOf(7, 1500, loss === 'log_loss');
      const weights = Float64Array.from({ length: 1500 }, (_, row) => 1 + (row % 3));
      for (const each of [rows, { ...rows, weights }]) {
        const fast = growBoosting(each, { ...boosting, loss, maxFeatures: 0.5 });
        expect(growBoosting(each, { ...boosting, loss, maxFeatures: 0.5, usesWasm: false })).to.deep.equal(fast);
      }
    });
  }

  it('keeps the limits of trees', () => {
    const rows = rowsOf(3, 1000);
    const { trees } = growBoosting(rows, { ...boosting, maxLeafNodes: 8, minSamplesLeaf: 30, maxDepth: 3 });
    const ends = [...trees.roots.subarray(1), trees.left.length];
    ends.forEach((end, tree) => {
      const leaves = trees.left.subarray(trees.roots[tree], end).filter((left, i) => left === trees.roots[tree] + i);
      expect(leaves.length).to.be.within(2, 8);
    });
    expect(Math.max(...trees.depths)).to.be.at.most(3);
    expect(Math.min(...leafSizes(trees, rows))).to.be.at.least(30);
  });

  it('stops when predictions no longer improve', () => {
    const earlyStopping = { validationFraction: 0.2, nIterNoChange: 5, tolerance: 1e-7 };
    const options = { ...boosting, maxIter: 500, learningRate: 0.5, earlyStopping };
    for (const loss of ['squared_error', 'log_loss'] as const) {
      const { trees } = growBoosting(rowsOf(4, 1000, loss === 'log_loss'), { ...options, loss });
      expect(trees.roots.length).to.be.within(3, 200);
    }
  });

  it('predicts a constant where no split is possible', () => {
    const rows = { ...rowsOf(1, 15), features: new Float32Array(15 * N_FEATURES).fill(1) };
    const { trees, importances } = growBoosting(rows, boosting);
    const mean = rows.targets.reduce((sum, each) => sum + each, 0) / 15;
    expect(predict(trees, rows)[0]).to.be.closeTo(mean, 1e-6);
    expect([...importances]).to.deep.equal([0, 0, 0, 0, 0]);
  });
});
