import { RandomStream } from '../random/index.js';
import { KEY_SIZE } from './template-cells.js';

/** Corner at infinity of the cells outside of the hull. */
const INFINITE = -1;
/** Displacement of points, relative to their range, so that no five of them are on a sphere and no four in a plane. */
const DISPLACEMENT = 1e-7;

/** A triangulation: its corners, which are displaced by at most 1e-7 of their range, and the corners of each cell. */
export interface Triangulation {
  /** Shape (n, 3). */
  readonly points: Float64Array;
  /** Shape (m, 4). */
  readonly simplices: Int32Array;
}

/** Tetrahedron with positive orientation, or a face of the hull with a corner at infinity. */
interface Cell {
  readonly corners: readonly number[];
  /** Cells opposite to each corner. */
  readonly neighbors: Cell[];
}

/**
 * Delaunay triangulation of points in three dimensions: no point is within the circumsphere of a cell.
 *
 * Points are added one after the other. Points of a grid, whose triangulation is not unique, are displaced a little, always in
 * the same way. Source: A. Bowyer, Comput. J. 24 (1981) 162; D. Watson, Comput. J. 24 (1981) 167.
 *
 * @param keys - points, shape (n, 3)
 * @throws RangeError for fewer than four points, for duplicates, for points in a plane, and for points that rounding errors of
 *   the circumspheres do not allow to triangulate
 */
export function triangulate(keys: Float64Array): Triangulation {
  const n = keys.length / KEY_SIZE;
  if (n < 4) throw new RangeError(`expected at least 4 points, found ${n}`);
  const points = displaced(keys);
  const builder = new TriangulationBuilder(points);
  for (let point = 4; point < n; point++) builder.add(builder.order[point]);
  return { points, simplices: builder.simplices() };
}

function displaced(keys: Float64Array): Float64Array {
  const random = new RandomStream(0);
  const ranges = [0, 1, 2].map((axis) => {
    const values = keys.filter((_, i) => i % KEY_SIZE === axis);
    return (
      values.reduce((most, value) => Math.max(most, value), -Infinity) -
      values.reduce((least, value) => Math.min(least, value), Infinity)
    );
  });
  const planar = ranges.findIndex((range) => !(range > 0));
  if (planar >= 0) throw new RangeError(`all points have the same coordinate ${planar}`);
  const seen = new Set<string>();
  for (let i = 0; i < keys.length; i += KEY_SIZE) {
    const text = keys.subarray(i, i + KEY_SIZE).join();
    if (seen.has(text)) throw new RangeError(`the point (${text}) occurs twice`);
    seen.add(text);
  }
  return keys.map((value, i) => value + DISPLACEMENT * ranges[i % KEY_SIZE] * (random.uniform() - 0.5));
}

class TriangulationBuilder {
  /** Indices of the points; the first four are the corners of the first cell. */
  readonly order: readonly number[];
  readonly #points: Float64Array;
  readonly #cells = new Set<Cell>();
  /** A cell without a corner at infinity. */
  #last: Cell;

