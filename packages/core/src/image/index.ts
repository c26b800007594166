export { ImageCleaner } from './image-cleaner.js';
export { ImageModifier } from './image-modifier.js';
export { ImageParametrizer } from './image-parametrizer.js';
export { ImageProcessor } from './image-processor.js';
export {
  addStatistics,
  ImageQualityQuery,
  QualityQuery,
  StereoQualityQuery,
  type QualityStatistics,
} from './quality-query.js';
