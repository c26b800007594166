import { EarthLocation, SubarrayDescription, type SizeType, type TelescopeDescription } from '@cherenkit/core';
import { makeTelescope } from './make-telescope.js';

/** A subarray of telescopes of these types, such as `LST_LST_LSTCam`, with cameras of four pixels. */
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
  const [sizeType, name, cameraName] = type.split('_') as [SizeType, string, string];
  const pixels = { pixX: [0, 0.05, 0, 0.05], pixY: [0, 0, 0.05, 0.05], pixType: 'square' } as const;
  return makeTelescope({ name, cameraName, ...pixels, focalLength: 10, optics: { sizeType } });
}
