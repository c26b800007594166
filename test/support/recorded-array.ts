import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  EarthLocation,
  OpticsDescription,
  SubarrayDescription,
  TelescopeDescription,
  type ReflectorShape,
  type SizeType,
} from '@cherenkit/core';
import { cameraFrame, type PixelGridType, type PixelShape } from '@cherenkit/kernels';
import type { Hdf5File } from '@cherenkit/plugin-hdf5';
import type { ColumnValues } from '@cherenkit/tables';
import { numberAt, readRows, type Rows } from './recorded-rows.js';

const GROUP = '/configuration/instrument';

/** The subarray described by a file in ctapipe's data model. */
export async function recordedArray(file: Hdf5File): Promise<SubarrayDescription> {
  const rows = async (path: string) => readRows(await file.table(path));
  const layout = await rows(`${GROUP}/subarray/layout`);
  const optics = await rows(`${GROUP}/telescope/optics`);
  const cameras = new Map<number, CameraDescription>();
  const telPositions = new Map<number, { x: number; y: number; z: number }>();
  const telDescriptions = new Map<number, TelescopeDescription>();
  for (let i = 0; i < layout.count; i++) {
    const [telId, camera] = [numberAt(layout, 'tel_id', i), numberAt(layout, 'camera_index', i)];
    const description = opticsAt(optics, numberAt(layout, 'optics_index', i), String(layout.columns['optics_name'][i]));
    if (!cameras.has(camera)) {
      const geometry = await rows(`${GROUP}/telescope/camera/geometry_${camera}`);
      const readout = await rows(`${GROUP}/telescope/camera/readout_${camera}`);
      cameras.set(camera, cameraOf(geometry, readout, description.equivalentFocalLength));
    }
    telPositions.set(telId, {
      x: numberAt(layout, 'pos_x', i),
      y: numberAt(layout, 'pos_y', i),
      z: numberAt(layout, 'pos_z', i),
    });
    const known = cameras.get(camera);
    if (known)
      telDescriptions.set(telId, new TelescopeDescription(String(layout.columns['name'][i]), description, known));
  }
  const [x, y, z] = ['x', 'y', 'z'].map((axis) => Number(layout.attributes.get(`reference_itrs_${axis}`)));
  const referenceLocation = EarthLocation.fromItrs(x, y, z);
  return new SubarrayDescription({
    name: String(layout.attributes.get('name')),
    telPositions,
    telDescriptions,
    referenceLocation,
  });
}

function opticsAt(rows: Rows, row: number, name: string): OpticsDescription {
  return new OpticsDescription({
    name,
    sizeType: rows.columns['size_type'][row] as SizeType,
    reflectorShape: rows.columns['reflector_shape'][row] as ReflectorShape,
    nMirrors: numberAt(rows, 'n_mirrors', row),
    nMirrorTiles: numberAt(rows, 'n_mirror_tiles', row),
    mirrorArea: numberAt(rows, 'mirror_area', row),
    equivalentFocalLength: numberAt(rows, 'equivalent_focal_length', row),
    effectiveFocalLength: numberAt(rows, 'effective_focal_length', row),
  });
}

function cameraOf(geometry: Rows, readout: Rows, focalLength: number): CameraDescription {
  const columns = (rows: Rows, name: string) =>
    Float64Array.from(rows.columns[name] as Exclude<ColumnValues, readonly string[] | BigInt64Array | BigUint64Array>);
  const name = String(geometry.attributes.get('CAM_ID'));
  const number = (key: string) => Number(readout.attributes.get(key));
  const channels = Array.from({ length: number('NCHAN') }, (_, i) =>
    columns(readout, `reference_pulse_shape_channel${i}`),
  );
  return new CameraDescription(
    name,
    new CameraGeometry({
      name,
      pixX: columns(geometry, 'pix_x'),
      pixY: columns(geometry, 'pix_y'),
      pixArea: columns(geometry, 'pix_area'),
      pixType: geometry.attributes.get('PIX_TYPE') as PixelShape,
      gridType: geometry.attributes.get('GRID') as PixelGridType,
      pixRotation: (Number(geometry.attributes.get('PIX_ROT')) * Math.PI) / 180,
      applyDerotation: false,
      frame: cameraFrame(focalLength),
    }),
    new CameraReadout({
      name,
      samplingRate: number('SAMPFREQ'),
      referencePulseShape: channels,
      referencePulseSampleWidth: number('REFWIDTH'),
      nChannels: channels.length,
      nPixels: number('NPIXELS'),
      nSamples: number('NSAMPLES'),
    }),
  );
}
