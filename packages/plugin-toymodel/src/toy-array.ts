import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  EarthLocation,
  OpticsDescription,
  SubarrayDescription,
  TelescopeDescription,
} from '@cherenkit/core';
import { cameraFrame, radians, type GroundPoint, type Metres, type Nanoseconds } from '@cherenkit/kernels';

import { PULSE_LENGTH, pulseShape } from './toy-pulse.js';

/** A telescope of the toy array. */
export interface ToyTelescope {
  readonly position: GroundPoint;
  readonly description: TelescopeDescription;
  /** Of the pulse of one photo-electron. */
  readonly pulseTimeConstant: Nanoseconds;
}

/** Width of the steps in which the cameras describe their pulse. */
const PULSE_STEP: Nanoseconds = 0.25;

/** What their description has before the pulse: more than an integration window has before its peak. */
const PULSE_LEAD: Nanoseconds = 10;

/** The Roque de los Muchachos on La Palma. */
const SITE = EarthLocation.fromGeodetic(radians(-17.89), radians(28.76), 2158);

/** Two telescopes of each kind on the corners of a square. */
const POSITIONS: readonly (readonly [telId: number, kind: 'hexagonal' | 'square', GroundPoint])[] = [
  [1, 'hexagonal', { x: 70, y: 70, z: 0 }],
  [2, 'square', { x: -70, y: 70, z: 3 }],
  [3, 'hexagonal', { x: -70, y: -70, z: -2 }],
  [4, 'square', { x: 70, y: -70, z: 1 }],
];

/** Four telescopes: two with one mirror and hexagonal pixels, two with two mirrors and square pixels. */
export function toyTelescopes(): ReadonlyMap<number, ToyTelescope> {
  const kinds = { hexagonal: hexagonalTelescope(), square: squareTelescope() };
  return new Map(POSITIONS.map(([telId, kind, position]) => [telId, { position, ...kinds[kind] }]));
}

/** The array of these telescopes. */
export function toySubarray(telescopes: ReadonlyMap<number, ToyTelescope>): SubarrayDescription {
  return new SubarrayDescription({
    name: 'ToyArray',
    telPositions: new Map(Array.from(telescopes, ([telId, { position }]) => [telId, position])),
    telDescriptions: new Map(Array.from(telescopes, ([telId, { description }]) => [telId, description])),
    referenceLocation: SITE,
  });
}

function hexagonalTelescope(): Omit<ToyTelescope, 'position'> {
  const name = 'ToyHexCam';
  const geometry = hexagonalCamera(name, 20, 0.05, 16.4);
  const optics = new OpticsDescription({
    name: 'ToyDC',
    sizeType: 'MST',
    nMirrors: 1,
    equivalentFocalLength: 16,
    effectiveFocalLength: 16.4,
    mirrorArea: 100,
    nMirrorTiles: 80,
    reflectorShape: 'DAVIES_COTTON',
  });
  return telescope(optics, geometry, 1, 40, 1.2);
}

function squareTelescope(): Omit<ToyTelescope, 'position'> {
  const name = 'ToySquareCam';
  const geometry = squareCamera(name, 48, 0.015, 5.7);
  const optics = new OpticsDescription({
    name: 'ToySC',
    sizeType: 'MST',
    nMirrors: 2,
    equivalentFocalLength: 5.6,
    effectiveFocalLength: 5.7,
    mirrorArea: 50,
    nMirrorTiles: 72,
    reflectorShape: 'SCHWARZSCHILD_COUDER',
  });
  return telescope(optics, geometry, 0.5, 30, 2);
}

function telescope(
  optics: OpticsDescription,
  geometry: CameraGeometry,
  samplingRate: number,
  nSamples: number,
  pulseTimeConstant: Nanoseconds,
): Omit<ToyTelescope, 'position'> {
  const nSteps = Math.ceil((PULSE_LEAD + PULSE_LENGTH * pulseTimeConstant) / PULSE_STEP);
  const pulse = Float64Array.from({ length: nSteps }, (_, i) =>
    pulseShape(i * PULSE_STEP - PULSE_LEAD, pulseTimeConstant),
  );
  const readout = new CameraReadout({
    name: geometry.name,
    samplingRate,
    referencePulseShape: [pulse],
    referencePulseSampleWidth: PULSE_STEP,
    nChannels: 1,
    nPixels: geometry.nPixels,
    nSamples,
  });
  const camera = new CameraDescription(geometry.name, geometry, readout);
  return { description: new TelescopeDescription(optics.name, optics, camera), pulseTimeConstant };
}

/** Hexagons in rings about the centre; their neighbours lie along x. */
function hexagonalCamera(name: string, nRings: number, width: Metres, focalLength: Metres): CameraGeometry {
  const pixX: number[] = [];
  const pixY: number[] = [];
  for (let row = -nRings; row <= nRings; row++) {
    const nInRow = 2 * nRings + 1 - Math.abs(row);
    for (let i = 0; i < nInRow; i++) {
      pixX.push((i - (nInRow - 1) / 2) * width);
      pixY.push((row * width * Math.sqrt(3)) / 2);
    }
  }
  const pixArea = new Float64Array(pixX.length).fill((width * width * Math.sqrt(3)) / 2);
  return new CameraGeometry({ name, pixX, pixY, pixArea, pixType: 'hexagon', frame: cameraFrame(focalLength) });
}

function squareCamera(name: string, nInRow: number, width: Metres, focalLength: Metres): CameraGeometry {
  const nPixels = nInRow * nInRow;
  const place = (i: number): Metres => (i - (nInRow - 1) / 2) * width;
  return new CameraGeometry({
    name,
    pixX: Float64Array.from({ length: nPixels }, (_, pixel) => place(pixel % nInRow)),
    pixY: Float64Array.from({ length: nPixels }, (_, pixel) => place(Math.floor(pixel / nInRow))),
    pixArea: new Float64Array(nPixels).fill(width * width),
    pixType: 'square',
    frame: cameraFrame(focalLength),
  });
}
