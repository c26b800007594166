export {
  AtmosphereDensityProfile,
  type AtmosphereMetadata,
  type AtmosphereTable,
} from './atmosphere-density-profile.js';
export { CameraDescription } from './camera-description.js';
export { CameraGeometry, type CameraGeometryOptions } from './camera-geometry.js';
export { CameraReadout, type CameraReadoutOptions } from './camera-readout.js';
export { EarthLocation } from './earth-location.js';
export { guessTelescope, sizeTypeFromMirrorArea, unknownTelescope, type GuessedTelescope } from './guess-telescope.js';
export {
  OpticsDescription,
  type FocalLengthKind,
  type OpticsDescriptionOptions,
  type ReflectorShape,
  type SizeType,
} from './optics-description.js';
export { plainSubarray, subarrayFrom, type PlainCamera, type PlainSubarray } from './plain-subarray.js';
export {
  SubarrayDescription,
  type SubarrayDescriptionOptions,
  type TelescopeCoordinates,
} from './subarray-description.js';
export { TelescopeDescription } from './telescope-description.js';
