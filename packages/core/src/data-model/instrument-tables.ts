import { isBefore, memoryUnitsPer, Table, type DataModelVersion, type TableMeta } from '@cherenkit/tables';
import type { Radians } from '@cherenkit/kernels';
import type { CameraGeometry, CameraReadout, SubarrayDescription } from '../instrument/index.js';
import { DATA_MODEL_VERSION } from './data-model.js';
import { GEOMETRY, LAYOUT, OPTICS, READOUT } from './instrument-specs.js';
import { tableOf } from './plain-table.js';

/** The telescopes of an array. Source: ctapipe 0.32 `SubarrayDescription.to_table`. */
export function layoutTable(subarray: SubarrayDescription): Table {
  const { telIds, telCoords, cameraTypes, opticsTypes, name, referenceLocation } = subarray;
  const telescopes = [...subarray.tel.values()];
  const { x, y, z } = referenceLocation.itrs;
  const values = {
    tel_id: telIds,
    name: telescopes.map((telescope) => telescope.name),
    type: telescopes.map((telescope) => telescope.type),
    pos_x: telCoords.x,
    pos_y: telCoords.y,
    pos_z: telCoords.z,
    camera_name: telescopes.map((telescope) => telescope.cameraName),
    optics_name: telescopes.map((telescope) => telescope.opticsName),
    camera_index: telescopes.map(({ camera }) => cameraTypes.findIndex((type) => type.equals(camera))),
    optics_index: telescopes.map(({ optics }) => opticsTypes.findIndex((type) => type.equals(optics))),
    tel_description: telescopes.map(String),
  };
  const location = { reference_itrs_x: x, reference_itrs_y: y, reference_itrs_z: z };
  return tableOf(LAYOUT, values, { ...subarrayMeta(name, 'subarray', '2.0'), ...location, name });
}

/** The kinds of optics of an array. Source: ctapipe 0.32 `SubarrayDescription.to_table(kind="optics")`. */
export function opticsTable({ opticsTypes, name }: SubarrayDescription): Table {
  const values = {
    optics_name: opticsTypes.map((optics) => optics.name),
    size_type: opticsTypes.map((optics) => optics.sizeType),
    reflector_shape: opticsTypes.map((optics) => optics.reflectorShape),
    mirror_area: opticsTypes.map((optics) => optics.mirrorArea),
    n_mirrors: opticsTypes.map((optics) => optics.nMirrors),
    n_mirror_tiles: opticsTypes.map((optics) => optics.nMirrorTiles),
    equivalent_focal_length: opticsTypes.map((optics) => optics.equivalentFocalLength),
    effective_focal_length: opticsTypes.map((optics) => optics.effectiveFocalLength),
  };
  return tableOf(OPTICS, values, subarrayMeta(name, 'optics', '4.0'));
}

/**
 * The telescopes of an array with their optics, one row per telescope. The name of the optics is in `optics_name_1` and
 * `optics_name_2`. Source: ctapipe 0.32 `SubarrayDescription.to_table("joined")`.
 */
export function instrumentTable(subarray: SubarrayDescription): Table {
  const layout = layoutTable(subarray);
  const optics = opticsTable(subarray).take(layout.numbers('optics_index'));
  return new Table([
    ...layout.without('camera_index', 'optics_index').rename({ optics_name: 'optics_name_1' }).columns.values(),
    ...optics.rename({ optics_name: 'optics_name_2' }).columns.values(),
  ]);
}

/**
 * The pixels of a camera. Source: ctapipe 0.32 `CameraGeometry.to_table`. Before v7.6.0 of the data model, without the kind of
 * the grid.
 */
export function geometryTable(geometry: CameraGeometry, version: DataModelVersion = DATA_MODEL_VERSION): Table {
  const { pixId, pixX, pixY, pixArea } = geometry;
  const hasGrid = !isBefore(version, 'v7.6.0');
  return tableOf(
    GEOMETRY,
    { pix_id: pixId, pix_x: pixX, pix_y: pixY, pix_area: pixArea },
    {
      PIX_TYPE: geometry.pixType,
      ...(hasGrid && { GRID: geometry.gridType }),
      TAB_TYPE: 'ctapipe.instrument.CameraGeometry',
      TAB_VER: hasGrid ? '2.1' : '2.0',
      CAM_ID: geometry.name,
      PIX_ROT: angleInDegrees(geometry.pixRotation),
      CAM_ROT: angleInDegrees(geometry.camRotation),
    },
  );
}

/** The reference pulses of a camera. Source: ctapipe 0.32 `CameraReadout.to_table`. */
export function readoutTable(readout: CameraReadout): Table {
  const [channel0, channel1] = readout.referencePulseShape;
  const values = {
    reference_pulse_shape_channel0: channel0,
    reference_pulse_shape_channel1: channel1,
    reference_pulse_sample_time: readout.referencePulseSampleTime(),
  };
  return tableOf(READOUT, values, {
    TAB_TYPE: 'ctapipe.instrument.CameraReadout',
    TAB_VER: '3.0',
    CAM_ID: readout.name,
    NCHAN: BigInt(readout.nChannels),
    NPIXELS: BigInt(readout.nPixels),
    NSAMPLES: BigInt(readout.nSamples),
    SAMPFREQ: readout.samplingRate,
    REFWIDTH: readout.referencePulseSampleWidth,
    ...(readout.nSamplesLong !== undefined && { NSAMPLNG: BigInt(readout.nSamplesLong) }),
  });
}

function subarrayMeta(name: string, kind: string, version: string): TableMeta {
  return { TAB_VER: version, ORIGIN: 'ctapipe.instrument.SubarrayDescription', SUBARRAY: name, TAB_TYPE: kind };
}

/** Converts to degrees and removes rounding errors, so that 30 degrees are written as 30. */
function angleInDegrees(angle: Radians): number {
  const degrees = angle / memoryUnitsPer('deg');
  const round = Math.round(degrees * 1e6) / 1e6;
  return Math.abs(degrees - round) < 1e-12 ? round : degrees;
}
