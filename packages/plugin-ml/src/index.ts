import { definePlugin } from '@cherenkit/core';

import { StereoDispCombiner } from './combination/stereo-disp-combiner.js';
import { StereoMeanCombiner } from './combination/stereo-mean-combiner.js';
import {
  BoostingEstimator,
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
} from './estimators/boosting-estimators.js';
import { Estimator } from './estimators/estimator.js';
import {
  ExtraTreesClassifier,
  ExtraTreesRegressor,
  ForestEstimator,
  RandomForestClassifier,
  RandomForestRegressor,
} from './estimators/forest-estimators.js';
import { MLQualityQuery } from './features/ml-quality-query.js';
import { GraphRunner, NoGraphRunner } from './graphs/graph-runner.js';
import { modelFiles } from './model/model-files.js';
import { DispReconstructor } from './reconstruction/disp-reconstructor.js';
import { EnergyRegressor } from './reconstruction/energy-regressor.js';
import { ModelReconstructor } from './reconstruction/model-reconstructor.js';
import { ParticleClassifier } from './reconstruction/particle-classifier.js';
import { ApplyModels } from './tools/apply-models-tool.js';
import { ModelShowTool } from './tools/model-show-tool.js';
import { TrainDispReconstructor } from './tools/train-disp-tool.js';
import { TrainEnergyRegressor } from './tools/train-energy-tool.js';
import { TrainParticleClassifier } from './tools/train-particle-tool.js';
import { TrainTool } from './tools/train-tool.js';
import { CrossValidator } from './training/cross-validator.js';

export { MODEL_FILES, ModelFiles } from './model/model-files.js';
export { readModel, type Model } from './model/model-file.js';
export {
  RECONSTRUCTORS,
  ROLES,
  type EstimatorDescription,
  type ModelDescription,
  type ModelReconstructor as ModelReconstructorName,
  type Role,
  type TelescopeTypeDescription,
} from './model/model-description.js';
export type { RowPredictor } from './graphs/graph-estimator.js';
export type { GraphEnds, RunningGraph } from './graphs/graph-runner.js';
export { TrainedTrees } from './model/trained-trees.js';
export { writeModel, type DescribedEstimator, type DescribedType, type WritableModel } from './model/write-model.js';
export type { EstimatorTask, TrainedEstimator } from './estimators/estimator.js';
export { parameter, type ParameterRule, type ParameterRules, type Parameters } from './estimators/parameter-rules.js';
export type { Learner } from './reconstruction/model-reconstructor.js';
export type { Link } from './onnx/write-onnx.js';
export type { GrowTask } from './estimators/grow-task.js';
export { trainInThreads, type Trained, type Training } from './training/train-in-threads.js';
export type { TrainingSet } from './training/fit-model.js';
export type { FoldMetrics, Folds, Validation } from './training/cross-validator.js';
export type { EnergyBinMetrics, JudgedEvents, Metrics } from './training/validation-metrics.js';
export {
  ApplyModels,
  BoostingEstimator,
  CrossValidator,
  DispReconstructor,
  EnergyRegressor,
  Estimator,
  ExtraTreesClassifier,
  ExtraTreesRegressor,
  ForestEstimator,
  GraphRunner,
  MLQualityQuery,
  ModelReconstructor,
  ModelShowTool,
  NoGraphRunner,
  ParticleClassifier,
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
  RandomForestClassifier,
  RandomForestRegressor,
  StereoDispCombiner,
  StereoMeanCombiner,
  TrainDispReconstructor,
  TrainEnergyRegressor,
  TrainParticleClassifier,
  TrainTool,
};

export default definePlugin({
  name: 'ml',
  apiVersion: 1,
  kinds: [CrossValidator, Estimator, GraphRunner],
  bases: [BoostingEstimator, ForestEstimator, ModelReconstructor, TrainTool],
  services: [modelFiles],
  components: [
    ApplyModels,
    CrossValidator,
    DispReconstructor,
    EnergyRegressor,
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    MLQualityQuery,
    ModelShowTool,
    NoGraphRunner,
    ParticleClassifier,
    RandomForestClassifier,
    RandomForestRegressor,
    StereoDispCombiner,
    StereoMeanCombiner,
    TrainDispReconstructor,
    TrainEnergyRegressor,
    TrainParticleClassifier,
  ],
});
