export { ADC_SAMPLES, LazyAdcSamples, writeAdcSamples } from './adc-samples.js';
export { ADC_SUMS, type AdcSums } from './adc-sums.js';
export { ATMOSPHERIC_PROFILE, type AtmosphericProfile } from './atmospheric-profile.js';
export { CAMERA_MONITORING, type CameraMonitoring, type CameraPedestal } from './camera-monitoring.js';
export { CAMERA_ORGANIZATION, type CameraOrganization } from './camera-organization.js';
export {
  CAMERA_SOFTWARE_SETTINGS,
  DEFAULT_SOFTWARE_SETTINGS,
  type CameraSoftwareSettings,
} from './camera-software-settings.js';
export { CAMERA_SETTINGS, type CameraSettings } from './camera-settings.js';
export { DISABLED_PIXELS, type DisabledPixels } from './disabled-pixels.js';
export { DRIVE_SETTINGS, DEFAULT_DRIVE_SETTINGS, type DriveSettings } from './drive-settings.js';
export { HISTOGRAMS, type Histogram, type HistogramAxis } from './histograms.js';
export { HISTORY_META, type HistoryMeta } from './history-meta.js';
export { HISTORY, HISTORY_COMMAND_LINE, HISTORY_CONFIG, type HistoryLine } from './history.js';
export { LASER_CALIBRATION, type LaserCalibration } from './laser-calibration.js';
export { MC_EVENT, type McEvent } from './mc-event.js';
export { MC_RUN_HEADER, type McRunHeader } from './mc-run-header.js';
export { MC_SHOWER, type McShower, type ShowerProfile } from './mc-shower.js';
export type { ObjectCodec, ObjectDecoder } from './define-object.js';
export { objectName } from './object-types.js';
export { PHOTOELECTRON_SUM, type PhotoelectronSum } from './photoelectron-sum.js';
export { PHOTOELECTRONS, type Photoelectrons } from './photoelectrons.js';
export { PIXEL_LIST, type PixelList } from './pixel-list.js';
export { PIXEL_SETTINGS, type PixelSettings } from './pixel-settings.js';
export { NO_POINTING_CORRECTION, POINTING_CORRECTION, type PointingCorrection } from './pointing-correction.js';
export { RUN_HEADER, type RunHeader } from './run-header.js';
export { TELESCOPE_EVENT_HEADER, type TelescopeEventHeader } from './telescope-event-header.js';
export { readTrackingPosition, writeTrackingPosition, type TrackingPosition } from './tracking-position.js';
export { TRIGGER_INFORMATION, type TriggerInformation } from './trigger-information.js';
