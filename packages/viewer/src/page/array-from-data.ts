import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  EarthLocation,
  OpticsDescription,
  SubarrayDescription,
  TelescopeDescription,
} from '@cherenkit/core';
import { cameraFrame } from '@cherenkit/kernels';
import type { ArrayData, CameraData } from '../protocol.js';

/** Makes an array of telescopes from the data of the worker. Only what displays need is set. */
export function arrayFromData({ name, location, cameras, telescopes }: ArrayData): SubarrayDescription {
  const made = cameras.map(cameraFromData);
  return new SubarrayDescription({
    name,
    telPositions: new Map(telescopes.map(({ telId, position }) => [telId, position])),
    telDescriptions: new Map(
      telescopes.map(({ telId, name: telescope, optics, camera }) => {
        const { focalLength } = cameras[camera];
        const description = new OpticsDescription({
          ...optics,
          equivalentFocalLength: focalLength,
          effectiveFocalLength: focalLength,
          nMirrorTiles: 1,
          reflectorShape: 'UNKNOWN',
        });
        return [telId, new TelescopeDescription(telescope, description, made[camera])];
      }),
    ),
    referenceLocation: EarthLocation.fromItrs(...location),
  });
}

function cameraFromData({
  focalLength,
  frameRotation,
  neighbors,
  samplingRate,
  ...camera
}: CameraData): CameraDescription {
  const geometry = new CameraGeometry({
    ...camera,
    frame: cameraFrame(focalLength, frameRotation),
    ...(neighbors && { neighbors }),
  });
  const readout = new CameraReadout({
    name: camera.name,
    samplingRate,
    referencePulseShape: [new Float64Array(0)],
    referencePulseSampleWidth: 1,
    nChannels: 1,
    nPixels: geometry.nPixels,
    nSamples: 1,
  });
  return new CameraDescription(camera.name, geometry, readout);
}
