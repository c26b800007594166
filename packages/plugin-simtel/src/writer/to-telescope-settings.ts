import type { CameraGeometry, CameraReadout, OpticsDescription, TelescopeDescription } from '@cherenkit/core';
import type { PixelShape } from '@cherenkit/kernels';
import type { TelescopeSettings } from '../file/simtel-header.js';
import type { CameraSettings } from '../objects/camera-settings.js';
import type { HistoryMeta } from '../objects/history-meta.js';
import type { PixelSettings } from '../objects/pixel-settings.js';

/** sim_telarray's numbers of pixel shapes; hexagons rotated by 30 degrees have a separate one. */
const SHAPES: Readonly<Record<PixelShape, number>> = { circle: 0, hexagon: 1, square: 2 };
const ROTATED_HEXAGON = 3;
const HEXAGON_ROTATION = Math.PI / 6;
const CENTIMETRES_PER_METRE = 100;

/** Converts the description of a telescope to the objects of a sim_telarray file. */
export function toTelescopeSettings({ optics, camera }: TelescopeDescription): TelescopeSettings {
  const { geometry, readout } = camera;
  const { nPixels } = geometry;
  return {
    cameraSettings: cameraSettingsOf(optics, geometry),
    cameraOrganization: {
      nPixels,
      nDrawers: 0,
      nGains: readout.nChannels,
      nSectors: 0,
      drawer: new Int32Array(nPixels),
    },
    pixelSettings: pixelSettingsOf(readout),
    disabledPixels: { triggerDisabled: new Int32Array(0), hvDisabled: new Int32Array(0) },
  };
}

/** Simulation parameters from which readers identify the telescope, see `telescopeFromMeta`. */
export function toTelescopeMeta({ optics, camera }: TelescopeDescription): HistoryMeta {
  const isDual = optics.nMirrors === 2;
  const isSegmented = optics.reflectorShape !== 'UNKNOWN';
  const focalLength = String(optics.equivalentFocalLength * CENTIMETRES_PER_METRE);
  return new Map([
    ['OPTICS_CONFIG_NAME', optics.name],
    ['CAMERA_CONFIG_NAME', camera.name],
    ['MIRROR_CLASS', isDual ? '2' : isSegmented ? '0' : '1'],
    ['FOCAL_Length', focalLength],
    ['PARABOLIC_DISH', optics.reflectorShape === 'PARABOLIC' ? '1' : '0'],
    ['DISH_SHAPE_Length', optics.reflectorShape === 'HYBRID' ? '0' : focalLength],
  ]);
}

function cameraSettingsOf(optics: OpticsDescription, geometry: CameraGeometry): CameraSettings {
  const { nPixels, pixArea, pixType, pixRotation } = geometry;
  // A hexagon rotation of 30 degrees is part of the pixel shape; other rotations become the camera rotation.
  const isRotated = pixType === 'hexagon' && Math.abs(pixRotation - HEXAGON_ROTATION) < 1e-9;
  const camRot = isRotated ? 0 : pixRotation;
  const [cos, sin] = [Math.cos(camRot), Math.sin(camRot)];
  const transform = (coordinate: (x: number, y: number) => number) =>
    Float32Array.from(geometry.pixX, (x, i) => coordinate(x, geometry.pixY[i]));
  return {
    nPixels,
    focalLength: optics.equivalentFocalLength,
    effectiveFocalLength: Number.isNaN(optics.effectiveFocalLength) ? 0 : optics.effectiveFocalLength,
    pixelX: transform((x, y) => x * cos + y * sin),
    pixelY: transform((x, y) => y * cos - x * sin),
    pixelZ: new Float32Array(nPixels),
    pixelShape: new Int32Array(nPixels).fill(isRotated ? ROTATED_HEXAGON : SHAPES[pixType]),
    pixelArea: Float32Array.from(pixArea),
    pixelSize: Float32Array.from(pixArea, (area) => flatToFlat(area, pixType)),
    nMirrors: optics.nMirrorTiles,
    mirrorArea: optics.mirrorArea,
    camRot,
  };
}

function flatToFlat(area: number, shape: PixelShape): number {
  if (shape === 'hexagon') return Math.sqrt((2 * area) / Math.sqrt(3));
  return shape === 'square' ? Math.sqrt(area) : Math.sqrt((4 * area) / Math.PI);
}

function pixelSettingsOf(readout: CameraReadout): PixelSettings {
  const { referencePulseShape: pulses, samplingRate, nPixels, nSamples } = readout;
  return {
    setupId: 0,
    triggerMode: 0,
    minPixelMult: 0,
    nPixels,
    nDrawers: 0,
    timeSlice: 1 / samplingRate,
    sumBins: nSamples,
    nRefShape: pulses.length,
    lRefShape: pulses[0]?.length ?? 0,
    refStep: readout.referencePulseSampleWidth,
    refShape: Float64Array.from(pulses.flatMap((pulse) => [...pulse])),
    sumOffset: 0,
  };
}
