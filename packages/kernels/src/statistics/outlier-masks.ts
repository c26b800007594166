import { descriptiveStatistics } from '../image/descriptive-statistics.js';
import { valuesOf } from '../image/pixel-plane.js';
import { medianInPlace } from '../numeric/select-nth.js';
import type { EventValues } from './event-statistics.js';

/** Lower and upper limit. */
export type Limits = readonly [lower: number, upper: number];

/** Marks values outside of limits, and those that are not finite. Source: ctapipe 0.32 `RangeOutlierDetector`. */
export function outsideRange(values: ArrayLike<number>, [lower, upper]: Limits): Uint8Array {
  return Uint8Array.from({ length: values.length }, (_, i) => (values[i] >= lower && values[i] <= upper ? 0 : 1));
}

/**
 * Marks values that differ from the median of the camera by more than multiples of it, and those that are not finite, which the
 * median leaves out. Source: ctapipe 0.32 `MedianOutlierDetector`.
 *
 * @param values - rows of the pixels of a camera, in the precision in which they are compared
 * @param factors - multiples of the median: `[-0.5, 0.5]` for a deviation of at most half of it
 */
export function outsideCameraMedian(values: EventValues, nPixels: number, factors: Limits): Uint8Array {
  return outsideCamera(values, nPixels, factors, (_, __, median) => median);
}

/**
 * Marks values that differ from the median of the camera by more than multiples of the standard deviation over the camera, and
 * those that are not finite, which both leave out. Source: ctapipe 0.32 `StdOutlierDetector`.
 *
 * @param values - rows of the pixels of a camera, in the precision in which they are compared
 * @param factors - multiples of the standard deviation: `[-3, 3]`
 */
export function outsideCameraStd(values: EventValues, nPixels: number, factors: Limits): Uint8Array {
  return outsideCamera(values, nPixels, factors, (row, finite) => descriptiveStatistics(row, finite).std);
}

function outsideCamera(
  values: EventValues,
  nPixels: number,
  factors: Limits,
  scaleOf: (row: EventValues, finite: Int32Array, median: number) => number,
): Uint8Array {
  const round = values instanceof Float32Array ? Math.fround : Number;
  const outliers = new Uint8Array(values.length);
  for (let first = 0; first < values.length; first += nPixels) {
    const row = values.subarray(first, first + nPixels);
    const finite = Int32Array.from(row.keys()).filter((pixel) => Number.isFinite(row[pixel]));
    const median = medianInPlace(valuesOf(row, finite));
    const scale = scaleOf(row, finite, median);
    const [lower, upper] = factors.map((factor) => round(round(factor) * scale));
    for (let pixel = 0; pixel < row.length; pixel++) {
      const deviation = round(row[pixel] - median);
      if (!(deviation >= lower && deviation <= upper)) outliers[first + pixel] = 1;
    }
  }
  return outliers;
}
