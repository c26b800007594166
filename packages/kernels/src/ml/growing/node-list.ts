import type { TreeNodes } from '../tree-ensemble.js';

/** Nodes of trees that grow, in typed arrays whose length doubles when they are full. */
export class NodeList {
  feature = new Int32Array(1024);
  threshold = new Float32Array(1024);
  left = new Int32Array(1024);
  right = new Int32Array(1024);
  value = new Float64Array(1024);
  readonly #roots: number[] = [];
  #length = 0;

  /** Adds a leaf. @returns its index */
  add(value = 0): number {
    if (this.#length === this.feature.length) this.#grow();
    const node = this.#length++;
    this.feature[node] = -1;
    this.value[node] = value;
    return node;
  }

  /** Adds a leaf that is the root of a new tree. @returns its index */
  addRoot(value = 0): number {
    this.#roots.push(this.#length);
    return this.add(value);
  }

  /** Makes a leaf the parent of two new leaves. @returns the index of the left one; the right one is the next */
  split(node: number, feature: number, threshold: number): number {
    const left = this.add();
    const right = this.add();
    this.feature[node] = feature;
    this.threshold[node] = threshold;
    this.left[node] = left;
    this.right[node] = right;
    return left;
  }

  /** Adds copies of all trees of another list. */
  append(other: NodeList): void {
    const first = this.#length;
    for (const root of other.#roots) this.#roots.push(first + root);
    for (let node = 0; node < other.#length; node++) {
      const copy = this.add(other.value[node]);
      this.feature[copy] = other.feature[node];
      this.threshold[copy] = other.threshold[node];
      this.left[copy] = first + other.left[node];
      this.right[copy] = first + other.right[node];
    }
  }

  /** @param base - constant that is added to the sum of the trees */
  nodes(base: number): TreeNodes {
    const { feature, threshold, left, right, value } = this;
    const length = this.#length;
    return {
      feature: feature.subarray(0, length),
      threshold: threshold.subarray(0, length),
      left: left.subarray(0, length),
      right: right.subarray(0, length),
      value: value.subarray(0, length),
      roots: this.#roots,
      base,
    };
  }

  #grow(): void {
    const { feature, threshold, left, right, value } = this;
    const size = 2 * this.#length;
    (this.feature = new Int32Array(size)).set(feature);
    (this.threshold = new Float32Array(size)).set(threshold);
    (this.left = new Int32Array(size)).set(left);
    (this.right = new Int32Array(size)).set(right);
    (this.value = new Float64Array(size)).set(value);
  }
}
