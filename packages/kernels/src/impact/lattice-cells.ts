import { DelaunayCells } from './delaunay-cells.js';
import { axesOf, positionOn } from './grid-cells.js';
import { KEY_SIZE, type TemplateCells } from './template-cells.js';
import { triangulate } from './triangulate.js';

/** Least fraction of the nodes of a grid that have a template. */
const LEAST_FILLED = 0.2;

/**
 * Cells of a grid some of whose nodes have no template: a triangulation in steps of the grid, so that neighbours on the grid are
 * neighbours in the triangulation, whatever the units of the parameters.
 */
export class LatticeCells implements TemplateCells {
  readonly nCorners: number;
  readonly #axes: readonly Float64Array[];
  readonly #cells: DelaunayCells;
  readonly #position = new Float64Array(KEY_SIZE);

  private constructor(axes: readonly Float64Array[], cells: DelaunayCells) {
    this.#axes = axes;
    this.#cells = cells;
    this.nCorners = cells.nCorners;
  }

  /**
   * Returns the cells of keys that are nodes of a grid; undefined for other keys.
   *
   * @param keys - shape (n, 3)
   */
  static of(keys: Float64Array): LatticeCells | undefined {
    const axes = axesOf(keys);
    const nNodes = axes.reduce((product, { length }) => product * length, 1);
    if (keys.length / KEY_SIZE < LEAST_FILLED * nNodes) return undefined;
    const positions = keys.map((value, i) => positionOn(axes[i % KEY_SIZE], value));
    const { points, simplices } = triangulate(positions);
    return new LatticeCells(axes, new DelaunayCells(points, simplices));
  }

  locate(key: Float64Array, corners: Int32Array, weights: Float64Array): void {
    for (let axis = 0; axis < KEY_SIZE; axis++) this.#position[axis] = positionOn(this.#axes[axis], key[axis]);
    this.#cells.locate(this.#position, corners, weights);
  }
}
