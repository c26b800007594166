import { quantileOf } from '../numeric/quantile.js';

/** Fraction of a normal distribution within one standard deviation, as rounded in the field. */
const CONTAINMENT = 0.68;

/** Bias and resolution of an energy reconstruction. */
export interface RelativeErrors {
  /** Median of predicted / true - 1. */
  readonly bias: number;
  /** 68 % quantile of the distance of predicted / true - 1 from the bias. */
  readonly resolution: number;
}

/** Bias and resolution of predictions, relative to the true values. Source: `energy_bias_resolution` of pyirf. */
export function relativeErrors(truth: ArrayLike<number>, predicted: ArrayLike<number>): RelativeErrors {
  const errors = Float64Array.from({ length: truth.length }, (_, i) => predicted[i] / truth[i] - 1);
  const bias = quantileOf(errors, 0.5);
  return {
    bias,
    resolution: quantileOf(
      errors.map((error) => Math.abs(error - bias)),
      CONTAINMENT,
    ),
  };
}

/**
 * Coefficient of determination R2: 1 for exact predictions, 0 for the mean of the true values. Source: `r2_score` of scikit-learn.
 *
 * @param weights - one per value. Default: equal weights
 */
export function determination(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  const n = truth.length;
  const weightOf = (i: number): number => weights?.[i] ?? 1;
  let [sum, total] = [0, 0];
  for (let i = 0; i < n; i++) {
    sum += weightOf(i) * truth[i];
    total += weightOf(i);
  }
  const mean = sum / total;
  let [residuals, deviations] = [0, 0];
  for (let i = 0; i < n; i++) {
    residuals += weightOf(i) * (truth[i] - predicted[i]) ** 2;
    deviations += weightOf(i) * (truth[i] - mean) ** 2;
  }
  return 1 - residuals / deviations;
}

/** Points of a receiver operating characteristic, from none to all events accepted. */
export interface RocCurve {
  /** Accepted fraction of the background. */
  readonly falsePositives: Float64Array;
  /** Accepted fraction of the signal. */
  readonly truePositives: Float64Array;
}

/**
 * Receiver operating characteristic: the accepted fractions of background and signal for each threshold of the score. NaN for a class without
 * events. Source: `roc_curve` of scikit-learn, with `drop_intermediate=False`.
 *
 * @param isSignal - 1 or 0 per event
 * @param scores - without NaN
 * @param weights - one per event. Default: equal weights
 */
export function rocCurve(
  isSignal: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights?: ArrayLike<number>,
): RocCurve {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b] - scores[a]);
  const counts = [[0], [0]];
  for (let first = 0, end = 0; first < order.length; first = end) {
    const sums = counts.map((each) => each[each.length - 1]);
    do sums[isSignal[order[end]] ? 1 : 0] += weights?.[order[end]] ?? 1;
    while (++end < order.length && scores[order[end]] === scores[order[first]]);
    sums.forEach((sum, i) => counts[i].push(sum));
  }
  const [falsePositives, truePositives] = counts.map((each) =>
    Float64Array.from(each, (sum) => sum / each[each.length - 1]),
  );
  return { falsePositives, truePositives };
}

/**
 * Area under the receiver operating characteristic: the probability that a signal event has a larger score than a background event;
 * equal scores count half. NaN without events of both classes, or with a score of NaN. Source: `roc_auc_score` of scikit-learn.
 *
 * @param isSignal - 1 or 0 per event
 * @param weights - one per event. Default: equal weights
 */
export function areaUnderRoc(
  isSignal: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  for (let i = 0; i < scores.length; i++) if (Number.isNaN(scores[i])) return NaN;
  const { falsePositives: x, truePositives: y } = rocCurve(isSignal, scores, weights);
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  return area;
}

/** Fraction of predictions that equal the true values, such as signs of disp. Source: `accuracy_score` of scikit-learn. */
export function accuracyOf(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let nEqual = 0;
  for (let i = 0; i < truth.length; i++) if (truth[i] === predicted[i]) nEqual++;
  return nEqual / truth.length;
}

/** 68 % quantile of angular distances between predicted and true directions. */
export function angularResolution(distances: ArrayLike<number>): number {
  return quantileOf(distances, CONTAINMENT);
}
