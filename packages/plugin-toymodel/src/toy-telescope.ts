import {
  CameraDescription,
  CameraGeometry,
  CameraReadout,
  OpticsDescription,
  TelescopeDescription,
  type OpticsDescriptionOptions,
} from '@cherenkit/core';
import {
  cameraFrame,
  PULSE_LENGTH,
  pulseTable,
  photoElectronPulse,
  type Gigahertz,
  type Nanoseconds,
  type PhotoElectrons,
  type PixelShape,
  type PulseTable,
  type Radians,
  type SquareMetres,
} from '@cherenkit/kernels';

import type { PixelGrid } from './pixel-grids.js';

/** Gain channel: counts per p.e., summed over the pulse, and standard deviation of the electronic noise in counts. */
interface ToyGain {
  readonly countsPerPe: number;
  readonly noise: number;
}

/** Properties of a telescope type. */
export interface ToyTelescopeOptions {
  readonly optics: OpticsDescriptionOptions;
  /** Point spread function: standard deviation in each coordinate. */
  readonly pointSpread: Radians;
  /** Fraction of the photons on the mirror that are detected as p.e. */
  readonly efficiency: number;
  readonly cameraName: string;
  readonly grid: PixelGrid;
  readonly pixelShape: PixelShape;
  readonly pixelArea: SquareMetres;
  readonly samplingRate: Gigahertz;
  readonly nSamples: number;
  /** Time constant of the pulse of one p.e., whose full width at half maximum is 3.4 time constants. */
  readonly pulseTimeConstant: Nanoseconds;
  /** High gain first. */
  readonly gains: readonly ToyGain[];
  readonly maxCount: number;
  /** p.e. per sample above which the amplifier is logarithmic. Default: linear. */
  readonly linearLimit?: PhotoElectrons;
  /** Rate of the night-sky background, p.e. per ns and pixel. */
  readonly skyRate: number;
  /** Relative standard deviation of the charge of one p.e. */
  readonly chargeSpread: number;
  /** p.e. required in each of three adjacent pixels for a trigger. */
  readonly triggerThreshold: PhotoElectrons;
}

/** Telescope type, with the objects that all its telescopes share. */
export interface ToyTelescope extends ToyTelescopeOptions {
  readonly description: TelescopeDescription;
  readonly pulse: PulseTable;
  readonly linearLimit: PhotoElectrons;
}

/** Sample width of the reference pulse. */
const PULSE_STEP: Nanoseconds = 0.25;

/** Time before the pulse in the reference pulse: longer than the part of an integration window before its peak. */
const PULSE_LEAD: Nanoseconds = 10;

/** Makes a telescope type. The neighbours of the camera's pixels are computed on first use. */
export function toyTelescope(options: ToyTelescopeOptions): ToyTelescope {
  const { cameraName: name, grid, pixelShape, pixelArea, samplingRate, nSamples, pulseTimeConstant, gains } = options;
  const optics = new OpticsDescription(options.optics);
  const geometry = new CameraGeometry({
    name,
    pixX: grid.x,
    pixY: grid.y,
    pixArea: new Float64Array(grid.x.length).fill(pixelArea),
    pixType: pixelShape,
    frame: cameraFrame(optics.effectiveFocalLength),
  });
  const nSteps = Math.ceil((PULSE_LEAD + PULSE_LENGTH * pulseTimeConstant) / PULSE_STEP);
  const readout = new CameraReadout({
    name,
    samplingRate,
    referencePulseShape: gains.map(() =>
      Float64Array.from({ length: nSteps }, (_, i) =>
        photoElectronPulse(i * PULSE_STEP - PULSE_LEAD, pulseTimeConstant),
      ),
    ),
    referencePulseSampleWidth: PULSE_STEP,
    nChannels: gains.length,
    nPixels: geometry.nPixels,
    nSamples,
  });
  const camera = new CameraDescription(name, geometry, readout);
  return {
    ...options,
    description: new TelescopeDescription(optics.name, optics, camera),
    pulse: pulseTable(pulseTimeConstant, 1 / samplingRate),
    linearLimit: options.linearLimit ?? Infinity,
  };
}
