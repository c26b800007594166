import type { Polyline } from '../scene/scene.js';

/** Edges of a cell of the grid, between its corners (0 lower left, 1 lower right, 2 upper right, 3 upper left). */
const EDGES = [
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 0],
] as const;

/** Pairs of edges that a line connects, by the corners above the level as bits. */
const CONNECTIONS: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 2],
    [0, 1],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [3, 0],
    [1, 2],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

/**
 * Lines along which a function on a grid has a value, by marching squares: straight within each cell.
 *
 * @param x - coordinates of the columns
 * @param y - coordinates of the rows
 * @param values - row by row, `x.length * y.length` entries; cells with NaN have no line
 */
export function contourLines(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  values: ArrayLike<number>,
  level: number,
): Polyline[] {
  const lines: Polyline[] = [];
  for (let row = 0; row + 1 < y.length; row++) {
    for (let column = 0; column + 1 < x.length; column++) {
      const first = row * x.length + column;
      const at = [values[first], values[first + 1], values[first + x.length + 1], values[first + x.length]];
      if (at.some(Number.isNaN)) continue;
      const bits = at.reduce((sum, value, i) => sum + (value >= level ? 1 << i : 0), 0);
      const cornersX = [x[column], x[column + 1], x[column + 1], x[column]];
      const cornersY = [y[row], y[row], y[row + 1], y[row + 1]];
      const crossing = (edge: number): [number, number] => {
        const [a, b] = EDGES[edge];
        const part = (level - at[a]) / (at[b] - at[a]);
        return [cornersX[a] + part * (cornersX[b] - cornersX[a]), cornersY[a] + part * (cornersY[b] - cornersY[a])];
      };
      for (const [from, to] of CONNECTIONS[bits]) lines.push({ points: [...crossing(from), ...crossing(to)] });
    }
  }
  return lines;
}
