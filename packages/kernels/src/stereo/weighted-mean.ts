import { altAzToCartesian, cartesianToAltAz, type AltAz } from '../frames/index.js';
import type { Radians } from '../units.js';

/** Weighted mean and standard deviation. */
export interface WeightedMean {
  readonly mean: number;
  /** Standard deviation of the values, unbiased for reliability weights; NaN for a single value. */
  readonly standardDeviation: number;
  /** Root of the weighted mean of the squared deviations; 0 for a single value. */
  readonly populationDeviation: number;
}

/**
 * Weighted mean of values, with reliability weights.
 *
 * variance = sum w (x - mean)2 / (sum w - sum w2 / sum w), of the population sum w (x - mean)2 / sum w. Source: `numpy.average` and
 * `numpy.cov` with `aweights`, which ctapipe 0.32 uses for events, and its `weighted_mean_std_ufunc` for tables.
 *
 * @param weights - one per value, not negative; the mean is NaN if they sum to 0
 */
export function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number>): WeightedMean {
  let sumOfWeights = 0;
  let sumOfSquares = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sumOfWeights += weights[i];
    sumOfSquares += weights[i] * weights[i];
    sum += weights[i] * values[i];
  }
  const mean = sum / sumOfWeights;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += weights[i] * (values[i] - mean) ** 2;
  const freedom = sumOfWeights - sumOfSquares / sumOfWeights;
  return {
    mean,
    standardDeviation: values.length > 1 && freedom > 0 ? Math.sqrt(squares / freedom) : NaN,
    populationDeviation: Math.sqrt(squares / sumOfWeights),
  };
}

/** Mean direction and spread. */
export interface MeanDirection extends AltAz {
  /** Circular standard deviation. */
  readonly spread: Radians;
}

/**
 * Weighted mean of directions, as the direction of the mean of their unit vectors. The length R of this mean gives the
 * spread, sqrt(-2 ln R).
 *
 * Source: K. V. Mardia and P. E. Jupp, Directional Statistics (2000), chapter 2; ctapipe 0.32 `StereoMeanCombiner`.
 *
 * @param weights - one per direction, not negative; results are NaN if they sum to 0 or the directions cancel
 */
export function meanDirection(directions: readonly AltAz[], weights: ArrayLike<number>): MeanDirection {
  let sumOfWeights = 0;
  let x = 0;
  let y = 0;
  let z = 0;
  for (let i = 0; i < directions.length; i++) {
    const unit = altAzToCartesian(directions[i]);
    x += weights[i] * unit.x;
    y += weights[i] * unit.y;
    z += weights[i] * unit.z;
    sumOfWeights += weights[i];
  }
  const length = Math.sqrt(x * x + y * y + z * z) / sumOfWeights;
  if (!(length > 0)) return { alt: NaN, az: NaN, spread: NaN };
  // Rounding may make the mean of equal unit vectors longer than 1.
  return { ...cartesianToAltAz({ x, y, z }), spread: Math.sqrt(Math.max(0, -2 * Math.log(length))) };
}
