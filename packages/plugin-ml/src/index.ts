import { definePlugin } from '@cherenkit/core';

import { StereoDispCombiner } from './combination/stereo-disp-combiner.js';
import { StereoMeanCombiner } from './combination/stereo-mean-combiner.js';
import { FeatureGenerator } from './features/feature-generator.js';
import { MLQualityQuery } from './features/ml-quality-query.js';
import { modelFiles } from './model/model-files.js';
import { DispReconstructor } from './reconstruction/disp-reconstructor.js';
import { EnergyRegressor } from './reconstruction/energy-regressor.js';
import { ModelReconstructor } from './reconstruction/model-reconstructor.js';
import { ParticleClassifier } from './reconstruction/particle-classifier.js';
import { ApplyModels } from './tools/apply-models-tool.js';
import { ModelShowTool } from './tools/model-show-tool.js';

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
export { TrainedTrees } from './model/trained-trees.js';
export { writeModel, type DescribedEstimator, type DescribedType, type WritableModel } from './model/write-model.js';
export type { Link } from './onnx/write-onnx.js';
export {
  ApplyModels,
  DispReconstructor,
  EnergyRegressor,
  FeatureGenerator,
  MLQualityQuery,
  ModelReconstructor,
  ModelShowTool,
  ParticleClassifier,
  StereoDispCombiner,
  StereoMeanCombiner,
};

export default definePlugin({
  name: 'ml',
  apiVersion: 1,
  kinds: [FeatureGenerator],
  bases: [ModelReconstructor],
  services: [modelFiles],
  components: [
    ApplyModels,
    DispReconstructor,
    EnergyRegressor,
    FeatureGenerator,
    MLQualityQuery,
    ModelShowTool,
    ParticleClassifier,
    StereoDispCombiner,
    StereoMeanCombiner,
  ],
});
