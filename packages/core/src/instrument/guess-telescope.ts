import type { Metres, SquareMetres } from '@cherenkit/kernels';

import type { ReflectorShape, SizeType } from './optics-description.js';

/** A telescope identified by its properties, for files without telescope names. */
export interface GuessedTelescope {
  readonly type: SizeType;
  /** Name of the telescope and of its optics. */
  readonly name: string;
  readonly cameraName: string;
  /** -1 when unknown. */
  readonly nMirrors: number;
  readonly reflectorShape: ReflectorShape;
}

interface KnownTelescope extends GuessedTelescope {
  readonly nPixels: number;
  /** Equivalent focal length, rounded to two decimals. */
  readonly focalLength: Metres;
  /** Set only if needed to distinguish two telescopes. */
  readonly nMirrorTiles?: number;
}

function known(
  nPixels: number,
  focalLength: Metres,
  type: SizeType,
  name: string,
  cameraName: string,
  nMirrors: number,
  reflectorShape: ReflectorShape,
  nMirrorTiles?: number,
): KnownTelescope {
  const telescope = { nPixels, focalLength, type, name, cameraName, nMirrors, reflectorShape };
  return nMirrorTiles === undefined ? telescope : { ...telescope, nMirrorTiles };
}

/** Source: ctapipe 0.32 `TELESCOPE_NAMES`. */
const KNOWN_TELESCOPES: readonly KnownTelescope[] = [
  known(2048, 2.28, 'SST', 'GCT', 'CHEC', 2, 'SCHWARZSCHILD_COUDER'),
  known(2368, 2.15, 'SST', 'ASTRI', 'ASTRICam', 2, 'SCHWARZSCHILD_COUDER'),
  known(2048, 2.15, 'SST', 'ASTRI', 'CHEC', 2, 'SCHWARZSCHILD_COUDER'),
  known(1296, 5.6, 'SST', '1M', 'DigiCam', 1, 'DAVIES_COTTON'),
  known(1764, 16, 'MST', 'MST', 'FlashCam', 1, 'HYBRID'),
  known(1855, 16, 'MST', 'MST', 'NectarCam', 1, 'HYBRID'),
  known(1855, 28, 'LST', 'LST', 'LSTCam', 1, 'PARABOLIC'),
  known(11328, 5.59, 'MST', 'SCT', 'SCTCam', 1, 'SCHWARZSCHILD_COUDER'),
  known(1039, 16.97, 'LST', 'MAGIC-1', 'MAGICCam', 1, 'PARABOLIC', 964),
  known(1039, 16.97, 'LST', 'MAGIC-2', 'MAGICCam', 1, 'PARABOLIC', 247),
  known(1039, 17, 'LST', 'MAGIC-1', 'MAGICCam', 1, 'PARABOLIC', 964),
  known(1039, 17, 'LST', 'MAGIC-2', 'MAGICCam', 1, 'PARABOLIC', 247),
  known(960, 15, 'MST', 'HESS-I', 'HESS-I', 1, 'DAVIES_COTTON'),
  known(2048, 36, 'LST', 'HESS-II', 'HESS-II', 1, 'PARABOLIC'),
  known(1440, 4.89, 'SST', 'FACT', 'FACT', 1, 'HYBRID'),
];

/**
 * Identifies a telescope by the number of pixels and the equivalent focal length; undefined for an unknown one.
 *
 * Source: ctapipe 0.32 `guess_telescope`.
 */
export function guessTelescope(
  nPixels: number,
  focalLength: Metres,
  nMirrorTiles?: number,
): GuessedTelescope | undefined {
  const rounded = Number(focalLength.toFixed(2));
  return KNOWN_TELESCOPES.find(
    (telescope) =>
      telescope.nPixels === nPixels &&
      telescope.focalLength === rounded &&
      (telescope.nMirrorTiles === undefined || telescope.nMirrorTiles === nMirrorTiles),
  );
}

/** Makes names for an unknown telescope from its mirror area and number of pixels. Source: ctapipe 0.32 `unknown_telescope`. */
export function unknownTelescope(mirrorArea: SquareMetres, nPixels: number, nMirrors = -1): GuessedTelescope {
  return {
    type: sizeTypeFromMirrorArea(mirrorArea),
    name: `UNKNOWN-${roundHalfToEven(mirrorArea)}M2`,
    cameraName: `UNKNOWN-${nPixels}PX`,
    nMirrors,
    reflectorShape: 'UNKNOWN',
  };
}

/** Returns the size class for a mirror area, by the diameter of a round mirror: below 8 m SST, below 16 m MST, else LST. */
export function sizeTypeFromMirrorArea(mirrorArea: SquareMetres): SizeType {
  const diameter = 2 * Math.sqrt(mirrorArea / Math.PI);
  if (diameter < 8) return 'SST';
  return diameter < 16 ? 'MST' : 'LST';
}

/** Rounds half to even, as Python does, so that names agree with ctapipe. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}
