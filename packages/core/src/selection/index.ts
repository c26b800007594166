export { EventTypeFilter, NoiseEventTypeFilter } from './event-type-filter.js';
export { SoftwareTrigger } from './software-trigger.js';
