export { ChosenEvents } from './report/chosen-events.js';
export { packEvent, packSubarray, unpackEvent, unpackSubarray } from './report/packed-event.js';
export { packJson, unpackJson } from './report/packed-json.js';
