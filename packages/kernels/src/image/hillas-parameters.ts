import { power } from '../numeric/index.js';
import { radians, type PhotoElectrons, type Radians } from '../units.js';
import type { PixelPositions, PixelValues } from './pixel-plane.js';

/** Hillas parameters of an image. Lengths are in the unit of the pixel positions. */
export interface HillasParameters {
  /** Sum of the charges. */
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
  /** Orientation of the major axis, in (-pi/2, pi/2]; head and tail are not distinguished. */
  readonly psi: Radians;
  readonly psiUncertainty: Radians;
  readonly transverseCogUncertainty: number;
  /** Third standardized moment along the major axis. */
  readonly skewness: number;
  /** Fourth standardized moment along the major axis, 3 for a normal distribution. */
  readonly kurtosis: number;
}

/**
 * Variances up to these values count as 0 in ctapipe, by the frame of the pixel positions: 2.2e-16 square metres in the
 * camera frame, 2.2e-16 square degrees, here in square radians, in the telescope frame.
 */
export const ZERO_VARIANCE = {
  CameraFrame: Number.EPSILON,
  TelescopeFrame: Number.EPSILON * radians(1) ** 2,
} as const;

/**
 * Computes the Hillas parameters: moments of the charge in the selected pixels, with uncertainties. Source: ctapipe
 * 0.32 `hillas_parameters`.
 *
 * Undefined quantities are NaN: for a single point, everything along an axis; for a line of pixels, widthUncertainty.
 *
 * @param camera - positions and areas of all pixels; areas in the squared unit of the positions
 * @param image - charge of each pixel of the camera
 * @param selected - indices of the pixels to use
 * @param zero - variances up to this value, in the squared unit of the positions, are set to 0, as rounding errors of a
 *   point or a line of pixels. Cuts depend on which widths are exactly 0, so agreement with ctapipe needs its limit, see
 *   {@link ZERO_VARIANCE}
 * @returns undefined if the charges sum to 0 (as for no pixels) or one is negative
 *
 * @example
 * ```ts
 * import { degrees, hillasParameters } from '@cherenkit/kernels';
 *
 * const pixX = Float64Array.of(0, 0.05, 0.1, 0, 0.05, 0.1); // m
 * const pixY = Float64Array.of(0, 0, 0, 0.05, 0.05, 0.05);
 * const pixArea = new Float64Array(6).fill(0.0025); // m2
 * const image = Float32Array.of(12, 15, 6, 0, 7, 1); // p.e.
 * const hillas = hillasParameters({ pixX, pixY, pixArea }, image, Int32Array.of(0, 1, 2, 4));
 * if (hillas !== undefined) console.log(hillas.intensity, hillas.length, hillas.width, degrees(hillas.psi));
 * ```
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
  // Weighted linear regression of the transverse on the longitudinal coordinate: its errors are those of the axis.
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
    skewness: third / intensity / power(length, 3),
    kurtosis: fourth / intensity / power(length, 4),
  };
}

/** Variances along and across the direction psi of the largest variance; variances up to `zero` are set to 0. */
function principalAxes(
  varianceX: number,
  varianceY: number,
  covariance: number,
  zero: number,
): { major: number; minor: number; psi: Radians } {
  const difference = varianceX - varianceY;
  const major = (varianceX + varianceY + Math.hypot(difference, 2 * covariance)) / 2;
  if (major <= zero) return { major: 0, minor: 0, psi: NaN };
  // For elongated images, the sum of the variances minus the major one would lose digits.
  const minor =
    (Math.max(varianceX, varianceY) / major) * Math.min(varianceX, varianceY) - (covariance / major) * covariance;
  // Along a row or a column of pixels the covariance is only a rounding error, and its sign is meaningless.
  const isAlongAnAxis = covariance === 0 || varianceX <= zero || varianceY <= zero;
  const alongAnAxis = difference > 0 ? 0 : Math.PI / 2;
  const psi = isAlongAnAxis ? alongAnAxis : Math.atan2(2 * covariance, difference) / 2;
  return { major, minor: minor <= zero ? 0 : minor, psi };
}

/** Pixel positions along and across an image axis. */
export interface ShowerCoordinates {
  readonly longitudinal: Float64Array;
  readonly transverse: Float64Array;
}

/**
 * Computes coordinates along and across an image axis, relative to the centroid (ctapipe 0.32
 * `camera_to_shower_coordinates`).
 *
 * @param x - positions, in the unit of the centroid
 * @param y - likewise
 * @throws RangeError if x and y differ in length
 */
export function cameraToShowerCoordinates(
  x: Float64Array,
  y: Float64Array,
  cogX: number,
  cogY: number,
  psi: Radians,
): ShowerCoordinates {
  if (x.length !== y.length) {
    throw new RangeError(`cameraToShowerCoordinates: expected as many y as x, found ${x.length} x and ${y.length} y`);
  }
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
