/** Number of parameters between which templates are interpolated: energy, impact distance, depth of the maximum. */
export const KEY_SIZE = 3;

/** Partition of the space of energy, impact distance and depth of the maximum into cells with templates at their corners. */
export interface TemplateCells {
  /** Number of corners of a cell. */
  readonly nCorners: number;
  /**
   * Finds the cell that contains a point, and the weights of its corners, whose sum is 1. A point outside of all cells is moved
   * to the nearest value of each parameter, and then towards the centre, up to the boundary.
   *
   * @param key - the three parameters
   * @param corners - result: indices of templates
   * @param weights - result, 0 to 1
   */
  locate(key: Float64Array, corners: Int32Array, weights: Float64Array): void;
}
