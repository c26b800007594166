import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  EarthLocation,
  OpticsDescription,
  SubarrayDescription,
  TelescopeDescription,
  type SizeType,
} from '@cherenkit/core';
import { cameraFrame } from '@cherenkit/kernels';

/** An array of telescopes of these types, `LST_LST_LSTCam`, each with a camera of four pixels. */
export function arrayOf(types: Readonly<Record<number, string>>): SubarrayDescription {
  const telIds = Object.keys(types).map(Number);
  return new SubarrayDescription({
    name: 'test',
    telPositions: new Map(telIds.map((telId) => [telId, { x: 100 * telId, y: 0, z: 0 }])),
    telDescriptions: new Map(telIds.map((telId) => [telId, telescope(types[telId])])),
    referenceLocation: EarthLocation.fromGeodetic(0, 0, 2000),
  });
}

function telescope(type: string): TelescopeDescription {
  const [sizeType, opticsName, cameraName] = type.split('_') as [SizeType, string, string];
  const geometry = new CameraGeometry({
    name: cameraName,
    pixX: [0, 0.05, 0, 0.05],
    pixY: [0, 0, 0.05, 0.05],
    pixArea: new Float64Array(4).fill(2.5e-3),
    pixType: 'square',
    frame: cameraFrame(10),
  });
  const readout = new CameraReadout({
    name: cameraName,
    samplingRate: 1,
    referencePulseShape: [Float64Array.of(0, 1, 0.5)],
    referencePulseSampleWidth: 1,
    nChannels: 1,
    nPixels: 4,
    nSamples: 40,
  });
  const optics = new OpticsDescription({
    name: opticsName,
    sizeType,
    nMirrors: 1,
    equivalentFocalLength: 10,
    effectiveFocalLength: NaN,
    mirrorArea: 100,
    nMirrorTiles: 100,
    reflectorShape: 'PARABOLIC',
  });
  return new TelescopeDescription(opticsName, optics, new CameraDescription(cameraName, geometry, readout));
}
