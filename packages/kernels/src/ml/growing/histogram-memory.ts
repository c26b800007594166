import { HISTOGRAM_WASM } from './histogram-wasm.js';
import { vectorMemory } from './vector-memory.js';

/** Number of bins of a histogram; the last one is not used, as features have at most 255 bins. */
export const N_BINS = 256;

/** Exports of histogram.wat; the arguments are described there. */
interface Exports {
  addRows(bins: number, nFeatures: number, pairs: number, rows: number, nRows: number, sums: number): void;
  countRows(
    bins: number,
    nFeatures: number,
    pairs: number,
    rows: number,
    nRows: number,
    sums: number,
    counts: number,
  ): void;
}

/** Histogram of the rows of a node: sums of gradients and hessians, and number of rows, by feature and bin. */
export interface Histogram {
  /** Gradient and hessian of each bin of each feature. */
  readonly sums: Float64Array;
  /** Number of rows of each bin of each feature; undefined if all hessians are 1 and count the rows. */
  readonly counts: Int32Array | undefined;
  readonly sumsAt: number;
  readonly countsAt: number;
}

/**
 * Memory of gradient boosting: bins, gradients, row numbers and histograms, and the loop that adds rows to histograms, which takes most of
 * the time. It runs in WebAssembly with vector instructions, or in JavaScript with equal results where these are missing.
 */
export class HistogramMemory {
  /** Bins of the features, row by row. */
  readonly bins: Uint8Array;
  /** Gradient and hessian of each row. */
  readonly pairs: Float64Array;
  /** Row numbers; those of a node are in a range. */
  readonly order: Int32Array;
  readonly #free: Histogram[];
  readonly #wasm: Exports | undefined;

  /**
   * @param nHistograms - number of histograms that are in use at the same time, at most
   * @param countsRows - whether rows are counted, since hessians differ from 1
   * @param usesWasm - false for the implementation in JavaScript
   */
  constructor(
    nRows: number,
    private readonly nFeatures: number,
    nHistograms: number,
    countsRows: boolean,
    usesWasm = true,
  ) {
    const nBins = nFeatures * N_BINS;
    const sizes = [nRows * nFeatures, 16 * nRows, 4 * nRows, ...new Array<number>(nHistograms).fill(16 * nBins)];
    const countSizes = countsRows ? new Array<number>(nHistograms).fill(4 * nBins) : [];
    const { buffer, places, wasm } = vectorMemory<Exports>(
      [...sizes, ...countSizes],
      usesWasm ? HISTOGRAM_WASM : undefined,
    );
    this.#wasm = wasm;
    const [binsAt, pairsAt, orderAt, ...histogramsAt] = places;
    this.bins = new Uint8Array(buffer, binsAt, nRows * nFeatures);
    this.pairs = new Float64Array(buffer, pairsAt, 2 * nRows);
    this.order = new Int32Array(buffer, orderAt, nRows);
    this.#free = Array.from({ length: nHistograms }, (_, i) => ({
      sums: new Float64Array(buffer, histogramsAt[i], 2 * nBins),
      counts: countsRows ? new Int32Array(buffer, histogramsAt[nHistograms + i], nBins) : undefined,
      sumsAt: histogramsAt[i],
      countsAt: histogramsAt[nHistograms + i] ?? 0,
    }));
  }

  /** Builds the histogram of the rows in a range of `order`. */
  build(start: number, end: number): Histogram {
    const histogram = this.#free.pop();
    if (!histogram) throw new RangeError('all histograms are in use');
    const { sums, counts, sumsAt, countsAt } = histogram;
    sums.fill(0);
    counts?.fill(0);
    const { bins, pairs, order, nFeatures } = this;
    const rowsAt = order.byteOffset + 4 * start;
    if (!this.#wasm) addRows(bins, nFeatures, pairs, order.subarray(start, end), sums, counts);
    else if (counts === undefined) {
      this.#wasm.addRows(bins.byteOffset, nFeatures, pairs.byteOffset, rowsAt, end - start, sumsAt);
    } else {
      this.#wasm.countRows(bins.byteOffset, nFeatures, pairs.byteOffset, rowsAt, end - start, sumsAt, countsAt);
    }
    return histogram;
  }

  /** Makes the histogram of a node that of one of its children, by subtracting that of the other child. */
  subtract(parent: Histogram, child: Histogram): void {
    const { sums, counts } = parent;
    for (let i = 0; i < sums.length; i++) sums[i] -= child.sums[i];
    if (counts && child.counts) for (let i = 0; i < counts.length; i++) counts[i] -= child.counts[i];
  }

  /** Gives back a histogram that is no longer needed. */
  release(histogram: Histogram): void {
    this.#free.push(histogram);
  }
}

function addRows(
  bins: Uint8Array,
  nFeatures: number,
  pairs: Float64Array,
  rows: Int32Array,
  sums: Float64Array,
  counts: Int32Array | undefined,
): void {
  for (const row of rows) {
    const gradient = pairs[2 * row];
    const hessian = pairs[2 * row + 1];
    const first = row * nFeatures;
    for (let feature = 0, offset = 0; feature < nFeatures; feature++, offset += N_BINS) {
      const bin = offset + bins[first + feature];
      sums[2 * bin] += gradient;
      sums[2 * bin + 1] += hessian;
      if (counts) counts[bin]++;
    }
  }
}
