export {
  cameraFrame,
  cameraToEngineering,
  cameraToTelescope,
  engineeringToCamera,
  pixelsToTelescope,
  TELESCOPE_FRAME,
  telescopeToCamera,
  type CameraFrame,
  type CameraPoint,
  type TelescopeFrame,
  type TelescopePoint,
} from './camera-frame.js';
export { geodeticToItrs, itrsToGeodetic, type GeodeticLocation, type ItrsLocation } from './wgs84.js';
export type { GroundPoint } from './ground-frames.js';
