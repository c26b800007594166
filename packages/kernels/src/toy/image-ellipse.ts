import type { Radians } from '../units.js';

/** Elongated Gaussian spot in a camera; lengths are in the unit of the pixel positions. */
export interface ImageEllipse {
  readonly x: number;
  readonly y: number;
  /** Standard deviation along the major axis. */
  readonly length: number;
  /** Standard deviation along the minor axis. */
  readonly width: number;
  /** Angle from the x axis to the major axis. */
  readonly psi: Radians;
}

/**
 * Computes pixel coordinates along and across the major axis, relative to the centre.
 *
 * @param along - result
 * @param across - result
 */
export function ellipseCoordinates(
  { x, y, psi }: Pick<ImageEllipse, 'x' | 'y' | 'psi'>,
  pixX: Float64Array,
  pixY: Float64Array,
  along: Float64Array,
  across: Float64Array,
): void {
  const cos = Math.cos(psi);
  const sin = Math.sin(psi);
  for (let pixel = 0; pixel < pixX.length; pixel++) {
    const dx = pixX[pixel] - x;
    const dy = pixY[pixel] - y;
    along[pixel] = dx * cos + dy * sin;
    across[pixel] = dy * cos - dx * sin;
  }
}

/**
 * Peak times with a linear gradient along the image axis. Source: ctapipe 0.32 `toymodel.obtain_time_image`.
 *
 * @param gradient - time per unit of length along the axis
 * @param intercept - time at the centre of the image
 */
export function obtainTimeImage(
  pixX: Float64Array,
  pixY: Float64Array,
  ellipse: Pick<ImageEllipse, 'x' | 'y' | 'psi'>,
  gradient: number,
  intercept: number,
): Float64Array {
  const along = new Float64Array(pixX.length);
  ellipseCoordinates(ellipse, pixX, pixY, along, new Float64Array(pixX.length));
  return along.map((place) => place * gradient + intercept);
}
