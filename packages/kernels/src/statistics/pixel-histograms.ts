import { lowerBound } from '../numeric/lower-bound.js';
import type { EventValues } from './event-statistics.js';

/** Axis of the histograms of pixels: bins of equal width, or given edges. */
export interface ValueAxis {
  /** Edges of the bins, ascending. */
  readonly edges: Float64Array;
  /** Whether all bins have the same width: those of a value are then computed, as by the histogram library of ctapipe. */
  readonly isRegular: boolean;
  /** Whether values above the last edge have a bin of their own; the last edge itself belongs to it, otherwise to the last bin. */
  readonly hasOverflow: boolean;
}

/** Histogram over events of each element: gain channel and pixel. */
export interface ElementHistograms {
  /** Number of values of each element: all but NaN. */
  readonly nEvents: Int32Array;
  /**
   * Number of values in each bin, of one element after the other for each bin: below the first edge, the bins, above the last
   * edge.
   */
  readonly counts: Int32Array;
}

/**
 * Fills a histogram for each element. NaN is left out. Source: ctapipe 0.32 `HistogramAggregator`; H. Dembinski, boost-histogram,
 * for the bin of a value.
 *
 * @param nElements - number of elements of a row of the values
 */
export function pixelHistograms(values: EventValues, nElements: number, axis: ValueAxis): ElementHistograms {
  const nEvents = new Int32Array(nElements);
  const counts = new Int32Array((axis.edges.length + 1) * nElements);
  const nRows = values.length / nElements;
  for (let row = 0; row < nRows; row++) {
    for (let element = 0; element < nElements; element++) {
      const value = values[row * nElements + element];
      if (Number.isNaN(value)) continue;
      nEvents[element]++;
      counts[(1 + binOf(value, axis)) * nElements + element]++;
    }
  }
  return { nEvents, counts };
}

/**
 * Edges of bins of equal width, as the histogram library of ctapipe computes them; with `offset` 0.5, the centres of the bins.
 *
 * @param offset - from the lower edge of the bins, in widths
 */
export function regularEdges(start: number, stop: number, nBins: number, offset = 0): Float64Array {
  return Float64Array.from({ length: offset === 0 ? nBins + 1 : nBins }, (_, bin) => {
    const place = (bin + offset) / nBins;
    return bin === nBins ? stop : (1 - place) * start + place * stop;
  });
}

/** Index of the bin of a value; -1 below the first edge, the number of bins above the last one. */
function binOf(value: number, { edges, isRegular, hasOverflow }: ValueAxis): number {
  const last = edges.length - 1;
  if (value === edges[last]) return hasOverflow ? last : last - 1;
  if (isRegular) {
    const place = (value - edges[0]) / (edges[last] - edges[0]);
    return place >= 1 ? last : place >= 0 ? Math.trunc(place * last) : -1;
  }
  const edge = lowerBound(edges, value);
  return edges[edge] === value ? edge : edge - 1;
}
