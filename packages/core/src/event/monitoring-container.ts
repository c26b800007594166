import { Container } from './container.js';
import { field } from './field.js';

/** Pointing of a telescope. */
export class TelescopePointingContainer extends Container.withFields('telescope_pointing', {
  /** Azimuth, north over east, rad. */
  azimuth: field.float64('Azimuth, north over east', { unit: 'rad' }),
  /** Altitude, rad. */
  altitude: field.float64('Altitude', { unit: 'rad' }),
}) {}

/** Pointing of the array. */
export class ArrayPointingContainer extends Container.withFields('', {
  /** Azimuth, north over east, rad. */
  arrayAzimuth: field.float64('Azimuth, north over east', { unit: 'rad' }),
  /** Altitude, rad. */
  arrayAltitude: field.float64('Altitude', { unit: 'rad' }),
  /** Right ascension, rad. */
  arrayRa: field.float64('Right ascension', { unit: 'rad' }),
  /** Declination, rad. */
  arrayDec: field.float64('Declination', { unit: 'rad' }),
}) {}

/** Calibration coefficients of a camera, with shape (nChannels, nPixels). */
export class CameraCalibrationContainer extends Container.withFields('', {
  /** From when on they hold. */
  time: field.time('From when on they hold'),
  /** To be subtracted from each sample. */
  pedestalOffset: field.float32Array('To be subtracted from each sample', { dims: ['n_channels', 'n_pixels'] }),
  /** To multiply the charges with. */
  factor: field.float32Array('To multiply the charges with', { dims: ['n_channels', 'n_pixels'] }),
  /** To be subtracted from the peak times, ns. */
  timeShift: field.float32Array('To be subtracted from the peak times, ns', { dims: ['n_channels', 'n_pixels'] }),
  /** Pixels that cannot be used. */
  outlierMask: field.mask('Pixels that cannot be used', { dims: ['n_channels', 'n_pixels'] }),
  /** Whether they can be used. */
  isValid: field.boolean('Whether they can be used'),
}) {}

/** Statistics over calibration events, with shape (nChannels, nPixels). */
export class StatisticsContainer extends Container.withFields('', {
  /** Mean. */
  mean: field.float64Array('Mean', { dims: ['n_channels', 'n_pixels'] }),
  /** Median. */
  median: field.float64Array('Median', { dims: ['n_channels', 'n_pixels'] }),
  /** Standard deviation. */
  std: field.float64Array('Standard deviation', { dims: ['n_channels', 'n_pixels'] }),
}) {}

/** Statistics of each pixel over calibration events. */
export class PixelStatisticsContainer extends Container.withFields('', {
  /** Charges of flat-field events. */
  flatfieldImage: field.container(StatisticsContainer, 'Charges of flat-field events'),
  /** Peak times of flat-field events. */
  flatfieldPeakTime: field.container(StatisticsContainer, 'Peak times of flat-field events'),
  /** Charges of pedestal events. */
  pedestalImage: field.container(StatisticsContainer, 'Charges of pedestal events'),
}) {}

/** Monitoring data of a camera. */
export class CameraMonitoringContainer extends Container.withFields('', {
  /** Statistics of each pixel over calibration events. */
  pixelStatistics: field.container(PixelStatisticsContainer, 'Statistics of each pixel over calibration events'),
  /** Coefficients that turn waveforms into charges. */
  coefficients: field.container(CameraCalibrationContainer, 'Coefficients that turn waveforms into charges'),
}) {}

/** Monitoring data of a telescope. */
export class TelescopeMonitoringContainer extends Container.withFields('', {
  /** State of the camera. */
  camera: field.container(CameraMonitoringContainer, 'State of the camera'),
  /** Where the telescope points. */
  pointing: field.container(TelescopePointingContainer, 'Where the telescope points'),
}) {}

/** Monitoring data of the array at the time of the event. */
export class MonitoringContainer extends Container.withFields('', {
  /** State of each telescope, by its id. */
  tel: field.byTelescope(TelescopeMonitoringContainer, 'State of each telescope, by its id'),
  /** Where the array points. */
  pointing: field.container(ArrayPointingContainer, 'Where the array points'),
}) {}
