import { KEY_SIZE, type TemplateCells } from './template-cells.js';
import { crossOf } from './triangulate.js';

/** Rounding tolerated in the weights of a point within a cell. */
const ROUNDING = 1e-9;
/** Below this volume, relative to the product of three edges, a cell is flat. */
const FLAT = 1e-14;

/**
 * Cells of a triangulation: tetrahedra, with linear interpolation in each.
 *
 * The search starts at the cell that contained the last point and goes from neighbour to neighbour. Source: O. Devillers,
 * S. Pion and M. Teillaud, Int. J. Found. Comput. Sci. 13 (2002) 181.
 */
export class DelaunayCells implements TemplateCells {
  readonly nCorners: number = 4;
  readonly #keys: Float64Array;
  readonly #simplices: Int32Array;
  readonly #nCells: number;
  /** For each cell: the matrix of the weights of its last three corners, relative to the first. NaN for a flat cell. */
  readonly #matrices: Float64Array;
  /** For each corner of each cell: the cell on the other side of the opposite face; -1 on the hull. */
  readonly #neighbors: Int32Array;
  /** Outward normal and distance from the centre of each face of the hull. */
  readonly #hull: Float64Array;
  readonly #centre = new Float64Array(KEY_SIZE);
  readonly #lowest = new Float64Array(KEY_SIZE).fill(Infinity);
  readonly #highest = new Float64Array(KEY_SIZE).fill(-Infinity);
  readonly #point = new Float64Array(KEY_SIZE);
  readonly #weights = new Float64Array(4);
  #last = 0;

  /**
   * @param keys - corners, shape (n, 3)
   * @param simplices - indices of the corners of each cell, shape (m, 4)
   * @throws RangeError without cells, or for an index that is none of a key
   */
  constructor(keys: Float64Array, simplices: Int32Array) {
    const nKeys = keys.length / KEY_SIZE;
    if (simplices.length === 0 || simplices.length % 4 !== 0) {
      throw new RangeError(`expected cells of 4 corners each, found ${simplices.length} corners`);
    }
    const invalid = simplices.find((corner) => !(corner >= 0 && corner < nKeys));
    if (invalid !== undefined) throw new RangeError(`a cell has the corner ${invalid}, expected 0 to ${nKeys - 1}`);
    this.#keys = keys;
    this.#simplices = simplices;
    this.#nCells = simplices.length / 4;
    this.#matrices = new Float64Array(9 * this.#nCells);
    for (let cell = 0; cell < this.#nCells; cell++) this.#invert(cell);
    this.#neighbors = neighborsOf(simplices);
    for (let i = 0; i < keys.length; i++) {
      const axis = i % KEY_SIZE;
      this.#centre[axis] += keys[i] / nKeys;
      this.#lowest[axis] = Math.min(this.#lowest[axis], keys[i]);
      this.#highest[axis] = Math.max(this.#highest[axis], keys[i]);
    }
    this.#hull = this.#hullFaces();
  }

  locate(key: Float64Array, corners: Int32Array, weights: Float64Array): void {
    for (let axis = 0; axis < KEY_SIZE; axis++) {
      this.#point[axis] = Math.min(Math.max(key[axis], this.#lowest[axis]), this.#highest[axis]);
    }
    let cell = this.#walk();
    if (cell < 0) {
      this.#moveToHull();
      cell = this.#walk();
      if (cell < 0) cell = this.#nearest();
    }
    this.#last = cell;
    this.#weigh(cell);
    let sum = 0;
    for (let k = 0; k < 4; k++) sum += weights[k] = Math.max(this.#weights[k], 0);
    for (let k = 0; k < 4; k++) {
      corners[k] = this.#simplices[4 * cell + k];
      weights[k] /= sum;
    }
  }

  /** Returns the cell that contains the point; -1 for a point outside, or if the search does not end. */
  #walk(): number {
    let cell = this.#last;
    for (let step = 0; step <= this.#nCells; step++) {
      this.#weigh(cell);
      let least = -ROUNDING;
      let next = cell;
      for (let k = 0; k < 4; k++) {
        const weight = this.#weights[k];
        if (Number.isNaN(weight)) return this.#search();
        if (weight < least) {
          least = weight;
          next = this.#neighbors[4 * cell + k];
        }
      }
      if (next === cell) return cell;
      if (next < 0) return -1;
      cell = next;
    }
    return this.#search();
  }

  /** Returns the cell that contains the point, by visiting all: the search from neighbour to neighbour met a flat cell. */
  #search(): number {
    const cell = this.#nearest();
    this.#weigh(cell);
    return this.#leastWeight() >= -ROUNDING ? cell : -1;
  }

