import { telescopeOfEventType, telescopeOfTrackingType } from './telescope-numbering.js';

/** Types of objects whose payload consists of other objects only. */
export const ContainerType = {
  TELESCOPE_DATA: 1204,
  ARRAY_EVENT: 2010,
  CALIBRATION_EVENT: 2028,
  CALIBRATION_PHOTOELECTRONS: 2034,
} as const;

/** Names of object types in sim_telarray files and CORSIKA IACT photon files, as in the Python package eventio. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [70, 'History'],
  [71, 'HistoryCommandLine'],
  [72, 'HistoryConfig'],
  [75, 'HistoryMeta'],
  [100, 'Histograms'],
  [1200, 'RunHeader (CORSIKA)'],
  [1201, 'TelescopeDefinition'],
  [1202, 'EventHeader'],
  [1203, 'ArrayOffsets'],
  [1204, 'TelescopeData'],
  [1205, 'Photons'],
  [1206, 'CameraLayout'],
  [1207, 'TriggerTime'],
  [1208, 'PhotoElectrons'],
  [1209, 'EventEnd'],
  [1210, 'RunEnd'],
  [1211, 'Longitudinal'],
  [1212, 'InputCard'],
  [1213, 'TelescopeArrayHead'],
  [1214, 'TelescopeArrayEnd'],
  [1215, 'MCExtraParams'],
  [1216, 'AtmosphericProfile'],
  [2000, 'RunHeader'],
  [2001, 'MCRunHeader'],
  [2002, 'CameraSettings'],
  [2003, 'CameraOrganization'],
  [2004, 'PixelSettings'],
  [2005, 'DisabledPixels'],
  [2006, 'CameraSoftwareSettings'],
  [2007, 'PointingCorrection'],
  [2008, 'DriveSettings'],
  [2009, 'TriggerInformation'],
  [2010, 'ArrayEvent'],
  [2011, 'TelescopeEventHeader'],
  [2012, 'ADCSums'],
  [2013, 'ADCSamples'],
  [2014, 'ImageParameters'],
  [2015, 'StereoReconstruction'],
  [2016, 'PixelTiming'],
  [2017, 'PixelCalibration'],
  [2020, 'MCShower'],
  [2021, 'MCEvent'],
  [2022, 'CameraMonitoring'],
  [2023, 'LaserCalibration'],
  [2024, 'RunStatistics'],
  [2025, 'MCRunStatistics'],
  [2026, 'MCPhotoelectronSum'],
  [2027, 'PixelList'],
  [2028, 'CalibrationEvent'],
  [2029, 'AuxiliaryDigitalTraces'],
  [2030, 'AuxiliaryAnalogTraces'],
  [2031, 'FSPhot'],
  [2032, 'PixelTriggerTimes'],
  [2033, 'PixelMonitoring'],
  [2034, 'CalibrationPhotoelectrons'],
]);

/** Name of an object type; undefined for unknown types. */
export function objectName(type: number): string | undefined {
  const name = NAMES.get(type);
  if (name !== undefined) return name;
  if (telescopeOfTrackingType(type) !== undefined) return 'TrackingPosition';
  return telescopeOfEventType(type) === undefined ? undefined : 'TelescopeEvent';
}
