/** A loss of gradient boosting, of raw predictions. */
export interface BoostingLoss {
  /** Whether all hessians are equal to the weights. */
  readonly hasConstantHessian: boolean;
  /** Constant raw prediction with the smallest loss. */
  baseline(targets: Float64Array, weights: Float64Array | undefined): number;
  /** Fills gradient and hessian of each row. */
  gradients(raw: Float64Array, targets: Float64Array, weights: Float64Array | undefined, pairs: Float64Array): void;
  /** Weighted mean loss of some rows. */
  meanLoss(raw: Float64Array, targets: Float64Array, weights: Float64Array | undefined): number;
}

function weightedMean(values: Float64Array, weights: Float64Array | undefined): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const weight = weights?.[i] ?? 1;
    sum += weight * values[i];
    total += weight;
  }
  return sum / total;
}

/** Half of the squared error. */
const squaredError: BoostingLoss = {
  hasConstantHessian: true,
  baseline: weightedMean,
  gradients(raw, targets, weights, pairs) {
    for (let i = 0; i < raw.length; i++) {
      const weight = weights ? weights[i] : 1;
      pairs[2 * i] = weight * (raw[i] - targets[i]);
      pairs[2 * i + 1] = weight;
    }
  },
  meanLoss: (raw, targets, weights) =>
    weightedMean(
      raw.map((value, i) => 0.5 * (value - targets[i]) ** 2),
      weights,
    ),
};

/** Negative log-likelihood of the classes 0 and 1; raw predictions are log-odds of class 1. */
const logLoss: BoostingLoss = {
  hasConstantHessian: false,
  baseline(targets, weights) {
    const mean = weightedMean(targets, weights);
    const least = 2 ** -52;
    const probability = Math.min(Math.max(mean, least), 1 - least);
    return Math.log(probability / (1 - probability));
  },
  gradients(raw, targets, weights, pairs) {
    for (let i = 0; i < raw.length; i++) {
      const weight = weights ? weights[i] : 1;
      const probability = 1 / (1 + Math.exp(-raw[i]));
      pairs[2 * i] = weight * (probability - targets[i]);
      pairs[2 * i + 1] = weight * probability * (1 - probability);
    }
  },
  meanLoss: (raw, targets, weights) =>
    weightedMean(
      raw.map((value, i) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value))) - value * targets[i]),
      weights,
    ),
};

/** Losses of gradient boosting. */
export const BOOSTING_LOSSES = { squared_error: squaredError, log_loss: logLoss } as const;
