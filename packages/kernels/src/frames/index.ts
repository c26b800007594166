export {
  altAzToCartesian,
  angularSeparation,
  cartesianToAltAz,
  positionAngle,
  wrapAtPi,
  wrapAtTwoPi,
  type AltAz,
  type Vector3,
} from './alt-az.js';
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
export { altAzToEquatorial, earthAxis, equatorialToAltAz, type EarthAxis, type Equatorial } from './equatorial.js';
export {
  eastingNorthingToGround,
  groundToEastingNorthing,
  groundToTilted,
  projectToGround,
  tiltedToGround,
  type EastingNorthingPoint,
  type GroundPoint,
  type TiltedGroundPoint,
} from './ground-frames.js';
export { impactDistance, pointOnShowerAxis } from './shower-axis.js';
export { altAzToNominal, altAzToTelescope, nominalToAltAz, telescopeToAltAz, type NominalPoint } from './sky-offset.js';
export {
  geodeticToItrs,
  groundToItrs,
  itrsToGeodetic,
  itrsToGround,
  type GeodeticLocation,
  type ItrsLocation,
} from './wgs84.js';
