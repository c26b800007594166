export { ImageCleaner } from './image-cleaner.js';
export type { QualityStatistics } from './quality-statistics.js';
