import type { PhotoElectrons, Radians } from '../units.js';
import type { PixelPositions, PixelValues } from './pixel-plane.js';

/** Moments of an image. Lengths are in the unit of the pixel coordinates. */
export interface HillasParameters {
  /** Sum of all charges. */
  readonly intensity: PhotoElectrons;
  /** Centroid. */
  readonly x: number;
  readonly y: number;
  /** Polar coordinates of the centroid. */
  readonly r: number;
  readonly phi: Radians;
  /** Standard deviation along the major axis. */
  readonly length: number;
  readonly lengthUncertainty: number;
  /** Standard deviation along the minor axis. */
  readonly width: number;
  readonly widthUncertainty: number;
  /** Orientation of the major axis, in (-pi/2, pi/2]: which end is the head is not known. */
  readonly psi: Radians;
  readonly psiUncertainty: Radians;
  readonly transverseCogUncertainty: number;
  /** Third standardized moment along the major axis. */
  readonly skewness: number;
  /** Fourth standardized moment along the major axis, 3 for a normal distribution. */
  readonly kurtosis: number;
}

/**
 * Moments of the light in the selected pixels, with uncertainties. Source: ctapipe 0.32 `hillas_parameters`.
 *
 * What an image does not define is NaN: with all light in one place, everything along an axis; with all light on a line,
 * widthUncertainty.
 *
 * @param camera - of the whole camera; pixArea in the squared unit of the coordinates
 * @param image - charge of each pixel of the camera
 * @param selected - indices of the pixels to use
 * @param zero - variances up to this, in the squared unit of the coordinates, are those of a point or of a line but for
 *   rounding. ctapipe takes 2.2e-16 of a squared degree or metre; above, a line of pixels has the width that the last digits of
 *   their positions give it, and whether a width is zero decides cuts
 * @returns undefined where moments have no meaning: the charges sum up to 0 (as those of no pixels do) or one is negative
 */
export function hillasParameters(
  camera: PixelPositions & { readonly pixArea: Float64Array },
  image: PixelValues,
  selected: Int32Array,
  zero: number = Number.EPSILON,
): HillasParameters | undefined {
  const { pixX, pixY, pixArea } = camera;
  const n = selected.length;
  let intensity = 0;
  let x = 0;
  let y = 0;
  for (let k = 0; k < n; k++) {
    const pixel = selected[k];
    const charge = image[pixel];
    if (charge < 0) return undefined;
    intensity += charge;
    x += charge * pixX[pixel];
    y += charge * pixY[pixel];
  }
  if (intensity === 0) return undefined;
  x /= intensity;
  y /= intensity;

  let varianceX = 0;
  let varianceY = 0;
  let covariance = 0;
  for (let k = 0; k < n; k++) {
    const pixel = selected[k];
    const charge = image[pixel];
    const dx = pixX[pixel] - x;
    const dy = pixY[pixel] - y;
    varianceX += charge * dx * dx;
    varianceY += charge * dy * dy;
    covariance += charge * dx * dy;
  }
  const axes = principalAxes(varianceX / intensity, varianceY / intensity, covariance / intensity, zero);
  const length = Math.sqrt(axes.major);
  const width = Math.sqrt(axes.minor);
  const psi = length === 0 ? NaN : axes.psi;

  const cos = Math.cos(psi);
  const sin = Math.sin(psi);
  let third = 0;
  let fourth = 0;
  let lengthSpread = 0;
  let widthSpread = 0;
  // A line through the transverse distances, weighted by the light per area, tells how well the axis is known.
  let w = 0;
  let wl = 0;
  let wll = 0;
  let wt = 0;
  let wlt = 0;
  for (let k = 0; k < n; k++) {
    const pixel = selected[k];
    const charge = image[pixel];
    const dx = pixX[pixel] - x;
    const dy = pixY[pixel] - y;
    const longitudinal = dx * cos + dy * sin;
    const transverse = dy * cos - dx * sin;
    const squared = longitudinal * longitudinal;
    third += charge * squared * longitudinal;
    fourth += charge * squared * squared;
    const beyondLength = squared - length * length;
    const beyondWidth = transverse * transverse - width * width;
    lengthSpread += charge * beyondLength * beyondLength;
    widthSpread += charge * beyondWidth * beyondWidth;
    const weight = charge / pixArea[pixel];
    w += weight;
    wl += weight * longitudinal;
    wll += weight * squared;
    wt += weight * transverse;
    wlt += weight * longitudinal * transverse;
  }
  const determinant = w * wll - wl * wl;
  const isRegular = determinant > 0;
  const slope = isRegular ? (w * wlt - wl * wt) / determinant : NaN;
  const slopeVariance = isRegular ? w / determinant : NaN;
  const offsetVariance = isRegular ? wll / determinant : NaN;
  const roundness = Math.tan(((width / length) * Math.PI) / 2);

  return {
    intensity,
    x,
    y,
    r: Math.hypot(x, y),
    phi: Math.atan2(y, x),
    length,
    lengthUncertainty: length === 0 ? NaN : Math.sqrt(lengthSpread) / intensity / (2 * length),
    width,
    widthUncertainty: width === 0 ? NaN : Math.sqrt(widthSpread) / intensity / (2 * width),
    psi,
    psiUncertainty: Math.sqrt(slopeVariance + slope * slope) * (1 + roundness * roundness),
    transverseCogUncertainty: Math.sqrt(offsetVariance * (1 + Math.sin(slope) ** 2)),
    skewness: third / intensity / length ** 3,
    kurtosis: fourth / intensity / length ** 4,
  };
}

