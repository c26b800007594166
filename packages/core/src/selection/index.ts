export { EventTypeFilter } from './event-type-filter.js';
export { NoiseEventTypeFilter } from './noise-event-type-filter.js';
export { SoftwareTrigger } from './software-trigger.js';
