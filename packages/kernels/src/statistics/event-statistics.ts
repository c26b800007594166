import { medianInPlace } from '../numeric/select-nth.js';
import { vectorStatistics } from './vector-statistics.js';

/** Values of a quantity, such as charges: a row for each event, an element for each gain channel and pixel. */
export type EventValues = Float32Array | Float64Array;

/** Statistics over events of each element: gain channel and pixel. NaN for elements without events. */
export interface ElementStatistics {
  /** Number of events that took part. */
  readonly nEvents: Int32Array;
  readonly mean: Float64Array;
  /** Of the type of the values. */
  readonly median: EventValues;
  /** Standard deviation, normalized by the number of events. */
  readonly std: Float64Array;
}

/** Options of {@link clippedStatistics}. */
export interface ClippingOptions {
  /** Values farther from the mean than this number of standard deviations are left out. */
  readonly maxSigma: number;
  /** Number of times that values are left out, at most. */
  readonly iterations: number;
}

/**
 * Mean, median and standard deviation over events. Infinite values and NaN are left out.
 *
 * Means of single-precision values are summed in single precision, as ctapipe's. Source: ctapipe 0.32 `PlainAggregator`.
 *
 * @param nElements - number of elements of a row
 */
export function plainStatistics(values: EventValues, nElements: number): ElementStatistics {
  const vector = values instanceof Float32Array ? vectorStatistics(values, nElements) : undefined;
  return vector ?? statisticsOf(values, nElements, (_, length) => length);
}

/**
 * As {@link plainStatistics}, without outliers: limits around the mean are repeatedly computed of the values within the last ones.
 * Source: ctapipe 0.32 `SigmaClippingAggregator`, astropy `sigma_clip`.
 */
export function clippedStatistics(values: EventValues, nElements: number, options: ClippingOptions): ElementStatistics {
  const vector = values instanceof Float32Array ? vectorStatistics(values, nElements, options) : undefined;
  return vector ?? scalarClippedStatistics(values, nElements, options);
}

/** {@link clippedStatistics} without vector instructions. */
function scalarClippedStatistics(
  values: EventValues,
  nElements: number,
  { maxSigma, iterations }: ClippingOptions,
): ElementStatistics {
  const within = new Float64Array(values.length / nElements);
  return statisticsOf(values, nElements, (ofElement, length) => {
    within.set(ofElement.subarray(0, length));
    const [lower, upper] = clippingLimits(within, length, maxSigma, iterations);
    let kept = 0;
    for (let i = 0; i < length; i++) {
      const value = ofElement[i];
      // Not the opposite: without deviation, or in case of an overflow, limits may be NaN.
      if (!(value < lower || value > upper)) ofElement[kept++] = value;
    }
    return kept;
  });
}

/** Number of elements whose values are gathered together: those of a row are in one or two cache lines. */
const BLOCK = 16;

/**
 * Computes statistics of each element.
 *
 * @param select - moves the values that take part to the front and returns their number
 */
function statisticsOf(
  values: EventValues,
  nElements: number,
  select: (ofElement: EventValues, length: number) => number,
): ElementStatistics {
  const nRows = values.length / nElements;
  const nEvents = new Int32Array(nElements);
  const mean = new Float64Array(nElements);
  const std = new Float64Array(nElements);
  const median = values.slice(0, nElements);
  const gathered = values instanceof Float32Array ? new Float32Array(BLOCK * nRows) : new Float64Array(BLOCK * nRows);
  const lengths = new Int32Array(BLOCK);
  for (let first = 0; first < nElements; first += BLOCK) {
    const nGathered = Math.min(BLOCK, nElements - first);
    gatherFinite(values, nElements, first, nGathered, gathered, lengths);
    for (let k = 0; k < nGathered; k++) {
      const element = first + k;
      const ofElement = gathered.subarray(k * nRows, (k + 1) * nRows);
      const length = select(ofElement, lengths[k]);
      nEvents[element] = length;
      mean[element] = sumOf(ofElement, length) / length;
      std[element] = Math.sqrt(sumOfSquares(ofElement, length, mean[element]) / length);
      median[element] = medianInPlace(ofElement, length);
    }
  }
  return { nEvents, mean, median, std };
}

/** Gathers the finite values of some elements, those of each one after the other, in rows of the number of events. */
function gatherFinite(
  values: EventValues,
  nElements: number,
  first: number,
  nGathered: number,
  gathered: EventValues,
  lengths: Int32Array,
): void {
  const nRows = values.length / nElements;
  lengths.fill(0);
  for (let row = 0; row < nRows; row++) {
    const at = row * nElements + first;
    for (let k = 0; k < nGathered; k++) {
      const value = values[at + k];
      // The difference is NaN for infinite values, too.
      if (value - value === 0) gathered[k * nRows + lengths[k]++] = value;
    }
  }
}

/** Sum, in the precision and in the order of numpy's sum over the first axis. */
function sumOf(values: EventValues, length: number): number {
  let sum = 0;
  if (values instanceof Float32Array) for (let i = 0; i < length; i++) sum = Math.fround(sum + values[i]);
  else for (let i = 0; i < length; i++) sum += values[i];
  return sum;
}

function sumOfSquares(values: EventValues, length: number, mean: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const difference = values[i] - mean;
    sum += difference * difference;
  }
  return sum;
}

/** Limits of the values to keep. Values outside of them are removed from `values`. */
function clippingLimits(
  values: Float64Array,
  nValues: number,
  maxSigma: number,
  iterations: number,
): readonly [lower: number, upper: number] {
  let length = nValues;
  for (let iteration = 0; ;) {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += values[i];
    const mean = sum / length;
    const std = Math.sqrt(sumOfSquares(values, length, mean) / length);
    const [lower, upper] = [mean - maxSigma * std, mean + maxSigma * std];
    let kept = 0;
    for (let i = 0; i < length; i++) if (values[i] >= lower && values[i] <= upper) values[kept++] = values[i];
    if (kept === length || ++iteration >= iterations) return [lower, upper];
    length = kept;
  }
}
