import type { Nanoseconds } from '../units.js';
import type { HillasParameters } from './hillas-parameters.js';
import { leastTrimmedSquares } from './least-trimmed-squares.js';
import type { PixelPositions } from './pixel-plane.js';

/** Line through the peak times along the image axis. */
export interface TimingParameters {
  /** ns per unit of the pixel positions. */
  readonly slope: number;
  /** Peak time at the centroid. */
  readonly intercept: Nanoseconds;
  /** Root mean square distance of all peak times, including trimmed ones, from the line. */
  readonly deviation: Nanoseconds;
}

/**
 * Fits a line to the peak times of the selected pixels along the image axis, by least trimmed squares with 85 % of the
 * pixels. Source: ctapipe 0.32 `timing_parameters`.
 *
 * @param peakTime - of each pixel of the camera, ns
 * @param selected - indices of the pixels to use
 * @param hillas - centroid and axis of the image, in the unit of the pixel positions
 * @returns NaN for fewer than three pixels, or an image without an axis
 */
export function timingParameters(
  camera: PixelPositions,
  peakTime: Float32Array | Float64Array,
  selected: Int32Array,
  hillas: Pick<HillasParameters, 'x' | 'y' | 'psi'>,
): TimingParameters {
  const { pixX, pixY } = camera;
  const n = selected.length;
  const cos = Math.cos(hillas.psi);
  const sin = Math.sin(hillas.psi);
  const longitudinal = new Float64Array(n);
  const times = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const pixel = selected[k];
    longitudinal[k] = (pixX[pixel] - hillas.x) * cos + (pixY[pixel] - hillas.y) * sin;
    times[k] = peakTime[pixel];
  }
  const { slope, intercept } = leastTrimmedSquares(longitudinal, times);
  let sumOfSquares = 0;
  for (let k = 0; k < n; k++) {
    const residual = slope * longitudinal[k] + intercept - times[k];
    sumOfSquares += residual * residual;
  }
  return { slope, intercept, deviation: Math.sqrt(sumOfSquares / n) };
}
