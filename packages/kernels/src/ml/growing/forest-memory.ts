import { FOREST_SPLIT_WASM } from './forest-split-wasm.js';
import type { TrainingRows } from './training-rows.js';
import { vectorMemory } from './vector-memory.js';

/** Exports of forest-split.wat; the arguments are described there. */
interface Exports {
  findRanges(features: number, stride: number, rows: number, nRows: number, lowest: number, highest: number): void;
  sumLeft(
    features: number,
    stride: number,
    rows: number,
    nRows: number,
    targets: number,
    weights: number,
    thresholds: number,
    sums: number,
    counts: number,
    weightSums: number,
  ): void;
}

/**
 * Memory of the rows of a forest, and the loops over the rows of a node, which take most of the time. They run in WebAssembly with vector
 * instructions, or in JavaScript with equal results where these are missing. Arrays with one number per feature are padded.
 */
export class ForestMemory {
  /** Row numbers of a tree; those of a node are in a range. */
  readonly order: Int32Array;
  /** Smallest and largest value of each feature, see {@link findRanges}. */
  readonly lowest: Float32Array;
  readonly highest: Float32Array;
  /** Threshold of each feature, see {@link sumLeft}; -Infinity for features that are not tried. */
  readonly thresholds: Float32Array;
  /** Sums of the rows that go to the left, see {@link sumLeft}: of weighted targets, of weights, and their number. */
  readonly sums: Float64Array;
  readonly weightSums: Float64Array;
  readonly counts: Int32Array;
  readonly #features: Float32Array;
  /** Number of features of a row, with padding. */
  readonly #width: number;
  readonly #targets: Float64Array;
  readonly #weights: Float64Array;
  readonly #wasm: Exports | undefined;
  #hasUnitWeights = true;

  /** @param usesWasm - false for the implementation in JavaScript */
  constructor(
    private readonly rows: TrainingRows,
    usesWasm = true,
  ) {
    const { features, nFeatures, targets } = rows;
    const nRows = targets.length;
    const width = 4 * Math.ceil(nFeatures / 4);
    const float = 4 * width;
    const sizes = [
      4 * nRows * width,
      8 * nRows,
      8 * nRows,
      4 * nRows,
      float,
      float,
      float,
      2 * float,
      2 * float,
      float,
    ];
    const { buffer, places, wasm } = vectorMemory<Exports>(sizes, { base64: usesWasm ? FOREST_SPLIT_WASM : undefined });
    const [
      featuresAt,
      targetsAt,
      weightsAt,
      orderAt,
      lowestAt,
      highestAt,
      thresholdsAt,
      sumsAt,
      weightSumsAt,
      countsAt,
    ] = places;
    this.#width = width;
    this.#wasm = wasm;
    this.#features = new Float32Array(buffer, featuresAt, nRows * width);
    for (let row = 0; row < nRows; row++) {
      this.#features.set(features.subarray(row * nFeatures, (row + 1) * nFeatures), row * width);
    }
    this.#targets = new Float64Array(buffer, targetsAt, nRows);
    this.#weights = new Float64Array(buffer, weightsAt, nRows);
    this.order = new Int32Array(buffer, orderAt, nRows);
    this.lowest = new Float32Array(buffer, lowestAt, width);
    this.highest = new Float32Array(buffer, highestAt, width);
    this.thresholds = new Float32Array(buffer, thresholdsAt, width);
    this.sums = new Float64Array(buffer, sumsAt, width);
    this.weightSums = new Float64Array(buffer, weightSumsAt, width);
    this.counts = new Int32Array(buffer, countsAt, width);
  }

  /** Sets the weights of the rows for a tree, and fills `order` with the rows whose weights are positive. @returns their number */
  startTree(weights: Float64Array): number {
    const { targets } = this.rows;
    this.#weights.set(weights);
    this.#hasUnitWeights = weights.every((weight) => weight === 1);
    let n = 0;
    for (let row = 0; row < weights.length; row++) {
      this.#targets[row] = weights[row] * targets[row];
      if (weights[row] > 0) this.order[n++] = row;
    }
    return n;
  }

  /** Finds the ranges of all features of the rows in a range of `order`. */
  findRanges(start: number, end: number): void {
    const { lowest, highest, order } = this;
    const features = this.#features;
    const width = this.#width;
    const first = order[start] * width;
    for (let feature = 0; feature < width; feature++) lowest[feature] = highest[feature] = features[first + feature];
    if (this.#wasm) {
      const rows = order.byteOffset + 4 * start;
      const [low, high] = [lowest.byteOffset, highest.byteOffset];
      this.#wasm.findRanges(features.byteOffset, 4 * width, rows, end - start, low, high);
      return;
    }
    for (let k = start + 1; k < end; k++) {
      const row = order[k] * width;
      for (let feature = 0; feature < width; feature++) {
        const value = features[row + feature];
        if (value < lowest[feature]) lowest[feature] = value;
        else if (value > highest[feature]) highest[feature] = value;
      }
    }
  }

  /** Sums the rows in a range of `order` that go to the left, whose feature is at most its threshold, for each feature. */
  sumLeft(start: number, end: number): void {
    const { order, thresholds, sums, weightSums, counts } = this;
    const features = this.#features;
    const targets = this.#targets;
    const weights = this.#weights;
    const width = this.#width;
    sums.fill(0);
    weightSums.fill(0);
    counts.fill(0);
    if (this.#wasm) {
      this.#wasm.sumLeft(
        features.byteOffset,
        4 * width,
        order.byteOffset + 4 * start,
        end - start,
        targets.byteOffset,
        weights.byteOffset,
        thresholds.byteOffset,
        sums.byteOffset,
        counts.byteOffset,
        this.#hasUnitWeights ? 0 : weightSums.byteOffset,
      );
      if (this.#hasUnitWeights) weightSums.set(counts);
      return;
    }
    for (let k = start; k < end; k++) {
      const row = order[k];
      const [target, weight, first] = [targets[row], weights[row], row * width];
      for (let feature = 0; feature < width; feature++) {
        if (!(features[first + feature] <= thresholds[feature])) continue;
        sums[feature] += target;
        weightSums[feature] += weight;
        counts[feature]++;
      }
    }
  }
}