  /** Returns the cell in which the smallest weight of the point is largest. */
  #nearest(): number {
    let best = 0;
    let largest = -Infinity;
    for (let cell = 0; cell < this.#nCells; cell++) {
      this.#weigh(cell);
      const least = this.#leastWeight();
      if (!(least > largest)) continue;
      largest = least;
      best = cell;
    }
    return best;
  }

  #leastWeight(): number {
    return Math.min(this.#weights[0], this.#weights[1], this.#weights[2], this.#weights[3]);
  }

  #weigh(cell: number): void {
    const matrices = this.#matrices;
    const origin = KEY_SIZE * this.#simplices[4 * cell];
    const x = this.#point[0] - this.#keys[origin];
    const y = this.#point[1] - this.#keys[origin + 1];
    const z = this.#point[2] - this.#keys[origin + 2];
    let rest = 1;
    for (let k = 0; k < 3; k++) {
      const row = 9 * cell + 3 * k;
      const weight = matrices[row] * x + matrices[row + 1] * y + matrices[row + 2] * z;
      this.#weights[k + 1] = weight;
      rest -= weight;
    }
    this.#weights[0] = rest;
  }

  /** Moves the point towards the centre until it is on the hull. */
  #moveToHull(): void {
    const x = this.#point[0] - this.#centre[0];
    const y = this.#point[1] - this.#centre[1];
    const z = this.#point[2] - this.#centre[2];
    let scale = 1;
    for (let face = 0; face < this.#hull.length; face += 4) {
      const distance = this.#hull[face] * x + this.#hull[face + 1] * y + this.#hull[face + 2] * z;
      if (distance * scale > this.#hull[face + 3]) scale = this.#hull[face + 3] / distance;
    }
    for (let axis = 0; axis < KEY_SIZE; axis++) {
      this.#point[axis] = this.#centre[axis] + scale * (this.#point[axis] - this.#centre[axis]);
    }
  }

  #invert(cell: number): void {
    const origin = this.#corner(4 * cell);
    const edges = [1, 2, 3].map((k) => this.#corner(4 * cell + k).map((value, axis) => value - origin[axis]));
    const normals = [0, 1, 2].map((k) => crossOf(edges[(k + 1) % 3], edges[(k + 2) % 3]));
    const volume = edges[0].reduce((sum, value, axis) => sum + value * normals[0][axis], 0);
    const size = edges.reduce((product, edge) => product * Math.hypot(...edge), 1);
    const divisor = Math.abs(volume) > FLAT * size ? volume : NaN;
    normals.flat().forEach((value, i) => (this.#matrices[9 * cell + i] = value / divisor));
  }

  #hullFaces(): Float64Array {
    const faces: number[] = [];
    for (let i = 0; i < this.#simplices.length; i++) {
      if (this.#neighbors[i] >= 0) continue;
      const cell = i - (i % 4);
      const [a, b, c] = [0, 1, 2, 3].filter((k) => k !== i % 4).map((k) => this.#corner(cell + k));
      const u = b.map((value, axis) => value - a[axis]);
      const v = c.map((value, axis) => value - a[axis]);
      const normal = crossOf(u, v);
      const distance = normal.reduce((sum, value, axis) => sum + value * (a[axis] - this.#centre[axis]), 0);
      const sign = Math.sign(distance);
      if (sign !== 0) faces.push(...normal.map((value) => sign * value), sign * distance);
    }
    return Float64Array.from(faces);
  }

  #corner(index: number): number[] {
    const start = KEY_SIZE * this.#simplices[index];
    return [...this.#keys.subarray(start, start + KEY_SIZE)];
  }
}

/** Cells on the other side of each face, by the corner opposite to it; -1 on the hull. */
function neighborsOf(simplices: Int32Array): Int32Array {
  const neighbors = new Int32Array(simplices.length).fill(-1);
  const faces = new Map<string, number>();
  for (let i = 0; i < simplices.length; i++) {
    const cell = i - (i % 4);
    const face = [...simplices.subarray(cell, cell + 4)]
      .filter((_, k) => k !== i % 4)
      .sort((a, b) => a - b)
      .join();
    const other = faces.get(face);
    if (other === undefined) faces.set(face, i);
    else {
      neighbors[i] = Math.floor(other / 4);
      neighbors[other] = cell / 4;
      faces.delete(face);
    }
  }
  return neighbors;
}
