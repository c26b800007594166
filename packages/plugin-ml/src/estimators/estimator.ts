import { Component } from '@cherenkit/core';
import type { GrownTrees, TrainingRows } from '@cherenkit/kernels';
import { TrainedTrees } from '../model/trained-trees.js';
import type { Link } from '../onnx/write-onnx.js';
import type { GrowTask } from './grow-task.js';
import { checkedParameters, type ParameterRules, type Parameters } from './parameter-rules.js';

/** Values, or the classes 0 and 1. */
export type EstimatorTask = 'regression' | 'classification';

/** A trained estimator. */
export interface TrainedEstimator {
  /** Predicts a value, or the probability of class 1. Values of leaves are float32, so that files store them exactly. */
  readonly trained: TrainedTrees;
  /** Importances of the features, which sum to 1; undefined if they are not known. */
  readonly importances?: readonly number[] | undefined;
}

/**
 * Learns from rows of features to predict a number. Reconstructors select estimators by their class names, which are those of
 * scikit-learn (`model_cls`), with parameters of the same names and meanings (`model_config`).
 */
export abstract class Estimator extends Component {
  static override readonly kind: string = 'Estimator';
  static override readonly methods: readonly string[] = ['train'];
  static readonly task: EstimatorTask = 'regression';
  /** Function of the sum of trees: `logistic` for those that sum to the logarithm of the odds. */
  static readonly link: Link = 'identity';
  /** Parameters by the names in configurations. */
  static readonly parameters: ParameterRules = {};

  get task(): EstimatorTask {
    return (this.constructor as typeof Estimator).task;
  }

  /**
   * Completes parameters with their defaults.
   *
   * @param place - where they are set, for messages
   * @throws CherenkitError ESTIMATOR_PARAMETER_INVALID (2)
   */
  parametersOf(place: string, given: Parameters): Parameters {
    return checkedParameters(place, this.name, given, (this.constructor as typeof Estimator).parameters);
  }

  /** @param parameters - all of them, as `parametersOf` returns them */
  abstract train(rows: TrainingRows, parameters: Parameters): TrainedEstimator;

  /**
   * The trees that `train` grows, for another thread to grow them. Default: undefined, for estimators that are trained otherwise.
   *
   * @param parameters - as for `train`
   */
  growTask(_rows: TrainingRows, _parameters: Parameters): GrowTask | undefined {
    return undefined;
  }

  /** The estimator of the trees of `growTask`. */
  trainedOf({ trees, importances }: GrownTrees, nFeatures: number): TrainedEstimator {
    const { link } = this.constructor as typeof Estimator;
    return { trained: new TrainedTrees(trees, link, nFeatures), importances: [...importances] };
  }
}
