import type { TreeEnsemble } from '../tree-ensemble.js';

/** Rows of which trees are grown. */
export interface TrainingRows {
  /** Features of one row after the other, without NaN. */
  readonly features: Float32Array;
  readonly nFeatures: number;
  /** Values to predict, one per row; for two classes 0 and 1. */
  readonly targets: Float64Array;
  /** Weights of the rows, not negative. Default: equal weights. */
  readonly weights?: Float64Array | undefined;
}

/** Trees grown of rows. */
export interface GrownTrees {
  readonly trees: TreeEnsemble;
  /** Importance of each feature: how much its splits reduce the loss, as a fraction of the sum; 0 if there are no splits. */
  readonly importances: Float64Array;
}

/** Divides numbers by their sum. */
export function normalized(values: Float64Array): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0);
  return sum > 0 ? values.map((value) => value / sum) : values;
}
