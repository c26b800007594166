import { Component, trait } from '@cherenkit/core';
import { outsideCameraMedian, outsideCameraStd, outsideRange, type EventValues } from '@cherenkit/kernels';

/** Lower and upper limit. */
const limits = (lower: number, upper: number, help: string) =>
  trait.tuple([trait.number(), trait.number()], { default: [lower, upper], help });

/**
 * Finds pixels with unusual statistics. Source: ctapipe 0.32 `OutlierDetector`.
 *
 * @example
 * ```ts
 * import { OutlierDetector } from '@cherenkit/plugin-monitoring';
 * import type { EventValues } from '@cherenkit/kernels';
 *
 * class NegativeOutlierDetector extends OutlierDetector {
 *   static override readonly help = 'Finds negative values.';
 *
 *   override outliers(values: EventValues): Uint8Array {
 *     return Uint8Array.from(values, (value) => (value < 0 ? 1 : 0));
 *   }
 * }
 * ```
 */
export abstract class OutlierDetector extends Component {
  static override readonly kind: string = 'OutlierDetector';
  static override readonly methods: readonly string[] = ['outliers'];

  /**
   * Marks outliers.
   *
   * @param values - statistics of the pixels of a camera, in a row for each gain channel, or for each bin and gain channel; NaN
   *   for pixels without values
   * @param nPixels - number of pixels in a row
   * @returns 1 for outliers
   */
  abstract outliers(values: EventValues, nPixels: number): Uint8Array;
}

/** Finds statistics outside a range, and pixels without. Source: ctapipe 0.32 `RangeOutlierDetector`. */
export class RangeOutlierDetector extends OutlierDetector.withTraits({
  validityRange: limits(1, 2, 'Lowest and highest value.'),
}) {
  static override readonly help = 'Finds values outside a range.';

  override outliers(values: EventValues): Uint8Array {
    return outsideRange(values, this.traits.validityRange);
  }
}

/** Finds statistics that differ from the median of the camera, and pixels without. Source: ctapipe 0.32 `MedianOutlierDetector`. */
export class MedianOutlierDetector extends OutlierDetector.withTraits({
  medianRangeFactors: limits(
    -1,
    1,
    'Lowest and highest deviation from the median of the camera, as a multiple of the median.',
  ),
}) {
  static override readonly help = 'Finds values that differ from the median of the camera.';

  override outliers(values: EventValues, nPixels: number): Uint8Array {
    return outsideCameraMedian(values, nPixels, this.traits.medianRangeFactors);
  }
}

/**
 * Finds statistics that differ from the median of the camera by more than the spread of the camera, and pixels without. Source:
 * ctapipe 0.32 `StdOutlierDetector`.
 */
export class StdOutlierDetector extends OutlierDetector.withTraits({
  stdRangeFactors: limits(
    -1,
    1,
    'Lowest and highest deviation from the median of the camera, as a multiple of the standard deviation over the camera.',
  ),
}) {
  static override readonly help = 'Finds values that differ from the median by more than the spread of the camera.';

  override outliers(values: EventValues, nPixels: number): Uint8Array {
    return outsideCameraStd(values, nPixels, this.traits.stdRangeFactors);
  }
}
