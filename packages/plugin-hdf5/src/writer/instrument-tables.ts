import { memoryUnitsPer, type CameraGeometry, type CameraReadout, type SubarrayDescription } from '@cherenkit/core';
import type { Attributes, Hdf5Writer } from '../hdf5/index.js';
import { writeColumns, type ValuesColumn } from './column-table.js';

const GROUP = '/configuration/instrument';

/** Writes the layout of the array and what its telescopes are. Source: ctapipe 0.32 `SubarrayDescription.to_hdf`. */
export function writeSubarray(file: Hdf5Writer, subarray: SubarrayDescription): void {
  writeLayout(file, subarray);
  writeOptics(file, subarray);
  subarray.cameraTypes.forEach(({ geometry, readout }, i) => {
    writeGeometry(file, `${GROUP}/telescope/camera/geometry_${i}`, geometry);
    writeReadout(file, `${GROUP}/telescope/camera/readout_${i}`, readout);
  });
}

function subarrayAttributes(name: string, kind: string, version: string): Attributes {
  return { TAB_VER: version, ORIGIN: 'ctapipe.instrument.SubarrayDescription', SUBARRAY: name, TAB_TYPE: kind };
}

function writeLayout(file: Hdf5Writer, subarray: SubarrayDescription): void {
  const { telIds, telCoords, cameraTypes, opticsTypes, name, referenceLocation } = subarray;
  const telescopes = [...subarray.tel.values()];
  const columns: ValuesColumn[] = [
    { name: 'tel_id', type: 'uint16', values: telIds },
    { name: 'name', type: 'string', values: telescopes.map((telescope) => telescope.name) },
    { name: 'type', type: 'string', values: telescopes.map((telescope) => telescope.type) },
    { name: 'pos_x', type: 'float32', values: telCoords.x, unit: 'm' },
    { name: 'pos_y', type: 'float32', values: telCoords.y, unit: 'm' },
    { name: 'pos_z', type: 'float32', values: telCoords.z, unit: 'm' },
    { name: 'camera_name', type: 'string', values: telescopes.map((telescope) => telescope.cameraName) },
    { name: 'optics_name', type: 'string', values: telescopes.map((telescope) => telescope.opticsName) },
    {
      name: 'camera_index',
      type: 'int64',
      values: telescopes.map(({ camera }) => cameraTypes.findIndex((type) => type.equals(camera))),
    },
    {
      name: 'optics_index',
      type: 'int64',
      values: telescopes.map(({ optics }) => opticsTypes.findIndex((type) => type.equals(optics))),
    },
    { name: 'tel_description', type: 'string', values: telescopes.map(String) },
  ];
  const { x, y, z } = referenceLocation.itrs;
  const location = { reference_itrs_x: x, reference_itrs_y: y, reference_itrs_z: z };
  writeColumns(file, `${GROUP}/subarray/layout`, columns, {
    ...subarrayAttributes(name, 'subarray', '2.0'),
    ...location,
    name,
  });
}

function writeOptics(file: Hdf5Writer, { opticsTypes, name }: SubarrayDescription): void {
  const columns: ValuesColumn[] = [
    { name: 'optics_name', type: 'string', values: opticsTypes.map((optics) => optics.name) },
    { name: 'size_type', type: 'string', values: opticsTypes.map((optics) => optics.sizeType) },
    { name: 'reflector_shape', type: 'string', values: opticsTypes.map((optics) => optics.reflectorShape) },
    { name: 'mirror_area', type: 'float64', values: opticsTypes.map((optics) => optics.mirrorArea), unit: 'm**2' },
    { name: 'n_mirrors', type: 'int64', values: opticsTypes.map((optics) => optics.nMirrors) },
    { name: 'n_mirror_tiles', type: 'int64', values: opticsTypes.map((optics) => optics.nMirrorTiles) },
    {
      name: 'equivalent_focal_length',
      type: 'float64',
      values: opticsTypes.map((optics) => optics.equivalentFocalLength),
      unit: 'm',
    },
    {
      name: 'effective_focal_length',
      type: 'float64',
      values: opticsTypes.map((optics) => optics.effectiveFocalLength),
      unit: 'm',
    },
  ];
  writeColumns(file, `${GROUP}/telescope/optics`, columns, subarrayAttributes(name, 'optics', '4.0'));
}

function writeGeometry(file: Hdf5Writer, path: string, geometry: CameraGeometry): void {
  const columns: ValuesColumn[] = [
    { name: 'pix_id', type: 'int64', values: geometry.pixId },
    { name: 'pix_x', type: 'float64', values: geometry.pixX, unit: 'm' },
    { name: 'pix_y', type: 'float64', values: geometry.pixY, unit: 'm' },
    { name: 'pix_area', type: 'float64', values: geometry.pixArea, unit: 'm**2' },
  ];
  writeColumns(file, path, columns, {
    PIX_TYPE: geometry.pixType,
    GRID: geometry.gridType,
    TAB_TYPE: 'ctapipe.instrument.CameraGeometry',
    TAB_VER: '2.1',
    CAM_ID: geometry.name,
    PIX_ROT: angleInDegrees(geometry.pixRotation),
    CAM_ROT: angleInDegrees(geometry.camRotation),
  });
}

function writeReadout(file: Hdf5Writer, path: string, readout: CameraReadout): void {
  const pulses = readout.referencePulseShape.map((values, channel): ValuesColumn => {
    return { name: `reference_pulse_shape_channel${channel}`, type: 'float64', values };
  });
  const time = {
    name: 'reference_pulse_sample_time',
    type: 'float64',
    values: readout.referencePulseSampleTime(),
    unit: 'ns',
  } as const;
  writeColumns(file, path, [...pulses, time], {
    TAB_TYPE: 'ctapipe.instrument.CameraReadout',
    TAB_VER: '3.0',
    CAM_ID: readout.name,
    NCHAN: { type: 'int64', value: readout.nChannels },
    NPIXELS: { type: 'int64', value: readout.nPixels },
    NSAMPLES: { type: 'int64', value: readout.nSamples },
    SAMPFREQ: readout.samplingRate,
    REFWIDTH: readout.referencePulseSampleWidth,
    ...(readout.nSamplesLong !== undefined && { NSAMPLNG: { type: 'int64', value: readout.nSamplesLong } as const }),
  });
}

/** 30 degrees stay 30: what is within rounding of a millionth of a degree is that. */
function angleInDegrees(angle: number): number {
  const degrees = angle / memoryUnitsPer('deg');
  const round = Math.round(degrees * 1e6) / 1e6;
  return Math.abs(degrees - round) < 1e-12 ? round : degrees;
}
