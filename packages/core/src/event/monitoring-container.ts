import { Container } from './container.js';
import { field } from './field.js';

/** Where a telescope points. */
export class TelescopePointingContainer extends Container.withFields('telescope_pointing', {
  azimuth: field.float64('Azimuth, north over east', { unit: 'rad' }),
  altitude: field.float64('Altitude', { unit: 'rad' }),
}) {}

/** Where the array points. */
export class ArrayPointingContainer extends Container.withFields('', {
  arrayAzimuth: field.float64('Azimuth, north over east', { unit: 'rad' }),
  arrayAltitude: field.float64('Altitude', { unit: 'rad' }),
  arrayRa: field.float64('Right ascension', { unit: 'rad' }),
  arrayDec: field.float64('Declination', { unit: 'rad' }),
}) {}

/** Coefficients that turn waveforms into charges, each per channel and pixel. */
export class CameraCalibrationContainer extends Container.withFields('', {
  time: field.time('From when on they hold'),
  pedestalOffset: field.float32Array('To be subtracted from each sample'),
  factor: field.float32Array('To multiply the charges with'),
  timeShift: field.float32Array('To be subtracted from the peak times, ns'),
  outlierMask: field.mask('Pixels that cannot be used'),
  isValid: field.boolean('Whether they can be used'),
}) {}

/** Statistics over calibration events, each per channel and pixel. */
export class StatisticsContainer extends Container.withFields('', {
  mean: field.float64Array('Mean'),
  median: field.float64Array('Median'),
  std: field.float64Array('Standard deviation'),
}) {}

/** What calibration events tell of each pixel. */
export class PixelStatisticsContainer extends Container.withFields('', {
  flatfieldImage: field.container(StatisticsContainer, 'Charges of flat-field events'),
  flatfieldPeakTime: field.container(StatisticsContainer, 'Peak times of flat-field events'),
  pedestalImage: field.container(StatisticsContainer, 'Charges of pedestal events'),
}) {}

/** The state of a camera. */
export class CameraMonitoringContainer extends Container.withFields('', {
  pixelStatistics: field.container(PixelStatisticsContainer),
  coefficients: field.container(CameraCalibrationContainer),
}) {}

/** The state of a telescope. */
export class TelescopeMonitoringContainer extends Container.withFields('', {
  camera: field.container(CameraMonitoringContainer),
  pointing: field.container(TelescopePointingContainer),
}) {}

/** The state of the array at the time of the event. */
export class MonitoringContainer extends Container.withFields('', {
  tel: field.byTelescope(TelescopeMonitoringContainer),
  pointing: field.container(ArrayPointingContainer),
}) {}
