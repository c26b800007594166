import type { GraphEnds, RunningGraph } from './graph-runner.js';

/** Predicts a number for each row of features. */
export interface RowPredictor {
  /** @param rows - features of one row after the other, without NaN */
  predict(rows: Float32Array): Float64Array;
}

/** An estimator whose graph is evaluated by a `GraphRunner`. */
export class GraphEstimator implements RowPredictor {
  /**
   * @param column - index of the number of a row that is the prediction, such as the probability of the second class; undefined if
   *   there is one number per row
   */
  constructor(
    private readonly graph: RunningGraph,
    private readonly ends: GraphEnds,
    private readonly nFeatures: number,
    private readonly column: number | undefined,
  ) {}

  /** @throws RangeError if the output has another number of columns; those of the graph */
  predict(rows: Float32Array): Float64Array {
    const nRows = rows.length / this.nFeatures;
    if (nRows === 0) return new Float64Array(0);
    const values = this.graph.run(this.ends, rows, this.nFeatures);
    const count = values.length / nRows;
    const column = this.column ?? 0;
    if (!Number.isInteger(count) || column >= count || (count > 1 && this.column === undefined)) {
      const expected = this.column === undefined ? 'one number per row' : `a column ${this.column} of each row`;
      throw new RangeError(
        `the output ${this.ends.output} has ${values.length} numbers for ${nRows} rows, expected ${expected}`,
      );
    }
    return Float64Array.from({ length: nRows }, (_, row) => values[row * count + column]);
  }
}
