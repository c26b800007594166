import { HistogramMemory, N_BINS, type Histogram, type HistogramLayout } from './histogram-memory.js';
import type { ModuleMemory } from './vector-memory.js';

/** Rows with bin <= `bin` go to the left. */
export interface BinSplit {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
  /** Sums of the left side. */
  readonly gradient: number;
  readonly hessian: number;
}

/** Limits of the sides of a split, and what their gains depend on. */
export interface SplitLimits {
  readonly minSamplesLeaf: number;
  readonly l2Regularization: number;
}

/** A leaf for which the best split is searched. */
export interface SearchedLeaf {
  /** Index of its histogram. */
  readonly histogram: number;
  readonly nRows: number;
  /** Sums of its rows. */
  readonly gradient: number;
  readonly hessian: number;
  /** Features that are tried; undefined for all. */
  readonly features: Iterable<number> | undefined;
}

/** A histogram to build, and the leaves, at most two, whose best splits are then searched. */
export interface SearchTask {
  /** Index of the histogram. */
  readonly histogram: number;
  /** Range of its rows in the order. */
  readonly start: number;
  readonly end: number;
  /** Index of the histogram from which it is subtracted; undefined for none. */
  readonly parent: number | undefined;
  readonly leaves: readonly SearchedLeaf[];
}

/** What another thread needs to take part in the searches: plain data that can be sent to it. */
export interface SharedSearch {
  readonly memory: ModuleMemory;
  readonly layout: HistogramLayout;
  readonly nThresholds: Int32Array;
  readonly limits: SplitLimits;
}

/** Number of features that a thread takes at once. */
const BLOCK = 4;
const MAX_LEAVES = 2;
/** Numbers of a result: gain, gradient, hessian, feature, bin. */
const RESULT = 5;

/** Least sum of hessians of a leaf, as in scikit-learn. */
const LEAST_HESSIAN = 1e-3;

/** A gain that is only rounding would make trees of noise. */
const LEAST_GAIN = 1e-12;

/** Places in the integers of the messages. Those of the leaves follow: histogram and number of rows. */
const [TURN, NEXT_BLOCK, N_DONE, HAS_ENDED, HISTOGRAM, START, END, PARENT, N_LEAVES, LEAVES] = new Array(10).keys();
const N_INTEGERS = LEAVES + 2 * MAX_LEAVES;

/** How often a thread looks for the next task before it sleeps: about as long as the main thread is busy between two tasks. */
const N_LOOKS = 20_000;

/**
 * Builds histograms and searches the best splits of leaves. Blocks of features are done by whichever of the threads is free; the result
 * is the same for any number of them, since each feature is summed by one thread and the best splits are compared in the order of features.
 */
export class SplitSearch {
  readonly #integers: Int32Array;
  /** Gradient and hessian of each leaf. */
  readonly #sums: Float64Array;
  /** Best split of each leaf in each block. */
  readonly #results: Float64Array;
  /** 1 for features that are tried, for each leaf. */
  readonly #tried: Uint8Array;
  readonly #nBlocks: number;

  /** Bytes that a search needs for messages between threads. */
  static messageSize(nFeatures: number): number {
    const nBlocks = Math.ceil(nFeatures / BLOCK);
    return 8 * MAX_LEAVES * (2 + RESULT * nBlocks) + 4 * N_INTEGERS + MAX_LEAVES * nFeatures;
  }

  constructor(
    private readonly memory: HistogramMemory,
    private readonly nThresholds: Int32Array,
    private readonly limits: SplitLimits,
  ) {
    const { layout, messages } = memory;
    this.#nBlocks = Math.ceil(layout.nFeatures / BLOCK);
    const { buffer, byteOffset: sumsAt } = messages;
    const nSums = 2 * MAX_LEAVES;
    const nResults = RESULT * MAX_LEAVES * this.#nBlocks;
    const integersAt = sumsAt + 8 * (nSums + nResults);
    this.#sums = new Float64Array(buffer, sumsAt, nSums);
    this.#results = new Float64Array(buffer, sumsAt + 8 * nSums, nResults);
    this.#integers = new Int32Array(buffer, integersAt, N_INTEGERS);
    this.#tried = new Uint8Array(buffer, integersAt + 4 * N_INTEGERS, MAX_LEAVES * layout.nFeatures);
  }

