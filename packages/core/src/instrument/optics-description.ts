import type { Metres, SquareMetres } from '@cherenkit/kernels';

import { CherenkitError, ExitCode } from '@cherenkit/errors';

/** Class of a telescope by the diameter of its mirror. */
export type SizeType = 'LST' | 'MST' | 'SST' | 'UNKNOWN';

/** Shape of a telescope's reflector. */
export type ReflectorShape = 'UNKNOWN' | 'PARABOLIC' | 'DAVIES_COTTON' | 'HYBRID' | 'SCHWARZSCHILD_COUDER';

/**
 * Which focal length turns metres in the camera into angles: the effective one, from ray tracing, corrects for the mean coma
 * aberration; the equivalent one is the nominal focal length of the reflector.
 */
export type FocalLengthKind = 'EFFECTIVE' | 'EQUIVALENT';

/** What an {@link OpticsDescription} is made of. */
export interface OpticsDescriptionOptions {
  name: string;
  sizeType: SizeType;
  nMirrors: number;
  equivalentFocalLength: Metres;
  /** NaN when unknown. */
  effectiveFocalLength: Metres;
  mirrorArea: SquareMetres;
  nMirrorTiles: number;
  reflectorShape: ReflectorShape;
}

/** The optics of a telescope. Source: ctapipe 0.32 `OpticsDescription`. */
export class OpticsDescription {
  readonly name: string;
  readonly sizeType: SizeType;
  /** 1, or 2 for Schwarzschild-Couder optics; -1 when unknown. */
  readonly nMirrors: number;
  readonly equivalentFocalLength: Metres;
  /** NaN when the simulation does not tell it. */
  readonly effectiveFocalLength: Metres;
  readonly mirrorArea: SquareMetres;
  readonly nMirrorTiles: number;
  readonly reflectorShape: ReflectorShape;

  constructor(options: OpticsDescriptionOptions) {
    this.name = options.name;
    this.sizeType = options.sizeType;
    this.nMirrors = options.nMirrors;
    this.equivalentFocalLength = options.equivalentFocalLength;
    this.effectiveFocalLength = options.effectiveFocalLength;
    this.mirrorArea = options.mirrorArea;
    this.nMirrorTiles = options.nMirrorTiles;
    this.reflectorShape = options.reflectorShape;
  }

  /** @throws CherenkitError (exit 2) when the effective focal length is wanted and unknown: an option cures that */
  getFocalLength(kind: FocalLengthKind): Metres {
    if (kind === 'EQUIVALENT') return this.equivalentFocalLength;
    if (Number.isNaN(this.effectiveFocalLength)) {
      throw new CherenkitError(
        'EFFECTIVE_FOCAL_LENGTH_UNKNOWN',
        ExitCode.USAGE,
        `The effective focal length of the optics ${this.name} is not known. ` +
          `To use the equivalent one (${this.equivalentFocalLength} m) instead: --focal-length-choice EQUIVALENT`,
      );
    }
    return this.effectiveFocalLength;
  }

  /** Whether everything but the name agrees: focal lengths to 0.1 mm, the area to 1 m2, as in ctapipe. */
  equals(other: OpticsDescription): boolean {
    return this === other || this.#identity() === other.#identity();
  }

  toString(): string {
    return this.name;
  }

  #identity(): string {
    return [
      this.equivalentFocalLength.toFixed(4),
      this.effectiveFocalLength.toFixed(4),
      this.mirrorArea.toFixed(0),
      this.sizeType,
      this.reflectorShape,
      this.nMirrors,
      this.nMirrorTiles,
    ].join(' ');
  }
}
