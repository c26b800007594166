import { radians, type Metres, type SquareMetres } from '@cherenkit/kernels';

import { hexagonModules, roundHexagons, squareModules } from './pixel-grids.js';
import { toyTelescope, type ToyTelescope } from './toy-telescope.js';

/** Pitch of the hexagonal pixels, which all cameras share. */
const HEXAGON_PITCH: Metres = 0.05;
const HEXAGON_AREA: SquareMetres = (HEXAGON_PITCH * HEXAGON_PITCH * Math.sqrt(3)) / 2;
const SQUARE_PITCH: Metres = 0.0061;

const MST_OPTICS = {
  name: 'MST',
  sizeType: 'MST',
  nMirrors: 1,
  equivalentFocalLength: 16,
  effectiveFocalLength: 16.445,
  mirrorArea: 106,
  nMirrorTiles: 86,
  reflectorShape: 'HYBRID',
} as const;

/** Resembles the large-sized telescopes: fast, two gain channels. */
function largeWithLstCam(): ToyTelescope {
  return toyTelescope({
    optics: {
      name: 'LST',
      sizeType: 'LST',
      nMirrors: 1,
      equivalentFocalLength: 28,
      effectiveFocalLength: 29.306,
      mirrorArea: 387,
      nMirrorTiles: 198,
      reflectorShape: 'PARABOLIC',
    },
    pointSpread: radians(0.03),
    efficiency: 0.11,
    cameraName: 'LSTCam',
    grid: hexagonModules(HEXAGON_PITCH),
    pixelShape: 'hexagon',
    pixelArea: HEXAGON_AREA,
    samplingRate: 1.024,
    nSamples: 40,
    pulseTimeConstant: 0.85,
    gains: [
      { countsPerPe: 60, noise: 3.5 },
      { countsPerPe: 3.5, noise: 1 },
    ],
    maxCount: 4095,
    skyRate: 0.25,
    chargeSpread: 0.4,
    triggerThreshold: 9,
  });
}

/** Resembles the medium-sized telescopes of the northern array: two gain channels. */
function mediumWithNectarCam(): ToyTelescope {
  return toyTelescope({
    optics: MST_OPTICS,
    pointSpread: radians(0.03),
    efficiency: 0.11,
    cameraName: 'NectarCam',
    grid: hexagonModules(HEXAGON_PITCH),
    pixelShape: 'hexagon',
    pixelArea: HEXAGON_AREA,
    samplingRate: 1,
    nSamples: 60,
    pulseTimeConstant: 1,
    gains: [
      { countsPerPe: 58, noise: 3 },
      { countsPerPe: 4.4, noise: 1 },
    ],
    maxCount: 4095,
    skyRate: 0.24,
    chargeSpread: 0.4,
    triggerThreshold: 9,
  });
}

/**
 * Resembles the medium-sized telescopes of the southern array: one gain channel, slow sampling, logarithmic for bright
 * pulses.
 */
function mediumWithFlashCam(): ToyTelescope {
  return toyTelescope({
    optics: MST_OPTICS,
    pointSpread: radians(0.03),
    efficiency: 0.11,
    cameraName: 'FlashCam',
    grid: roundHexagons(1764, HEXAGON_PITCH),
    pixelShape: 'hexagon',
    pixelArea: HEXAGON_AREA,
    samplingRate: 0.25,
    nSamples: 40,
    pulseTimeConstant: 4,
    gains: [{ countsPerPe: 34, noise: 2.5 }],
    maxCount: 4095,
    linearLimit: 60,
    skyRate: 0.24,
    chargeSpread: 0.4,
    triggerThreshold: 9,
  });
}

/**
 * Resembles the small-sized telescopes: two mirrors, square silicon pixels in modules on a sphere, one gain channel.
 */
function smallWithChec(): ToyTelescope {
  return toyTelescope({
    optics: {
      name: 'ASTRI',
      sizeType: 'SST',
      nMirrors: 2,
      equivalentFocalLength: 2.15,
      effectiveFocalLength: 2.1519,
      mirrorArea: 8,
      nMirrorTiles: 18,
      reflectorShape: 'SCHWARZSCHILD_COUDER',
    },
    pointSpread: radians(0.04),
    efficiency: 0.14,
    cameraName: 'CHEC',
    grid: squareModules(SQUARE_PITCH, 0.0018),
    pixelShape: 'square',
    pixelArea: SQUARE_PITCH * SQUARE_PITCH,
    samplingRate: 1,
    nSamples: 128,
    pulseTimeConstant: 2.6,
    gains: [{ countsPerPe: 36, noise: 1.2 }],
    maxCount: 4095,
    skyRate: 0.04,
    chargeSpread: 0.15,
    triggerThreshold: 5,
  });
}

/** Telescope types of the arrays. */
export const TELESCOPE_KINDS = {
  lst: largeWithLstCam,
  nectarcam: mediumWithNectarCam,
  flashcam: mediumWithFlashCam,
  chec: smallWithChec,
} as const;
export type TelescopeKind = keyof typeof TELESCOPE_KINDS;
