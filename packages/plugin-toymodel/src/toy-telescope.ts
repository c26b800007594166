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

/** One gain channel: counts of a p.e., summed over its pulse, and standard deviation of the electronics' noise in counts. */
export interface ToyGain {
  readonly countsPerPe: number;
  readonly noise: number;
}

/** How a kind of telescope is made. */
export interface ToyTelescopeOptions {
  readonly optics: OpticsDescriptionOptions;
  /** Standard deviation of the image of a point, in each coordinate. */
  readonly pointSpread: Radians;
  /** Part of the photons on the mirror that become p.e. */
  readonly efficiency: number;
  readonly cameraName: string;
  readonly grid: PixelGrid;
  readonly pixelShape: PixelShape;
  readonly pixelArea: SquareMetres;
  readonly samplingRate: Gigahertz;
  readonly nSamples: number;
  /** Of the pulse of one p.e.; it is 3.4 of these wide. */
  readonly pulseTimeConstant: Nanoseconds;
  /** The high gain first. */
  readonly gains: readonly ToyGain[];
  readonly maxCount: number;
  /** p.e. per sample above which the amplifier is logarithmic. */
  readonly linearLimit?: PhotoElectrons;
  /** Light of the night sky, p.e. per ns and pixel. */
  readonly skyRate: number;
  /** Relative width of the charge of one p.e. */
  readonly chargeSpread: number;
  /** p.e. in each of three touching pixels that make a trigger. */
  readonly triggerThreshold: PhotoElectrons;
}

/** A kind of telescope, with what all of the kind share. */
export interface ToyTelescope extends ToyTelescopeOptions {
  readonly description: TelescopeDescription;
  readonly pulse: PulseTable;
  readonly linearLimit: PhotoElectrons;
}

/** Width of the steps in which the cameras describe their pulse. */
const PULSE_STEP: Nanoseconds = 0.25;

/** What their description has before the pulse: more than an integration window has before its peak. */
const PULSE_LEAD: Nanoseconds = 10;

/** Makes a kind of telescope; its camera's neighbours are found when they are first needed. */
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
