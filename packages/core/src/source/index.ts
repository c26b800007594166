export { EVENT_SOURCE_OPENER, type EventSourceOpener } from './event-source-opener.js';
export { EventSource, type DataLevel } from './event-source.js';
export type { RawDataCalibration } from './raw-data-calibration.js';
