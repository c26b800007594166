export { ImageCleaner } from './image-cleaner.js';
export { ImageModifier } from './image-modifier.js';
export { ImageParametrizer } from './image-parametrizer.js';
export { ImageProcessor } from './image-processor.js';
export { ImageQualityQuery, QualityQuery, StereoQualityQuery } from './quality-query.js';
export type { QualityStatistics } from './quality-statistics.js';
