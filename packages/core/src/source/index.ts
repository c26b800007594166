export { EVENT_SOURCE_OPENER, type EventSourceOpener } from './event-source-opener.js';
export { EventSource } from './event-source.js';
export {
  PLAIN_OUTCOME,
  type DataLevel,
  type RawDataCalibration,
  type RunDescription,
  type SourceOutcome,
} from './run-description.js';
