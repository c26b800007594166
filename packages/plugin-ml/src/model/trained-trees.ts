import { evaluateTrees, type TreeEnsemble } from '@cherenkit/kernels';
import type { RowPredictor } from '../graphs/graph-estimator.js';
import type { Link } from '../onnx/write-onnx.js';

/** A trained estimator: trees, and the function of their sum. */
export class TrainedTrees implements RowPredictor {
  constructor(
    readonly trees: TreeEnsemble,
    readonly link: Link,
    readonly nFeatures: number,
  ) {}

  /**
   * Predicts a number for each row: a value, or the probability of the second class.
   *
   * @param rows - features of one row after the other, without NaN
   */
  predict(rows: Float32Array): Float64Array {
    const predictions = new Float64Array(rows.length / this.nFeatures);
    evaluateTrees(this.trees, rows, this.nFeatures, predictions);
    if (this.link === 'logistic') {
      for (let row = 0; row < predictions.length; row++) predictions[row] = 1 / (1 + Math.exp(-predictions[row]));
    }
    return predictions;
  }
}
