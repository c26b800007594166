import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  OpticsDescription,
  TelescopeDescription,
  type CameraGeometryOptions,
  type CameraReadoutOptions,
  type OpticsDescriptionOptions,
} from '@cherenkit/core';
import { cameraFrame, type CameraFrame, type PixelShape } from '@cherenkit/kernels';

export interface TelescopeParts {
  name: string;
  cameraName: string;
  pixX: ArrayLike<number>;
  pixY: ArrayLike<number>;
  pixType: PixelShape;
  /** The focal length of the camera frame. */
  focalLength: number;
  /** Deviations from the defaults. */
  geometry?: Partial<CameraGeometryOptions<CameraFrame>>;
  readout?: Partial<CameraReadoutOptions>;
  optics?: Partial<OpticsDescriptionOptions>;
}

/** A telescope with default values for the parts that a test does not specify. */
export function makeTelescope(parts: TelescopeParts): TelescopeDescription {
  const { name, cameraName, pixX, pixY, pixType, focalLength } = parts;
  const geometry = new CameraGeometry({
    name: cameraName,
    pixX,
    pixY,
    pixArea: new Float64Array(pixX.length).fill(2e-3),
    pixType,
    frame: cameraFrame(focalLength),
    ...parts.geometry,
  });
  const readout = new CameraReadout({
    name: cameraName,
    samplingRate: 1,
    referencePulseShape: [Float64Array.of(0, 1, 0.5)],
    referencePulseSampleWidth: 1,
    nChannels: 1,
    nPixels: pixX.length,
    nSamples: 40,
    ...parts.readout,
  });
  const optics = new OpticsDescription({
    name,
    sizeType: 'MST',
    nMirrors: 1,
    equivalentFocalLength: focalLength,
    effectiveFocalLength: NaN,
    mirrorArea: 100,
    nMirrorTiles: 100,
    reflectorShape: 'PARABOLIC',
    ...parts.optics,
  });
  return new TelescopeDescription(name, optics, new CameraDescription(cameraName, geometry, readout));
}