/** Variances along and across the direction psi in which the variance is largest; those up to `zero` count as 0. */
function principalAxes(
  varianceX: number,
  varianceY: number,
  covariance: number,
  zero: number,
): { major: number; minor: number; psi: Radians } {
  const difference = varianceX - varianceY;
  const major = (varianceX + varianceY + Math.hypot(difference, 2 * covariance)) / 2;
  if (major <= zero) return { major: 0, minor: 0, psi: NaN };
  // The sum of the variances less the major one would lose digits for long and narrow images.
  const minor =
    (Math.max(varianceX, varianceY) / major) * Math.min(varianceX, varianceY) - (covariance / major) * covariance;
  // Along a row or a column of pixels the covariance is rounding alone, and its sign says nothing.
  const isAlongAnAxis = covariance === 0 || varianceX <= zero || varianceY <= zero;
  const alongAnAxis = difference > 0 ? 0 : Math.PI / 2;
  const psi = isAlongAnAxis ? alongAnAxis : Math.atan2(2 * covariance, difference) / 2;
  return { major, minor: minor <= zero ? 0 : minor, psi };
}

/** Positions relative to an image. */
export interface ShowerCoordinates {
  readonly longitudinal: Float64Array;
  readonly transverse: Float64Array;
}

/**
 * Coordinates along and across an image axis, relative to a centroid (ctapipe 0.32 `camera_to_shower_coordinates`).
 *
 * @param x - positions, in the unit of the centroid
 * @param y - as x
 */
export function cameraToShowerCoordinates(
  x: Float64Array,
  y: Float64Array,
  cogX: number,
  cogY: number,
  psi: Radians,
): ShowerCoordinates {
  if (x.length !== y.length) throw new RangeError(`cameraToShowerCoordinates: ${x.length} x and ${y.length} y`);
  const cos = Math.cos(psi);
  const sin = Math.sin(psi);
  const longitudinal = new Float64Array(x.length);
  const transverse = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const dx = x[i] - cogX;
    const dy = y[i] - cogY;
    longitudinal[i] = dx * cos + dy * sin;
    transverse[i] = dy * cos - dx * sin;
  }
  return { longitudinal, transverse };
}
