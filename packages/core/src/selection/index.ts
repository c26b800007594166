export { EventTypeFilter, NoiseEventTypeFilter } from './event-type-filter.js';
export { FeatureGenerator, generateFeatures, SUBARRAY_NAME, type GeneratedFeature } from './feature-generator.js';
export { SoftwareTrigger } from './software-trigger.js';
