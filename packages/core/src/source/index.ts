export {
  AtmosphereDensityProfile,
  type AtmosphereMetadata,
  type AtmosphereTable,
} from './atmosphere-density-profile.js';
export { byteSource, byteSourceFrom, type ByteSource } from './byte-source.js';
export { EVENT_SOURCE_OPENER, type EventSourceOpener } from './event-source-opener.js';
export { EventSource, type DataLevel } from './event-source.js';
export type { RawDataCalibration } from './raw-data-calibration.js';