  /** Lets other threads take part, before the first search. @returns undefined if they cannot */
  share(): SharedSearch | undefined {
    const { memory, nThresholds, limits } = this;
    Atomics.store(this.#integers, NEXT_BLOCK, this.#nBlocks); // there is no block to do yet
    return memory.shared && { memory: memory.shared, layout: memory.layout, nThresholds, limits };
  }

  /** @returns the best split of each leaf; undefined if it cannot be split */
  run(task: SearchTask): (BinSplit | undefined)[] {
    const integers = this.#integers;
    this.#write(task);
    Atomics.store(integers, N_DONE, 0);
    Atomics.store(integers, NEXT_BLOCK, 0);
    Atomics.add(integers, TURN, 1);
    Atomics.notify(integers, TURN);
    this.#doBlocks();
    for (;;) {
      const nDone = Atomics.load(integers, N_DONE);
      if (nDone === this.#nBlocks) break;
      Atomics.wait(integers, N_DONE, nDone);
    }
    return task.leaves.map((_, leaf) => this.#bestOf(leaf));
  }

  /** Takes part in the searches of another thread until it has ended them. */
  help(): void {
    const integers = this.#integers;
    for (;;) {
      const turn = Atomics.load(integers, TURN);
      if (Atomics.load(integers, HAS_ENDED) === 1) return;
      this.#doBlocks();
      let nLooks = 0;
      while (Atomics.load(integers, TURN) === turn && nLooks < N_LOOKS) nLooks++;
      Atomics.wait(integers, TURN, turn);
    }
  }

  /** Ends the part of other threads. */
  end(): void {
    const integers = this.#integers;
    Atomics.store(integers, NEXT_BLOCK, this.#nBlocks);
    Atomics.store(integers, HAS_ENDED, 1);
    Atomics.add(integers, TURN, 1);
    Atomics.notify(integers, TURN);
  }

  #write({ histogram, start, end, parent, leaves }: SearchTask): void {
    const integers = this.#integers;
    const { nFeatures } = this.memory.layout;
    integers[HISTOGRAM] = histogram;
    integers[START] = start;
    integers[END] = end;
    integers[PARENT] = parent ?? -1;
    integers[N_LEAVES] = leaves.length;
    for (const [i, leaf] of leaves.entries()) {
      integers[LEAVES + 2 * i] = leaf.histogram;
      integers[LEAVES + 2 * i + 1] = leaf.nRows;
      this.#sums[2 * i] = leaf.gradient;
      this.#sums[2 * i + 1] = leaf.hessian;
      const tried = this.#tried.subarray(i * nFeatures, (i + 1) * nFeatures);
      tried.fill(leaf.features ? 0 : 1);
      for (const feature of leaf.features ?? []) tried[feature] = 1;
    }
  }

  /** Does blocks of features until no other is left. */
  #doBlocks(): void {
    const integers = this.#integers;
    for (;;) {
      // Once it has a block, the task stays until the block is done.
      const block = Atomics.add(integers, NEXT_BLOCK, 1);
      if (block >= this.#nBlocks) return;
      this.#doBlock(block);
      if (Atomics.add(integers, N_DONE, 1) === this.#nBlocks - 1) Atomics.notify(integers, N_DONE);
    }
  }

  #doBlock(block: number): void {
    const integers = this.#integers;
    const { histograms, layout } = this.memory;
    const from = block * BLOCK;
    const to = Math.min(from + BLOCK, layout.nFeatures);
    const histogram = histograms[integers[HISTOGRAM]];
    this.memory.build(histogram, integers[START], integers[END], from, to);
    const parent = integers[PARENT];
    if (parent >= 0) this.memory.subtract(histograms[parent], histogram, from, to);
    for (let leaf = 0; leaf < integers[N_LEAVES]; leaf++) this.#searchBlock(leaf, block, from, to);
  }

  #searchBlock(leaf: number, block: number, from: number, to: number): void {
    const histogram = this.memory.histograms[this.#integers[LEAVES + 2 * leaf]];
    const nRows = this.#integers[LEAVES + 2 * leaf + 1];
    const [gradient, hessian] = this.#sums.subarray(2 * leaf, 2 * leaf + 2);
    const at = RESULT * (block * MAX_LEAVES + leaf);
    const result = this.#results.subarray(at, at + RESULT);
    result[0] = LEAST_GAIN;
    for (let feature = from; feature < to; feature++) {
      if (this.#tried[leaf * this.memory.layout.nFeatures + feature] === 0) continue;
      searchFeature(histogram, feature, this.nThresholds[feature], { nRows, gradient, hessian }, this.limits, result);
    }
  }

  #bestOf(leaf: number): BinSplit | undefined {
    let best: BinSplit | undefined;
    for (let block = 0; block < this.#nBlocks; block++) {
      const at = RESULT * (block * MAX_LEAVES + leaf);
      const [gain, gradient, hessian, feature, bin] = this.#results.subarray(at, at + RESULT);
      if (gain > (best?.gain ?? LEAST_GAIN)) best = { gain, gradient, hessian, feature, bin };
    }
    return best;
  }
}

/** Takes part in the growth of trees by another thread, which gives `shared`. Blocks until it has ended. */
export function helpGrowing({ memory, layout, nThresholds, limits }: SharedSearch): void {
  new SplitSearch(new HistogramMemory(layout, true, memory), nThresholds, limits).help();
}

/** Replaces the result by the best split of a feature, if that is better. */
function searchFeature(
  { sums, counts }: Histogram,
  feature: number,
  nThresholds: number,
  leaf: { readonly nRows: number; readonly gradient: number; readonly hessian: number },
  { minSamplesLeaf, l2Regularization: l2 }: SplitLimits,
  result: Float64Array,
): void {
  const { nRows, gradient: total, hessian: totalHessian } = leaf;
  const ofParent = (total * total) / (totalHessian + l2);
  let [gradient, hessian, count, best] = [0, 0, 0, result[0]];
  const first = feature * N_BINS;
  for (let at = first; at < first + nThresholds; at++) {
    gradient += sums[2 * at];
    hessian += sums[2 * at + 1];
    count += counts ? counts[at] : sums[2 * at + 1];
    if (count < minSamplesLeaf || hessian < LEAST_HESSIAN) continue;
    if (nRows - count < minSamplesLeaf) break;
    const right = total - gradient;
    const rightHessian = totalHessian - hessian;
    if (rightHessian < LEAST_HESSIAN) break;
    const gain = (gradient * gradient) / (hessian + l2) + (right * right) / (rightHessian + l2) - ofParent;
    if (gain <= best) continue;
    best = gain;
    result[0] = gain;
    result[1] = gradient;
    result[2] = hessian;
    result[3] = feature;
    result[4] = at - first;
  }
}
