import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  CherenkitError,
  counted,
  EarthLocation,
  ExitCode,
  OpticsDescription,
  SubarrayDescription,
  TelescopeDescription,
  type FocalLengthKind,
  type ReflectorShape,
  type SizeType,
} from '@cherenkit/core';
import { cameraFrame, pixelShapeOf, radians, type PixelGridType, type PixelShape } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import type { Hdf5File } from '../engine/index.js';
import { cameraTables, LAYOUT, OPTICS } from './instrument-paths.js';
import { readTable } from './read-table.js';

/** Versions of the tables that are supported, by the end of their path. Source: ctapipe 0.32. */
const TABLE_VERSIONS: Readonly<Record<string, readonly string[]>> = {
  layout: ['2.0'],
  optics: ['4.0'],
  geometry: ['1', '1.0', '1.1', '2.0', '2.1'],
  readout: ['3.0'],
};

/**
 * Reads the description of the array from a file. Source: ctapipe 0.32 `SubarrayDescription.from_hdf`.
 *
 * @param focalLengthChoice - focal length of the camera frames
 * @throws CherenkitError HDF5_TABLE_MISSING (65); HDF5_UNSUPPORTED (65) for other versions of the tables; EFFECTIVE_FOCAL_LENGTH_UNKNOWN (2);
 *   CAMERA_GEOMETRY_INVALID (65)
 */
export async function readSubarray(
  file: Hdf5File,
  focalLengthChoice: FocalLengthKind = 'EFFECTIVE',
): Promise<SubarrayDescription> {
  const layout = await readInstrumentTable(file, LAYOUT);
  const optics = opticsOf(await readInstrumentTable(file, OPTICS));
  const cameras = new Map<number, { readonly geometry: Table; readonly readout: CameraReadout }>();
  for (const index of new Set(layout.numbers('camera_index'))) {
    const [geometryPath, readoutPath] = cameraTables(index);
    const geometry = await readInstrumentTable(file, geometryPath);
    const readout = readoutOf(await readInstrumentTable(file, readoutPath));
    cameras.set(index, { geometry, readout });
  }
  const built = new Map<string, CameraDescription>();
  const cameraOf = (index: number, focalLength: number): CameraDescription => {
    const key = `${index} ${focalLength}`;
    const known = built.get(key);
    if (known) return known;
    // The loop above read all cameras of the layout.
    const { geometry, readout } = cameras.get(index) as { geometry: Table; readout: CameraReadout };
    const pixels = geometryOf(geometry, focalLength);
    const camera = new CameraDescription(pixels.name, pixels, readout);
    built.set(key, camera);
    return camera;
  };
  const telIds = layout.numbers('tel_id');
  const [x, y, z] = ['pos_x', 'pos_y', 'pos_z'].map((name) => layout.numbers(name, 'm'));
  const [names, cameraIndex, opticsIndex] = [
    layout.column('name'),
    layout.numbers('camera_index'),
    layout.numbers('optics_index'),
  ];
  const telescopes = Array.from(telIds, (telId, i): [number, TelescopeDescription] => {
    const mirror = optics[opticsIndex[i]] as OpticsDescription | undefined;
    if (!mirror) {
      const message = `${file.name}: telescope ${telId} has optics_index ${opticsIndex[i]}, but the table of optics has ${counted(optics.length, 'row')}.`;
      throw new CherenkitError('HDF5_CORRUPT', ExitCode.BAD_INPUT, message);
    }
    const camera = cameraOf(cameraIndex[i], mirror.getFocalLength(focalLengthChoice));
    return [telId, new TelescopeDescription(String(names.values[i]), mirror, camera)];
  });
  return new SubarrayDescription({
    name: textOf(layout, 'SUBARRAY', 'Unknown'),
    telPositions: new Map(Array.from(telIds, (telId, i) => [telId, { x: x[i], y: y[i], z: z[i] }])),
    telDescriptions: new Map(telescopes),
    referenceLocation: locationOf(layout),
  });
}

