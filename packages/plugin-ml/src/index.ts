import { definePlugin } from '@cherenkit/core';

import { modelFiles } from './model/model-files.js';

export { MODEL_FILES, ModelFiles } from './model/model-files.js';
export { readModel, type Model } from './model/model-file.js';
export {
  RECONSTRUCTORS,
  ROLES,
  type EstimatorDescription,
  type ModelDescription,
  type ModelReconstructor,
  type Role,
  type TelescopeTypeDescription,
} from './model/model-description.js';
export { TrainedTrees } from './model/trained-trees.js';
export { writeModel, type DescribedEstimator, type DescribedType, type WritableModel } from './model/write-model.js';
export type { Link } from './onnx/write-onnx.js';

export default definePlugin({ name: 'ml', apiVersion: 1, services: [modelFiles], components: [] });
