export type { BlockOptions, EventBlock, EventBlocks } from './event-block.js';
export { EVENT_SOURCE_OPENER, EventSource, type EventSourceOpener } from './event-source.js';
export {
  DEFAULT_SOURCE_OUTCOME,
  hasRawImages,
  type DataLevel,
  type RawDataCalibration,
  type RunDescription,
  type SourceOutcome,
} from './run-description.js';