async function readInstrumentTable(file: Hdf5File, path: string): Promise<Table> {
  if (!(await file.has(path))) {
    const message = `${file.name} has no ${path}, which describes the telescope array. Process the original data again.`;
    throw new CherenkitError('HDF5_TABLE_MISSING', ExitCode.BAD_INPUT, message);
  }
  const table = await readTable(file, path);
  const kind = path.slice(path.lastIndexOf('/') + 1).replace(/_\d+$/, '');
  const [version, supported] = [textOf(table, 'TAB_VER', 'none'), TABLE_VERSIONS[kind]];
  if (!supported.includes(version)) {
    throw new CherenkitError(
      'HDF5_UNSUPPORTED',
      ExitCode.BAD_INPUT,
      `${file.name}: ${path} has version ${version} (TAB_VER), expected ${supported.join(' or ')}. Process the original data again.`,
    );
  }
  return table;
}

function opticsOf(table: Table): OpticsDescription[] {
  const text = (name: string, row: number): string => String(table.column(name).values[row]);
  const [area, equivalent, effective] = [
    table.numbers('mirror_area', 'm**2'),
    table.numbers('equivalent_focal_length', 'm'),
    table.numbers('effective_focal_length', 'm'),
  ];
  const [nMirrors, nTiles] = [table.numbers('n_mirrors'), table.numbers('n_mirror_tiles')];
  return Array.from({ length: table.nRows }, (_, row) => {
    return new OpticsDescription({
      name: text('optics_name', row),
      sizeType: text('size_type', row) as SizeType,
      reflectorShape: text('reflector_shape', row) as ReflectorShape,
      nMirrors: nMirrors[row],
      nMirrorTiles: nTiles[row],
      mirrorArea: area[row],
      equivalentFocalLength: equivalent[row],
      effectiveFocalLength: effective[row],
    });
  });
}

/** @throws CherenkitError CAMERA_GEOMETRY_INVALID for unknown shapes of pixels */
function shapeOf(table: Table): PixelShape {
  try {
    return pixelShapeOf(textOf(table, 'PIX_TYPE', 'hexagon'));
  } catch (cause) {
    const camera = textOf(table, 'CAM_ID', 'Unknown');
    const message = `Camera ${camera}: ${cause instanceof Error ? cause.message : String(cause)} Its description cannot be used.`;
    throw new CherenkitError('CAMERA_GEOMETRY_INVALID', ExitCode.BAD_INPUT, message, { cause });
  }
}

function geometryOf(table: Table, focalLength: number): CameraGeometry<ReturnType<typeof cameraFrame>> {
  const gridType = table.meta['GRID'];
  return new CameraGeometry({
    name: textOf(table, 'CAM_ID', 'Unknown'),
    pixId: table.numbers('pix_id'),
    pixX: table.numbers('pix_x', 'm'),
    pixY: table.numbers('pix_y', 'm'),
    pixArea: table.numbers('pix_area', 'm**2'),
    pixType: shapeOf(table),
    ...(typeof gridType === 'string' && { gridType: gridType as PixelGridType }),
    pixRotation: radians(numberOf(table, 'PIX_ROT')),
    camRotation: radians(numberOf(table, 'CAM_ROT')),
    frame: cameraFrame(focalLength),
  });
}

function readoutOf(table: Table): CameraReadout {
  const nChannels = numberOf(table, 'NCHAN');
  const long = table.meta['NSAMPLNG'];
  return new CameraReadout({
    name: textOf(table, 'CAM_ID', 'Unknown'),
    samplingRate: numberOf(table, 'SAMPFREQ'),
    referencePulseShape: Array.from({ length: nChannels }, (_, channel) =>
      table.numbers(`reference_pulse_shape_channel${channel}`),
    ),
    referencePulseSampleWidth: numberOf(table, 'REFWIDTH'),
    nChannels,
    nPixels: numberOf(table, 'NPIXELS'),
    nSamples: numberOf(table, 'NSAMPLES'),
    nSamplesLong: long === undefined ? undefined : Number(long),
  });
}

/** Location of the array; longitude, latitude and height 0 for files without it. */
function locationOf(layout: Table): EarthLocation {
  if (layout.meta['reference_itrs_x'] === undefined) return EarthLocation.fromGeodetic(0, 0, 0);
  return EarthLocation.fromItrs(
    numberOf(layout, 'reference_itrs_x'),
    numberOf(layout, 'reference_itrs_y'),
    numberOf(layout, 'reference_itrs_z'),
  );
}

function textOf({ meta }: Table, key: string, otherwise: string): string {
  const value = meta[key];
  return value === undefined ? otherwise : String(value);
}

function numberOf({ meta }: Table, key: string): number {
  return Number(meta[key]);
}
