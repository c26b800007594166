import { KEY_SIZE, type TemplateCells } from './template-cells.js';

/** Returns the different values of each of the three parameters of keys, shape (n, 3), ascending. */
export function axesOf(keys: Float64Array): Float64Array[] {
  return Array.from({ length: KEY_SIZE }, (_, axis) => {
    const values = keys.filter((_value, i) => i % KEY_SIZE === axis);
    return Float64Array.from(new Set(values)).sort();
  });
}

/**
 * Returns the position of a value on an axis, in steps: 1.5 is halfway between the second and the third value. Values beyond the
 * axis are moved to its ends.
 */
export function positionOn(axis: Float64Array, value: number): number {
  const last = axis.length - 1;
  const at = Math.min(Math.max(value, axis[0]), axis[last]);
  let lower = 0;
  while (lower < last - 1 && axis[lower + 1] <= at) lower++;
  return last === 0 ? 0 : lower + (at - axis[lower]) / (axis[lower + 1] - axis[lower]);
}

/** Cells of a regular grid, with linear interpolation in each of the three parameters. */
export class GridCells implements TemplateCells {
  readonly nCorners: number = 8;
  readonly #axes: readonly Float64Array[];
  readonly #templates: Int32Array;
  readonly #lower = new Int32Array(KEY_SIZE);
  readonly #fractions = new Float64Array(KEY_SIZE);

  private constructor(axes: readonly Float64Array[], templates: Int32Array) {
    this.#axes = axes;
    this.#templates = templates;
  }

  /**
   * Returns the cells of keys that form a complete grid, in any order; undefined for other keys.
   *
   * @param keys - shape (n, 3)
   */
  static of(keys: Float64Array): GridCells | undefined {
    const n = keys.length / KEY_SIZE;
    const axes = axesOf(keys);
    if (n === 0 || axes.reduce((product, { length }) => product * length, 1) !== n) return undefined;
    const templates = new Int32Array(n).fill(-1);
    for (let i = 0; i < n; i++) {
      let place = 0;
      axes.forEach((values, axis) => (place = place * values.length + values.indexOf(keys[i * KEY_SIZE + axis])));
      if (templates[place] >= 0) return undefined; // a duplicate
      templates[place] = i;
    }
    return new GridCells(axes, templates);
  }

  locate(key: Float64Array, corners: Int32Array, weights: Float64Array): void {
    for (let axis = 0; axis < KEY_SIZE; axis++) {
      const position = positionOn(this.#axes[axis], key[axis]);
      this.#lower[axis] = Math.floor(position);
      this.#fractions[axis] = position - this.#lower[axis];
    }
    for (let corner = 0; corner < 8; corner++) {
      let place = 0;
      let weight = 1;
      for (let axis = 0; axis < KEY_SIZE; axis++) {
        const { length } = this.#axes[axis];
        const isUpper = (corner >> axis) & 1;
        place = place * length + Math.min(this.#lower[axis] + isUpper, length - 1);
        weight *= isUpper === 1 ? this.#fractions[axis] : 1 - this.#fractions[axis];
      }
      corners[corner] = this.#templates[place];
      weights[corner] = weight;
    }
  }
}
