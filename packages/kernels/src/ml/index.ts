export { evaluateTrees } from './evaluate-trees.js';
export { floatBelow } from './float-below.js';
export {
  accuracyOf,
  angularResolution,
  areaUnderRoc,
  determination,
  relativeErrors,
  type RelativeErrors,
} from './prediction-metrics.js';
export { quantileOf } from './quantile.js';
export { arrangeTrees, type TreeEnsemble, type TreeNodes } from './tree-ensemble.js';
