import type { BoostingOptions, TrainingRows } from '@cherenkit/kernels';
import { Estimator, type TrainedEstimator } from './estimator.js';
import { balanced } from './forest-estimators.js';
import { growTrees, type GrowTask } from './grow-task.js';
import { parameter, type ParameterRules, type Parameters } from './parameter-rules.js';

/** Number of rows from which `early_stopping: auto` stops early, as in scikit-learn. */
const MANY_ROWS = 10_000;

const COMMON: ParameterRules = {
  learning_rate: parameter.number(0.1, 'a number above 0', (value) => value > 0),
  max_iter: parameter.count(100),
  max_leaf_nodes: parameter.optionalCount(31, 2),
  max_depth: parameter.optionalCount(null),
  min_samples_leaf: parameter.count(20),
  l2_regularization: parameter.number(0, 'a number of at least 0', (value) => value >= 0),
  max_features: parameter.number(1, 'a fraction up to 1.0', (value) => value > 0 && value <= 1),
  max_bins: parameter.number(
    255,
    'an integer from 2 to 255',
    (value) => Number.isInteger(value) && value >= 2 && value <= 255,
  ),
  early_stopping: parameter.choice(['auto', true, false]),
  scoring: parameter.choice(['loss']),
  validation_fraction: parameter.number(0.1, 'a fraction below 1', (value) => value > 0 && value < 1),
  n_iter_no_change: parameter.count(10),
  tol: parameter.number(1e-7, 'a number of at least 0', (value) => value >= 0),
  categorical_features: parameter.choice(['from_dtype', null]),
  monotonic_cst: parameter.choice([null]),
  interaction_cst: parameter.choice([null]),
  warm_start: parameter.choice([false]),
  random_state: parameter.seed(),
  verbose: parameter.ignored(0),
};

/** Leaves of trees whose number is not limited. */
const MANY_LEAVES = 4096;

/** Gradient boosting with histograms. */
export abstract class BoostingEstimator extends Estimator {
  static override readonly help: string = 'Gradient boosting with histograms.';
  static readonly loss: 'squared_error' | 'log_loss' = 'squared_error';

  override train(rows: TrainingRows, parameters: Parameters): TrainedEstimator {
    return this.trainedOf(growTrees(this.growTask(rows, parameters)), rows.nFeatures);
  }

  override growTask(rows: TrainingRows, parameters: Parameters): GrowTask {
    const { targets } = rows;
    const { loss } = this.constructor as typeof BoostingEstimator;
    const { early_stopping: early } = parameters;
    const stops = early === 'auto' ? targets.length > MANY_ROWS : early === true;
    const options: BoostingOptions = {
      loss,
      maxIter: Number(parameters['max_iter']),
      learningRate: Number(parameters['learning_rate']),
      maxLeafNodes: Number(parameters['max_leaf_nodes'] ?? Math.max(2, Math.min(MANY_LEAVES, targets.length))),
      maxDepth: Number(parameters['max_depth'] ?? Infinity),
      minSamplesLeaf: Number(parameters['min_samples_leaf']),
      l2Regularization: Number(parameters['l2_regularization']),
      maxFeatures: Number(parameters['max_features']),
      maxBins: Number(parameters['max_bins']),
      earlyStopping: stops
        ? {
            validationFraction: Number(parameters['validation_fraction']),
            nIterNoChange: Number(parameters['n_iter_no_change']),
            tolerance: Number(parameters['tol']),
          }
        : undefined,
      seed: Number(parameters['random_state'] ?? 0),
    };
    return { algorithm: 'boosting', rows: balanced(rows, parameters), options };
  }
}

/** Source: G. Ke et al., "LightGBM", NIPS 30 (2017) 3146; scikit-learn. */
export class HistGradientBoostingRegressor extends BoostingEstimator {
  static override readonly help = 'Trees that each correct the sum of those before them, for values.';
  static override readonly parameters = {
    loss: parameter.choice(['squared_error']),
    quantile: parameter.choice([null]),
    ...COMMON,
  };
}

/** Source: G. Ke et al., "LightGBM", NIPS 30 (2017) 3146; scikit-learn. */
export class HistGradientBoostingClassifier extends BoostingEstimator {
  static override readonly help = 'Trees that each correct the sum of those before them, for two classes.';
  static override readonly task = 'classification';
  static override readonly loss = 'log_loss';
  static override readonly link = 'logistic';
  static override readonly parameters = {
    loss: parameter.choice(['log_loss']),
    class_weight: parameter.choice([null, 'balanced']),
    ...COMMON,
  };
}
