export { ImageCleaner } from './image-cleaner.js';
export { ImageParametrizer } from './image-parametrizer.js';
export type { QualityStatistics } from './quality-statistics.js';
