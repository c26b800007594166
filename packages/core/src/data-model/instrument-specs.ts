import type { TableSpec } from '@cherenkit/tables';
import { column, plainTable } from './plain-table.js';

const GROUP = '/configuration/instrument';
const shared = { written: [], merge: 'equal' } as const;

/** The telescopes of the array. */
export const LAYOUT: TableSpec = plainTable({
  ...shared,
  path: `${GROUP}/subarray/layout`,
  row: 'one telescope of the array',
  ids: ['tel_id'],
  columns: [
    column('tel_id', 'uint16', 'Telescope id', undefined, { earlier: [{ before: 'v7.0.0', type: 'int16' }] }),
    column('name', 'string', 'Name of the optics of the telescope'),
    column('type', 'string', 'Size of the telescope: LST, MST or SST'),
    column('pos_x', 'float32', 'x coordinate in the ground frame, towards north', 'm'),
    column('pos_y', 'float32', 'y coordinate in the ground frame, towards west', 'm'),
    column('pos_z', 'float32', 'z coordinate in the ground frame, upwards', 'm'),
    column('camera_name', 'string', 'Name of the camera'),
    column('optics_name', 'string', 'Name of the optics'),
    column('camera_index', 'int64', 'Number of the camera in the names of the tables geometry_N and readout_N'),
    column('optics_index', 'int64', 'Row of the telescope in the table of optics'),
    column(
      'tel_description',
      'string',
      'Telescope type (size, optics, camera), which type patterns in configurations match',
    ),
  ],
});

/** The kinds of optics. */
export const OPTICS: TableSpec = plainTable({
  ...shared,
  path: `${GROUP}/telescope/optics`,
  row: 'one kind of optics',
  ids: [],
  columns: [
    column('optics_name', 'string', 'Name of the optics'),
    column('size_type', 'string', 'LST, MST or SST'),
    column('reflector_shape', 'string', 'PARABOLIC, DAVIES_COTTON, HYBRID, SCHWARZSCHILD_COUDER or UNKNOWN'),
    column('mirror_area', 'float64', 'Area of the primary mirror', 'm**2'),
    column('n_mirrors', 'int64', 'Number of mirrors, 1 or 2'),
    column('n_mirror_tiles', 'int64', 'Number of facets of the primary mirror'),
    column('equivalent_focal_length', 'float64', 'Nominal focal length of the mirror', 'm'),
    column(
      'effective_focal_length',
      'float64',
      'Focal length that corrects for the mean aberration of images; NaN if unknown',
      'm',
    ),
  ],
});

/** The pixels of a kind of camera. */
export const GEOMETRY: TableSpec = plainTable({
  ...shared,
  path: `${GROUP}/telescope/camera/geometry_{camera}`,
  row: 'one pixel of a kind of camera',
  ids: ['pix_id'],
  columns: [
    column('pix_id', 'int64', 'Pixel id'),
    column('pix_x', 'float64', 'x coordinate of the pixel centre in the camera frame', 'm'),
    column('pix_y', 'float64', 'y coordinate of the pixel centre in the camera frame', 'm'),
    column('pix_area', 'float64', 'Area of the pixel', 'm**2'),
  ],
});

/** The pulse of a kind of camera. */
export const READOUT: TableSpec = plainTable({
  ...shared,
  path: `${GROUP}/telescope/camera/readout_{camera}`,
  row: 'one sample of the reference pulse of a kind of camera',
  ids: [],
  columns: [
    column(
      'reference_pulse_shape_channel0',
      'float64',
      'Pulse of a single photo-electron in the high gain, arbitrary units',
    ),
    column(
      'reference_pulse_shape_channel1',
      'float64',
      'Pulse of a single photo-electron in the low gain, arbitrary units',
      undefined,
      { isOptional: true },
    ),
    column('reference_pulse_sample_time', 'float64', 'Time of the sample', 'ns'),
  ],
});
