import { colorMap } from '../color/color-map.js';
import { ColorNorm, limitsOf } from '../color/color-norm.js';
import { arrow } from '../layout/point-marks.js';
import { FONT_SIZE, type Theme } from '../layout/theme.js';
import type { AxisTransform } from '../scene/axis-transform.js';
import type { Mark, Rectangle } from '../scene/scene.js';
import type { ContourOptions } from './array-display-options.js';
import { contourLines } from './contour-lines.js';

/** Default number of contour lines. */
const N_LEVELS = 8;

/** Dotted rings around the origin, those that pass through the picture. */
export function rings(transform: AxisTransform, radii: readonly number[], theme: Theme): Mark[] {
  const [x, y] = [transform.x(0), transform.y(0)];
  const { area } = transform;
  const [left, top] = [area.x - x, area.y - y];
  const [right, bottom] = [left + area.width, top + area.height];
  const nearest = Math.hypot(Math.max(left, 0, -right), Math.max(top, 0, -bottom));
  const farthest = Math.hypot(Math.max(-left, right), Math.max(-top, bottom));
  const style = { stroke: theme.grid, strokeWidth: 2, dash: [1, 5] };
  return radii
    .map((radius) => radius * transform.scaleX)
    .filter((r) => r > nearest && r < farthest)
    .map((r): Mark => ({ kind: 'ellipse', x, y, radiusX: r, radiusY: r, ...style }));
}

/** An arrow to the north, below and at the left of the axes, where it covers nothing. */
export function compass(area: Rectangle, [east, up]: readonly [number, number], theme: Theme): Mark[] {
  const [fromLeft, below, length] = theme.isCompact ? [28, 23, 6] : [36, 30, 8];
  const [middleX, middleY] = [area.x - fromLeft, area.y + area.height + below];
  const [dx, dy] = [length * east, -length * up];
  return [
    ...arrow(middleX - dx, middleY - dy, middleX + dx, middleY + dy, theme.faint),
    {
      kind: 'text',
      x: middleX + 2 * dx,
      y: middleY + 2 * dy,
      text: 'N',
      size: FONT_SIZE.small,
      color: theme.faint,
      anchor: 'middle',
      vertical: 'middle',
      isBold: true,
    },
  ];
}

/** Contour lines of a function on a grid, in the colours of their levels. */
export function contourMarks(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  values: ArrayLike<number>,
  { levels, cmap = 'viridis' }: ContourOptions,
): (transform: AxisTransform) => Mark[] {
  const limits = limitsOf(values, 'lin');
  const shown =
    levels ??
    Array.from({ length: N_LEVELS }, (_, i) => limits[0] + ((i + 1) / (N_LEVELS + 1)) * (limits[1] - limits[0]));
  const [map, norm] = [colorMap(cmap), new ColorNorm('lin', limits)];
  const contours = shown.map((level) => ({
    stroke: map.table[Math.max(0, map.indexOf(norm.partOf(level)))],
    lines: contourLines(x, y, values, level),
  }));
  return (transform) =>
    contours.map(({ stroke, lines }): Mark => {
      const placed = lines.map(({ points }) => ({ points: transform.points(points) }));
      return { kind: 'path', lines: placed, stroke, strokeWidth: 1, opacity: 0.8 };
    });
}
