export { ImageCleaner, ImageModifier, ImageParametrizer } from './image-kinds.js';
export { ImageProcessor } from './image-processor.js';
export {
  ImageQualityQuery,
  qualityCriterion,
  QualityQuery,
  StereoQualityQuery,
  type QualityStatistics,
} from './quality-query.js';
