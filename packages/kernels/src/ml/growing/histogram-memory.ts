import { HISTOGRAM_WASM } from './histogram-wasm.js';
import { vectorMemory, type ModuleMemory } from './vector-memory.js';

/** Number of bins for which a histogram has memory. */
export const N_BINS = 256;

/** Number of features that are added to histograms in one pass over the rows of a node: their sums fit in the first cache. */
const FEATURES_PER_PASS = 4;

/** A loop over rows that fills histograms, see histogram.wat. `countsAt` is for the variants that count. */
type Fill = (
  bins: number,
  stride: number,
  pairs: number,
  rows: number,
  nRows: number,
  sums: number,
  countsAt: number,
) => void;

/** Exports of histogram.wat; the arguments are described there. */
interface Exports {
  readonly addRows4: Fill;
  readonly addRows1: Fill;
  readonly countRows4: Fill;
  readonly countRows1: Fill;
  partition(bins: number, limit: number, rows: number, nRows: number, aside: number): number;
}

/** Sizes of the arrays of a {@link HistogramMemory}. */
export interface HistogramLayout {
  readonly nRows: number;
  readonly nFeatures: number;
  /** Number of histograms. */
  readonly nHistograms: number;
  /** Whether rows are counted, since hessians differ from 1. */
  readonly countsRows: boolean;
  /** Number of bytes for messages between threads. */
  readonly messageSize: number;
}

/** Histogram of the rows of a node: sums of gradients and hessians, and number of rows, by feature and bin. */
export interface Histogram {
  /** Gradient and hessian of each bin of each feature. */
  readonly sums: Float64Array;
  /** Number of rows of each bin of each feature; undefined if all hessians are 1 and count the rows. */
  readonly counts: Int32Array | undefined;
}

/**
 * Memory of gradient boosting: bins, gradients, row numbers and histograms, and the loops over the rows of a node, which take most of
 * the time. They run in WebAssembly with vector instructions, or in JavaScript with equal results where these are missing. Threads can
 * share the memory.
 */
export class HistogramMemory {
  /** Bins of all rows, one feature after the other. */
  readonly bins: Uint8Array;
  /** Gradient and hessian of each row. */
  readonly pairs: Float64Array;
  /** Row numbers; those of a node are in a range. */
  readonly order: Int32Array;
  readonly histograms: readonly Histogram[];
  /** For messages between threads. */
  readonly messages: { readonly buffer: ArrayBufferLike; readonly byteOffset: number };
  /** For other threads; undefined if they cannot use it. */
  readonly shared: ModuleMemory | undefined;
  readonly #aside: Int32Array;
  readonly #wasm: Exports | undefined;

  /**
   * @param usesWasm - false for the implementation in JavaScript
   * @param memory - that of another thread, with the same layout; undefined for a new one
   */
  constructor(
    readonly layout: HistogramLayout,
    usesWasm = true,
    memory?: ModuleMemory,
  ) {
    const { nRows, nFeatures, nHistograms, countsRows, messageSize } = layout;
    const nBins = nFeatures * N_BINS;
    const countSize = countsRows ? 4 * nBins : 0;
    const sizes = [nRows * nFeatures, 16 * nRows, 4 * nRows, 4 * nRows, messageSize];
    for (let i = 0; i < nHistograms; i++) sizes.push(16 * nBins, countSize);
    const allocated = vectorMemory<Exports>(sizes, {
      base64: usesWasm ? HISTOGRAM_WASM : undefined,
      isShared: true,
      memory,
    });
    const { buffer, places } = allocated;
    this.#wasm = allocated.wasm;
    this.shared = allocated.memory;
    const [binsAt, pairsAt, orderAt, asideAt, messagesAt, ...histogramsAt] = places;
    this.bins = new Uint8Array(buffer, binsAt, nRows * nFeatures);
    this.pairs = new Float64Array(buffer, pairsAt, 2 * nRows);
    this.order = new Int32Array(buffer, orderAt, nRows);
    this.#aside = new Int32Array(buffer, asideAt, nRows);
    this.messages = { buffer, byteOffset: messagesAt };
    this.histograms = Array.from({ length: nHistograms }, (_, i) => ({
      sums: new Float64Array(buffer, histogramsAt[2 * i], 2 * nBins),
      counts: countsRows ? new Int32Array(buffer, histogramsAt[2 * i + 1], nBins) : undefined,
    }));
  }

  /** Bins of a feature. */
  binsOf(feature: number): Uint8Array {
    const { nRows } = this.layout;
    return this.bins.subarray(feature * nRows, (feature + 1) * nRows);
  }

  /** Fills the histograms of the features `from` to `to` with the rows in a range of `order`. */
  build({ sums, counts }: Histogram, start: number, end: number, from: number, to: number): void {
    sums.fill(0, 2 * N_BINS * from, 2 * N_BINS * to);
    counts?.fill(0, N_BINS * from, N_BINS * to);
    const { bins, pairs, order, layout } = this;
    if (!this.#wasm) {
      const rows = order.subarray(start, end);
      for (let feature = from; feature < to; feature++) {
        addRows(this.binsOf(feature), pairs, rows, N_BINS * feature, sums, counts);
      }
      return;
    }
    const { addRows1, addRows4, countRows1, countRows4 } = this.#wasm;
    const [one, four] = counts ? [countRows1, countRows4] : [addRows1, addRows4];
    const rowsAt = order.byteOffset + 4 * start;
    for (let feature = from; feature < to;) {
      const isFour = feature + FEATURES_PER_PASS <= to;
      (isFour ? four : one)(
        bins.byteOffset + feature * layout.nRows,
        layout.nRows,
        pairs.byteOffset,
        rowsAt,
        end - start,
        sums.byteOffset + 16 * N_BINS * feature,
        counts ? counts.byteOffset + 4 * N_BINS * feature : 0,
      );
      feature += isFour ? FEATURES_PER_PASS : 1;
    }
  }

  /** Makes the histograms of a node those of one of its children, by subtracting those of the other child, for features `from` to `to`. */
  subtract(parent: Histogram, child: Histogram, from: number, to: number): void {
    const { sums, counts } = parent;
    for (let i = 2 * N_BINS * from; i < 2 * N_BINS * to; i++) sums[i] -= child.sums[i];
    if (!counts || !child.counts) return;
    for (let i = N_BINS * from; i < N_BINS * to; i++) counts[i] -= child.counts[i];
  }

  /**
   * Moves the rows in a range of `order` whose bin of a feature is at most a limit before the others, without changing their order.
   *
   * @returns where the others begin
   */
  partition(start: number, end: number, feature: number, limit: number): number {
    const { order } = this;
    const aside = this.#aside;
    const bins = this.binsOf(feature);
    let next = start;
    let nAside = 0;
    if (this.#wasm) {
      const rowsAt = order.byteOffset + 4 * start;
      next += this.#wasm.partition(bins.byteOffset, limit, rowsAt, end - start, aside.byteOffset);
      nAside = end - next;
    } else {
      for (let k = start; k < end; k++) {
        const row = order[k];
        if (bins[row] <= limit) order[next++] = row;
        else aside[nAside++] = row;
      }
    }
    order.set(aside.subarray(0, nAside), next);
    return next;
  }
}

function addRows(
  bins: Uint8Array,
  pairs: Float64Array,
  rows: Int32Array,
  offset: number,
  sums: Float64Array,
  counts: Int32Array | undefined,
): void {
  for (const row of rows) {
    const bin = offset + bins[row];
    sums[2 * bin] += pairs[2 * row];
    sums[2 * bin + 1] += pairs[2 * row + 1];
    if (counts) counts[bin]++;
  }
}