  constructor(points: Float64Array) {
    this.#points = points;
    this.order = startingOrder(points);
    const first = this.order.slice(0, 4);
    if (this.#orientation(first) < 0) first.push(...first.splice(2, 1));
    const outer = first.map((_, k) => {
      // Replacing a corner by a point on the other side of the opposite face would turn the orientation round.
      const corners = first.with(k, INFINITE);
      const [i, j] = [(k + 1) % 4, (k + 2) % 4];
      [corners[i], corners[j]] = [corners[j], corners[i]];
      return corners;
    });
    const cells = [first, ...outer].map((corners): Cell => ({ corners, neighbors: [] }));
    for (const cell of cells) this.#cells.add(cell);
    link(cells);
    [this.#last] = cells;
  }

  /** Replaces the cells whose circumsphere contains a point by cells with the point as a corner. */
  add(point: number): void {
    const cavity = this.#cavity(point);
    const created: Cell[] = [];
    for (const cell of cavity) {
      this.#cells.delete(cell);
      cell.neighbors.forEach((neighbor, k) => {
        if (cavity.has(neighbor)) return;
        const replacement: Cell = { corners: cell.corners.with(k, point), neighbors: [] };
        replacement.neighbors[k] = neighbor;
        neighbor.neighbors[neighbor.neighbors.indexOf(cell)] = replacement;
        created.push(replacement);
      });
    }
    link(created);
    for (const cell of created) {
      if (cell.neighbors.filter(Boolean).length < 4) throw notFound(point);
      this.#cells.add(cell);
      if (!cell.corners.includes(INFINITE)) this.#last = cell;
    }
  }

  /** Corners of all cells without a corner at infinity. */
  simplices(): Int32Array {
    return Int32Array.from([...this.#cells].flatMap(({ corners }) => (corners.includes(INFINITE) ? [] : corners)));
  }

  #cavity(point: number): Set<Cell> {
    const cavity = new Set<Cell>([this.#walkTo(point)]);
    for (const cell of cavity) {
      for (const neighbor of cell.neighbors) if (this.#conflicts(neighbor, point)) cavity.add(neighbor);
    }
    return cavity;
  }

  /** Returns the cell that contains a point, or a face of the hull that it is outside of: goes from neighbour to neighbour. */
  #walkTo(point: number): Cell {
    let cell = this.#last;
    for (let step = 0; step < this.#cells.size; step++) {
      const { corners } = cell;
      if (corners.includes(INFINITE)) return cell;
      const face = corners.findIndex((_, k) => this.#orientation(corners.with(k, point)) < 0);
      if (face < 0) return cell;
      cell = cell.neighbors[face];
    }
    throw notFound(point);
  }

  #conflicts({ corners }: Cell, point: number): boolean {
    const infinite = corners.indexOf(INFINITE);
    return infinite < 0 ? this.#isInSphere(corners, point) : this.#orientation(corners.with(infinite, point)) > 0;
  }

  /** Volume of the tetrahedron, times six; positive if the last three corners are counterclockwise, seen from the first. */
  #orientation(corners: readonly number[]): number {
    const [a, b, c] = [1, 2, 3].map((k) => this.#difference(corners[k], corners[0]));
    return determinant(a, b, c);
  }

  #isInSphere(corners: readonly number[], point: number): boolean {
    const rows = corners.map((corner) => this.#difference(corner, point));
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      const [a, b, c] = rows.filter((_, i) => i !== k);
      const [x, y, z] = rows[k];
      sum += (k % 2 === 0 ? -1 : 1) * (x * x + y * y + z * z) * determinant(a, b, c);
    }
    return sum < 0;
  }

  #difference(one: number, other: number): number[] {
    const points = this.#points;
    return [0, 1, 2].map((axis) => points[KEY_SIZE * one + axis] - points[KEY_SIZE * other + axis]);
  }
}

function notFound(point: number): RangeError {
  return new RangeError(`no triangulation was found at point ${point}, because of rounding errors`);
}

/** Orders points so that the first four span a volume. */
function startingOrder(points: Float64Array): number[] {
  const n = points.length / KEY_SIZE;
  const at = (i: number): number[] => [...points.subarray(KEY_SIZE * i, KEY_SIZE * i + KEY_SIZE)];
  const from = (i: number): number[] => at(i).map((value, axis) => value - points[axis]);
  const largest = (measure: (i: number) => number): number => {
    let best = 0;
    for (let i = 1; i < n; i++) if (measure(i) > measure(best)) best = i;
    return best;
  };
  const second = largest((i) => Math.hypot(...from(i)));
  const third = largest((i) => Math.hypot(...crossOf(from(second), from(i))));
  const fourth = largest((i) => Math.abs(determinant(from(second), from(third), from(i))));
  const first = [0, second, third, fourth];
  return [...first, ...Array.from({ length: n }, (_, i) => i).filter((i) => !first.includes(i))];
}

/** Makes cells neighbours that have a face in common. */
function link(cells: readonly Cell[]): void {
  const faces = new Map<string, readonly [Cell, number]>();
  for (const cell of cells) {
    for (let k = 0; k < 4; k++) {
      if (k in cell.neighbors) continue;
      const face = cell.corners
        .filter((_, i) => i !== k)
        .sort((a, b) => a - b)
        .join();
      const other = faces.get(face);
      if (other === undefined) faces.set(face, [cell, k]);
      else {
        cell.neighbors[k] = other[0];
        other[0].neighbors[other[1]] = cell;
      }
    }
  }
}

/** Cross product of two vectors. */
export function crossOf([a, b, c]: readonly number[], [d, e, f]: readonly number[]): number[] {
  return [b * f - c * e, c * d - a * f, a * e - b * d];
}

function determinant([a, b, c]: readonly number[], v: readonly number[], w: readonly number[]): number {
  const [x, y, z] = crossOf(v, w);
  return a * x + b * y + c * z;
}
