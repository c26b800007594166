import type { Json } from '@cherenkit/core';
import type { ForestOptions, TrainingRows } from '@cherenkit/kernels';
import { Estimator, type TrainedEstimator } from './estimator.js';
import { growTrees, type GrowTask } from './grow-task.js';
import { parameter, type ParameterRules, type Parameters } from './parameter-rules.js';

/** Parameters of all forests; those that only have one choice are in configurations of scikit-learn at times. */
const COMMON: ParameterRules = {
  n_estimators: parameter.count(100),
  max_depth: parameter.optionalCount(null),
  min_samples_split: parameter.rows(2, 2),
  min_samples_leaf: parameter.rows(1, 1),
  min_impurity_decrease: parameter.number(0, 'a number of at least 0', (value) => value >= 0),
  max_leaf_nodes: parameter.choice([null]),
  min_weight_fraction_leaf: parameter.choice([0]),
  ccp_alpha: parameter.choice([0]),
  oob_score: parameter.choice([false]),
  warm_start: parameter.choice([false]),
  max_samples: {
    default: null,
    expected: 'an integer of at least 1, a fraction up to 1.0, or null',
    accepts: (value) =>
      value === null || (typeof value === 'number' && value > 0 && (value <= 1 || Number.isInteger(value))),
  },
  random_state: parameter.seed(),
  n_jobs: parameter.ignored(null),
  verbose: parameter.ignored(0),
};

const REGRESSION: ParameterRules = {
  criterion: parameter.choice(['squared_error']),
  max_features: parameter.features(1),
};

const CLASSIFICATION: ParameterRules = {
  criterion: parameter.choice(['gini']),
  max_features: parameter.features('sqrt'),
  class_weight: parameter.choice([null, 'balanced']),
};

/** A forest: the mean of trees. */
export abstract class ForestEstimator extends Estimator {
  static override readonly help: string = 'A forest, the mean of trees.';
  static readonly splits: 'random' | 'best' = 'random';

  override train(rows: TrainingRows, parameters: Parameters): TrainedEstimator {
    return this.trainedOf(growTrees(this.growTask(rows, parameters)), rows.nFeatures);
  }

  override growTask(rows: TrainingRows, parameters: Parameters): GrowTask {
    const { nFeatures, targets } = rows;
    const nRows = targets.length;
    const { splits } = this.constructor as typeof ForestEstimator;
    const isClass = this.task === 'classification';
    const options: ForestOptions = {
      splits,
      nTrees: Number(parameters['n_estimators']),
      maxDepth: parameters['max_depth'] === null ? Infinity : Number(parameters['max_depth']),
      minSamplesSplit: Math.max(2, numberOf(parameters['min_samples_split'], nRows)),
      minSamplesLeaf: numberOf(parameters['min_samples_leaf'], nRows),
      maxFeatures: featuresOf(parameters['max_features'], nFeatures, isClass),
      // The Gini impurity of two classes is twice the variance.
      minImpurityDecrease: Number(parameters['min_impurity_decrease']) / (isClass ? 2 : 1),
      nDrawn: parameters['bootstrap'] === true ? drawnOf(parameters['max_samples'], nRows) : undefined,
      seed: Number(parameters['random_state'] ?? 0),
    };
    return { algorithm: 'forest', rows: isClass ? balanced(rows, parameters) : rows, options };
  }
}

/** Rows whose weights balance the classes, if the parameters say so. */
export function balanced(rows: TrainingRows, { class_weight: mode }: Parameters): TrainingRows {
  if (mode !== 'balanced') return rows;
  const nSignal = rows.targets.reduce((sum, target) => sum + target, 0);
  const n = rows.targets.length;
  const factors = [n / (2 * (n - nSignal)), n / (2 * nSignal)];
  return { ...rows, weights: rows.targets.map((target, row) => factors[target] * (rows.weights?.[row] ?? 1)) };
}

/** A number of rows, or a fraction of them. */
function numberOf(value: Json | undefined, nRows: number): number {
  return Number.isInteger(value) ? Number(value) : Math.ceil(Number(value) * nRows);
}

function drawnOf(value: Json | undefined, nRows: number): number {
  if (value === null || value === undefined) return nRows;
  return Number.isInteger(value) && Number(value) > 1
    ? Math.min(nRows, Number(value))
    : Math.max(1, Math.round(Number(value) * nRows));
}

/** In JSON and YAML, 1 and 1.0 are the same: as default of regression it means all features. */
function featuresOf(value: Json | undefined, nFeatures: number, isClass: boolean): number {
  if (value === null || value === undefined) return nFeatures;
  if (value === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(nFeatures)));
  if (value === 'log2') return Math.max(1, Math.floor(Math.log2(nFeatures)));
  const number = Number(value);
  if (number === 1) return isClass ? 1 : nFeatures;
  return number < 1 ? Math.max(1, Math.floor(number * nFeatures)) : Math.min(nFeatures, number);
}

/** Source: P. Geurts et al., Machine Learning 63 (2006) 3; scikit-learn. */
export class ExtraTreesRegressor extends ForestEstimator {
  static override readonly help = 'Mean of trees with random thresholds, for values.';
  static override readonly parameters = { ...COMMON, ...REGRESSION, bootstrap: parameter.boolean(false) };
}

/** Source: P. Geurts et al., Machine Learning 63 (2006) 3; scikit-learn. */
export class ExtraTreesClassifier extends ForestEstimator {
  static override readonly help = 'Mean of trees with random thresholds, for two classes.';
  static override readonly task = 'classification';
  static override readonly parameters = { ...COMMON, ...CLASSIFICATION, bootstrap: parameter.boolean(false) };
}

/** Source: L. Breiman, Machine Learning 45 (2001) 5; scikit-learn. */
export class RandomForestRegressor extends ForestEstimator {
  static override readonly help = 'Mean of trees with the best thresholds, each of rows drawn at random, for values.';
  static override readonly splits = 'best';
  static override readonly parameters = { ...COMMON, ...REGRESSION, bootstrap: parameter.boolean(true) };
}

/** Source: L. Breiman, Machine Learning 45 (2001) 5; scikit-learn. */
export class RandomForestClassifier extends ForestEstimator {
  static override readonly help =
    'Mean of trees with the best thresholds, each of rows drawn at random, for two classes.';
  static override readonly splits = 'best';
  static override readonly task = 'classification';
  static override readonly parameters = { ...COMMON, ...CLASSIFICATION, bootstrap: parameter.boolean(true) };
}
