import type { Metres, SquareMetres } from '@cherenkit/kernels';

import { CherenkitError, ExitCode } from '@cherenkit/errors';

/** Size class of a telescope. Source: ctapipe 0.32 `SizeType`. */
export type SizeType = 'LST' | 'MST' | 'SST' | 'UNKNOWN';

/** Shape of the reflector of a telescope. Source: ctapipe 0.32 `ReflectorShape`. */
export type ReflectorShape = 'UNKNOWN' | 'PARABOLIC' | 'DAVIES_COTTON' | 'HYBRID' | 'SCHWARZSCHILD_COUDER';

/**
 * The focal length used to convert positions in the camera to angles. EFFECTIVE is from ray tracing and corrects for the mean
 * coma aberration; EQUIVALENT is the nominal focal length of the reflector. Source: ctapipe 0.32 `FocalLengthKind`.
 */
export type FocalLengthKind = 'EFFECTIVE' | 'EQUIVALENT';

/** Constructor arguments of {@link OpticsDescription}. */
export interface OpticsDescriptionOptions {
  name: string;
  sizeType: SizeType;
  nMirrors: number;
  equivalentFocalLength: Metres;
  /** NaN if unknown. */
  effectiveFocalLength: Metres;
  mirrorArea: SquareMetres;
  nMirrorTiles: number;
  reflectorShape: ReflectorShape;
}

/** The optics of a telescope. Source: ctapipe 0.32 `OpticsDescription`. */
export class OpticsDescription {
  readonly name: string;
  readonly sizeType: SizeType;
  /** Number of mirrors: 1, or 2 for Schwarzschild-Couder optics; -1 if unknown. */
  readonly nMirrors: number;
  readonly equivalentFocalLength: Metres;
  /** NaN if the file does not contain it. */
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

  /**
   * Returns the focal length of a kind.
   *
   * @throws CherenkitError EFFECTIVE_FOCAL_LENGTH_UNKNOWN
   */
  getFocalLength(kind: FocalLengthKind): Metres {
    if (kind === 'EQUIVALENT') return this.equivalentFocalLength;
    if (Number.isNaN(this.effectiveFocalLength)) {
      throw new CherenkitError(
        'EFFECTIVE_FOCAL_LENGTH_UNKNOWN',
        ExitCode.USAGE,
        `The effective focal length of the optics ${this.name} is unknown. ` +
          `Use the equivalent focal length (${Number(this.equivalentFocalLength.toPrecision(6))} m) instead: --focal-length-choice EQUIVALENT (in scripts, focalLengthChoice).`,
      );
    }
    return this.effectiveFocalLength;
  }

  /** Whether everything but the name is equal: focal lengths to 0.1 mm, the area to 1 m2, as in ctapipe. */
  equals(other: OpticsDescription): boolean {
    return this === other || this.#identity() === other.#identity();
  }

  toString(): string {
    return this.name;
  }

  /** Used by `console.log` in Node: one line. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return (
      `OpticsDescription(name=${this.name}, sizeType=${this.sizeType}, reflectorShape=${this.reflectorShape}, ` +
      `equivalentFocalLength=${this.equivalentFocalLength.toFixed(2)} m, ` +
      `effectiveFocalLength=${this.effectiveFocalLength.toFixed(2)} m, nMirrors=${this.nMirrors}, ` +
      `mirrorArea=${this.mirrorArea.toFixed(2)} m2)`
    );
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
