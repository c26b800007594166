export { evaluateTrees } from './evaluate-trees.js';
export { floatBelow } from './float-below.js';
export {
  accuracyOf,
  angularResolution,
  areaUnderRoc,
  determination,
  relativeErrors,
  rocCurve,
  type RelativeErrors,
  type RocCurve,
} from './prediction-metrics.js';
export { growBoosting, type BoostingOptions, type EarlyStopping } from './growing/grow-boosting.js';
export { growForest, type ForestOptions } from './growing/grow-forest.js';
export { helpGrowing, type SharedSearch } from './growing/split-search.js';
export type { GrownTrees, TrainingRows } from './growing/training-rows.js';
export { arrangeTrees, type TreeEnsemble, type TreeNodes } from './tree-ensemble.js';
