import { FONT_SIZE, type Theme } from '../layout/theme.js';
import type { AxisTransform } from '../scene/axis-transform.js';
import { line, type Mark, type Rectangle } from '../scene/scene.js';

/** A dotted ring around the origin. */
export function ring(transform: AxisTransform, radius: number, theme: Theme): Mark {
  const r = radius * transform.scaleX;
  const style = { stroke: theme.grid, strokeWidth: 2, dash: [1, 5] };
  return { kind: 'ellipse', x: transform.x(0), y: transform.y(0), radiusX: r, radiusY: r, ...style };
}

/** An arrow between two positions of the picture. */
export function arrow(fromX: number, fromY: number, toX: number, toY: number, stroke: string): Mark[] {
  const length = Math.hypot(toX - fromX, toY - fromY);
  if (!(length > 0.5)) return [];
  const [dx, dy] = [(toX - fromX) / length, (toY - fromY) / length];
  const head = Math.min(8, length / 2);
  const side = (sign: number): number[] => [toX - head * (dx + sign * 0.5 * dy), toY - head * (dy - sign * 0.5 * dx)];
  return [
    line(fromX, fromY, toX, toY, { stroke, strokeWidth: 2 }),
    { kind: 'path', lines: [{ points: [...side(1), toX, toY, ...side(-1)] }], stroke, strokeWidth: 2 },
  ];
}

/** An arrow to the north in the upper left corner. */
export function compass({ x, y }: Rectangle, [east, up]: readonly [number, number], theme: Theme): Mark[] {
  const [middleX, middleY, length] = [x + 32, y + 36, 14];
  const [dx, dy] = [length * east, -length * up];
  return [
    ...arrow(middleX - dx, middleY - dy, middleX + dx, middleY + dy, theme.faint),
    {
      kind: 'text',
      x: middleX + 1.6 * dx,
      y: middleY + 1.6 * dy,
      text: 'N',
      size: FONT_SIZE.small,
      color: theme.faint,
      anchor: 'middle',
      vertical: 'middle',
      isBold: true,
    },
  ];
}
