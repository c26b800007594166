import type { ColorMap } from '../color/color-map.js';
import type { ColorNorm } from '../color/color-norm.js';
import type { AxisTransform } from '../scene/axis-transform.js';
import type { Mark, Polyline } from '../scene/scene.js';

/** Length by which cells overlap, CSS pixels, so that no gaps show between them. */
const OVERLAP = 0.4;

/** Values in bins of x and y. */
export interface HeatMapCells {
  readonly xEdges: ArrayLike<number>;
  readonly yEdges: ArrayLike<number>;
  /** x is the fastest. */
  readonly values: ArrayLike<number>;
}

/** The cells of a heat map, those of a colour as one path. Values that the norm does not have are not drawn. */
export function heatMapMarks(
  { xEdges, yEdges, values }: HeatMapCells,
  transform: AxisTransform,
  map: ColorMap,
  norm: ColorNorm,
): Mark[] {
  const nX = xEdges.length - 1;
  const cells = map.table.map((): Polyline[] => []);
  for (let i = 0; i < values.length; i++) {
    const index = map.indexOf(norm.partOf(values[i]));
    if (index < 0) continue;
    const [column, row] = [i % nX, Math.floor(i / nX)];
    const [left, right] = [transform.x(xEdges[column]), transform.x(xEdges[column + 1]) + OVERLAP];
    const [bottom, top] = [transform.y(yEdges[row]), transform.y(yEdges[row + 1]) - OVERLAP];
    cells[index].push({ points: [left, top, right, top, right, bottom, left, bottom], isClosed: true });
  }
  return cells.flatMap((lines, index): Mark[] =>
    lines.length === 0 ? [] : [{ kind: 'path', lines, fill: map.table[index] }],
  );
}
