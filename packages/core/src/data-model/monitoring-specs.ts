import type { ColumnSpec, TableSpec } from '@cherenkit/tables';
import { column, plainTable } from './plain-table.js';

const CAMERA = '/dl1/monitoring/telescope/calibration/camera';
const shared = { written: ['ctapipe'], merge: 'append' } as const;
const PER_PIXEL = { dims: ['n_channels', 'n_pixels'] } as const;

function time(name: string, description: string): ColumnSpec {
  return column(name, 'uint32', description, undefined, {
    dims: ['2'],
    meaning: { kind: 'time', format: 'ctao_high_res' },
  });
}

const legacyTime = column('time', 'float64', 'Time of the pointing', undefined, {
  meaning: { kind: 'time', format: 'mjd' },
});

/** Pointings of a telescope, interpolated at the times of its triggers. */
export const POINTING: TableSpec = plainTable({
  ...shared,
  path: '/dl0/monitoring/telescope/pointing/{telescope}',
  row: 'one measurement of the pointing of a telescope',
  ids: ['time'],
  columns: [
    time('time', 'Time of the pointing'),
    column('azimuth', 'float64', 'Azimuth, north over east', 'rad'),
    column('altitude', 'float64', 'Altitude', 'rad'),
  ],
});

/** Pointings of a telescope in files before v6.0.0. */
export const LEGACY_POINTING: TableSpec = plainTable({
  ...shared,
  path: '/dl1/monitoring/telescope/pointing/{telescope}',
  row: 'one measurement of the pointing of a telescope',
  ids: ['time'],
  columns: [
    legacyTime,
    column('azimuth', 'float32', 'Azimuth, north over east', 'rad'),
    column('altitude', 'float32', 'Altitude', 'rad'),
  ],
  until: 'v6.0.0',
});

/** Pointings of the array in files before v6.0.0. */
export const LEGACY_ARRAY_POINTING: TableSpec = plainTable({
  ...shared,
  path: '/dl1/monitoring/subarray/pointing',
  row: 'one pointing of the array',
  ids: ['time'],
  columns: [
    legacyTime,
    column('array_azimuth', 'float32', 'Azimuth, north over east', 'rad'),
    column('array_altitude', 'float32', 'Altitude', 'rad'),
    column('array_ra', 'float64', 'Right ascension', 'rad'),
    column('array_dec', 'float64', 'Declination', 'rad'),
  ],
  until: 'v6.0.0',
});

/** Calibration coefficients of a telescope. */
export const COEFFICIENTS: TableSpec = plainTable({
  ...shared,
  path: `${CAMERA}/coefficients/{telescope}`,
  row: 'one set of coefficients of a camera',
  ids: ['time'],
  columns: [
    time('time', 'From when on they hold'),
    column('pedestal_offset', 'float64', 'To be subtracted from each sample', undefined, PER_PIXEL),
    column('factor', 'float64', 'To multiply the charges with', undefined, PER_PIXEL),
    column('time_shift', 'float64', 'To be subtracted from the peak times, ns', undefined, PER_PIXEL),
    column('outlier_mask', 'bool', 'Pixels that cannot be used', undefined, PER_PIXEL),
    column('is_valid', 'bool', 'Whether they can be used'),
  ],
});

const CHUNK: readonly ColumnSpec[] = [
  time('time_start', 'Time of the first event'),
  time('time_end', 'Time of the last event'),
  column('event_id_start', 'int64', 'The first event'),
  column('event_id_end', 'int64', 'The last event'),
  column('n_events', 'int64', 'Events that took part, by pixel', undefined, PER_PIXEL),
];

const detectors = (dims: readonly string[]): ColumnSpec[] =>
  [0, 1, 2, 3].map((i) =>
    column(`outlier_mask_detector_${i}`, 'bool', `Pixels that outlier detector ${i} found`, undefined, {
      dims,
      isOptional: true,
    }),
  );

/** Pixel statistics of calibration events of a telescope: flat-field images, pedestal images or peak times. */
export const PIXEL_STATISTICS: TableSpec = plainTable({
  ...shared,
  path: `${CAMERA}/pixel_statistics/{quantity}/{telescope}`,
  row: 'the calibration events of one interval',
  ids: ['time_start'],
  columns: [
    ...CHUNK,
    column('mean', 'float64', 'Mean', undefined, PER_PIXEL),
    column('median', 'float64', 'Median', undefined, { ...PER_PIXEL, otherTypes: ['float32'] }),
    column('std', 'float64', 'Standard deviation', undefined, PER_PIXEL),
    ...detectors(PER_PIXEL.dims),
    column('outlier_mask', 'bool', 'Pixels that any detector found', undefined, PER_PIXEL),
    column('is_valid', 'bool', 'Whether few enough pixels are outliers', undefined, { dims: ['n_channels?'] }),
  ],
});

const PER_BIN = ['n_bins', 'n_channels', 'n_pixels'] as const;

/** Pixel histograms of calibration events of a telescope. */
export const PIXEL_HISTOGRAMS: TableSpec = plainTable({
  ...shared,
  path: `${CAMERA}/pixel_histograms/{quantity}/{telescope}`,
  row: 'the calibration events of one interval',
  ids: ['time_start'],
  columns: [
    ...CHUNK,
    column('histogram', 'int64', 'Events in each bin', undefined, { dims: PER_BIN }),
    ...detectors(PER_BIN),
    column('outlier_mask', 'bool', 'Bins that any detector found', undefined, { dims: PER_BIN }),
    column('is_valid', 'bool', 'Whether few enough pixels are outliers', undefined, { dims: ['n_bins', 'n_channels'] }),
  ],
  since: 'v7.6.0',
});

/** Gains from which the calibration coefficients of a telescope were computed. */
export const PIXEL_GAINS: TableSpec = plainTable({
  path: '/cherenkit/dl1/monitoring/telescope/calibration/camera/gains/{telescope}',
  row: 'one set of coefficients of a camera',
  ids: ['time'],
  columns: [
    time('time', 'From when on they hold'),
    column('photo_electrons', 'float64', 'Mean number of photo-electrons of flat-field events', undefined, PER_PIXEL),
    column('gain', 'float64', 'Charge of one photo-electron, in the unit of the statistics', undefined, PER_PIXEL),
    column('gain_uncert', 'float64', 'Statistical uncertainty of the gain', undefined, PER_PIXEL),
    column(
      'unusable',
      'uint8',
      'Why the pixel cannot be used, 0 if it can. Sum of 1: outlier of flat-field charges, 2: outlier of pedestals, 4: outlier of peak times, 8: no signal, 16: no variance of the signal, 32: unusual conversion factor',
      undefined,
      PER_PIXEL,
    ),
  ],
  written: [],
  remark: 'by `cherenkit calculate-camera-coefficients`',
  merge: 'append',
});
