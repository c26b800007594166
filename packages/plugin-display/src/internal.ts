export { ChosenEvents } from './report/chosen-events.js';
export { EventReport } from './report/event-report.js';
export { packEvent, packSubarray, unpackEvent, unpackSubarray } from './report/packed-event.js';
export { performanceBins } from './report/performance-bins.js';
export { packJson, unpackJson } from './report/packed-json.js';
