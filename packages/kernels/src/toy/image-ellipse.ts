import type { Radians } from '../units.js';

/** An elongated spot in a camera; lengths are in the unit of the pixels' positions. */
export interface ImageEllipse {
  readonly x: number;
  readonly y: number;
  /** Standard deviation along the major axis. */
  readonly length: number;
  /** Standard deviation across it. */
  readonly width: number;
  /** Angle between the x axis and the major one. */
  readonly psi: Radians;
}

/**
 * Where pixels lie along the major axis, against the centre.
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
 * Times of pulses that run along an image's axis. Source: ctapipe 0.32 `toymodel.obtain_time_image`.
 *
 * @param gradient - per unit of length along the axis
 * @param intercept - at the image's centre
 */
export function timeImage(
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
