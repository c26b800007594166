import { cameraFrame, radians, type GroundPoint, type Metres, type Nanoseconds } from '@cherenkit/kernels';

import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  EarthLocation,
  OpticsDescription,
  SubarrayDescription,
  TelescopeDescription,
  type OpticsDescriptionOptions,
} from '@cherenkit/core';

/** Standard deviation of the pulse of one photo-electron. */
export const PULSE_WIDTH: Nanoseconds = 2;
/** Peak time and sampling interval of the reference pulse. */
const PULSE_PEAK: Nanoseconds = 12;
const PULSE_STEP: Nanoseconds = 0.25;

const POSITIONS: ReadonlyMap<number, GroundPoint> = new Map([
  [1, { x: 75, y: 75, z: 0 }],
  [2, { x: -75, y: -75, z: 2 }],
  [3, { x: -75, y: 75, z: -1 }],
  [4, { x: 75, y: -75, z: 4 }],
]);

/**
 * Subarray of four telescopes on the corners of a square, 2200 m above sea level. Telescopes 1 and 2 (`MST_Hex_HexCam`) have
 * hexagonal pixels and two gain channels, 3 and 4 (`SST_Square_SquareCam`) square pixels and one gain channel. Pixels have a
 * width of 0.17 degrees, cameras a radius of 2 degrees.
 *
 * @returns the same object at each call
 */
export function smallSubarray(): SubarrayDescription {
  return (cached ??= makeSmallSubarray());
}

let cached: SubarrayDescription | undefined;

function makeSmallSubarray(): SubarrayDescription {
  const hexagonal = telescope(hexagonalPixels(12, 0.03), { name: 'Hex', sizeType: 'MST' }, 10, 2, 1);
  const square = telescope(squarePixels(24, 0.015), { name: 'Square', sizeType: 'SST' }, 5, 1, 0.5);
  return new SubarrayDescription({
    name: 'Small',
    telPositions: POSITIONS,
    telDescriptions: new Map([
      [1, hexagonal],
      [2, hexagonal],
      [3, square],
      [4, square],
    ]),
    referenceLocation: EarthLocation.fromGeodetic(radians(-17.9), radians(28.8), 2200),
  });
}

interface Pixels {
  readonly pixX: number[];
  readonly pixY: number[];
  readonly area: number;
  readonly pixType: 'hexagon' | 'square';
}

/** Hexagonal pixels in rings around a central pixel. */
function hexagonalPixels(nRings: number, width: Metres): Pixels {
  const pixX: number[] = [];
  const pixY: number[] = [];
  for (let row = -nRings; row <= nRings; row++) {
    const nInRow = 2 * nRings + 1 - Math.abs(row);
    for (let i = 0; i < nInRow; i++) {
      pixX.push((i - (nInRow - 1) / 2) * width);
      pixY.push((row * width * Math.sqrt(3)) / 2);
    }
  }
  return { pixX, pixY, area: (width * width * Math.sqrt(3)) / 2, pixType: 'hexagon' };
}

function squarePixels(nInRow: number, width: Metres): Pixels {
  const places = Array.from({ length: nInRow }, (_, i) => (i - (nInRow - 1) / 2) * width);
  const pixX = places.flatMap(() => places);
  const pixY = places.flatMap((y) => places.map(() => y));
  return { pixX, pixY, area: width * width, pixType: 'square' };
}

function telescope(
  { pixX, pixY, area, pixType }: Pixels,
  { name, sizeType }: Pick<OpticsDescriptionOptions, 'name' | 'sizeType'>,
  focalLength: Metres,
  nChannels: number,
  samplingRate: number,
): TelescopeDescription {
  const nPixels = pixX.length;
  const cameraName = `${name}Cam`;
  const geometry = new CameraGeometry({
    name: cameraName,
    pixX,
    pixY,
    pixArea: new Float64Array(nPixels).fill(area),
    pixType,
    frame: cameraFrame(focalLength),
  });
  const pulse = Float64Array.from({ length: (2 * PULSE_PEAK) / PULSE_STEP + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i * PULSE_STEP - PULSE_PEAK) / PULSE_WIDTH) ** 2),
  );
  const readout = new CameraReadout({
    name: cameraName,
    samplingRate,
    referencePulseShape: Array.from({ length: nChannels }, () => pulse),
    referencePulseSampleWidth: PULSE_STEP,
    nChannels,
    nPixels,
    nSamples: 40,
  });
  const optics = new OpticsDescription({
    name,
    sizeType,
    nMirrors: 1,
    equivalentFocalLength: focalLength,
    effectiveFocalLength: focalLength,
    mirrorArea: focalLength * focalLength,
    nMirrorTiles: 100,
    reflectorShape: 'DAVIES_COTTON',
  });
  return new TelescopeDescription(name, optics, new CameraDescription(cameraName, geometry, readout));
}
