import { pairwiseSum, valuesOf, type PixelValues } from './pixel-plane.js';

/** Descriptive statistics of the values of an image. */
export interface DescriptiveStatistics {
  readonly max: number;
  readonly min: number;
  readonly mean: number;
  /** Standard deviation, normalized by the count. */
  readonly std: number;
  /** Third standardized moment. */
  readonly skewness: number;
  /** Fourth standardized moment less 3, 0 for a normal distribution. */
  readonly kurtosis: number;
}

/**
 * Computes statistics of the values of the selected pixels (ctapipe 0.32 `descriptive_statistics`).
 *
 * For single-precision values, mean, standard deviation and the differences from the mean are in single precision,
 * equal bit by bit to numpy's.
 *
 * @param values - of each pixel of the camera
 * @param selected - indices of the pixels to use
 * @returns NaN for no pixels and for values of which one is NaN; skewness and kurtosis are NaN also for equal values
 */
export function descriptiveStatistics(values: PixelValues, selected: Int32Array): DescriptiveStatistics {
  const n = selected.length;
  if (n === 0) return { max: NaN, min: NaN, mean: NaN, std: NaN, skewness: NaN, kurtosis: NaN };
  const round = values instanceof Float32Array ? Math.fround : Number;
  const chosen = valuesOf(values, selected);
  const mean = round(pairwiseSum(chosen) / n);

  let max = chosen[0];
  let min = chosen[0];
  const differences = chosen instanceof Float32Array ? new Float32Array(n) : new Float64Array(n);
  const squares = differences.slice();
  for (let k = 0; k < n; k++) {
    const value = chosen[k];
    if (value > max || Number.isNaN(value)) max = value;
    if (value < min || Number.isNaN(value)) min = value;
    differences[k] = value - mean;
    squares[k] = differences[k] * differences[k];
  }
  const std = round(Math.sqrt(round(pairwiseSum(squares) / n)));

  let third = 0;
  let fourth = 0;
  for (let k = 0; k < n; k++) {
    const standardized = differences[k] / std;
    const squared = standardized * standardized;
    third += squared * standardized;
    fourth += squared * squared;
  }
  return { max, min, mean, std, skewness: third / n, kurtosis: fourth / n - 3 };
}
