import type { AxisTransform } from '../scene/axis-transform.js';
import { line, type Mark } from '../scene/scene.js';
import { markerMark, type MarkerName } from './marker-marks.js';

/** How a point is drawn. */
interface PointStyle {
  readonly marker: MarkerName;
  /** Size, CSS pixels. */
  readonly size: number;
  readonly color: string;
  /** Colour of the outline of markers that have one. */
  readonly outline: string;
}

/** Length of an arrow to a point outside, and space between its tip and the frame, CSS pixels. */
const [ARROW_LENGTH, ARROW_SPACE] = [22, 3];

/** A point in data coordinates: a marker or, outside of the axes, an arrow at their frame that points to it. */
export function pointMarks(
  place: readonly [x: number, y: number],
  transform: AxisTransform,
  { marker, size, color, outline }: PointStyle,
): Mark[] {
  const [x, y] = [transform.x(place[0]), transform.y(place[1])];
  if (transform.contains(place)) return [markerMark(marker, x, y, size, color, outline)];
  const { area } = transform;
  const [middleX, middleY] = [area.x + area.width / 2, area.y + area.height / 2];
  const [dx, dy] = [x - middleX, y - middleY];
  // Part of the way from the middle to the point at which the frame is.
  const part = Math.min(area.width / 2 / Math.abs(dx), area.height / 2 / Math.abs(dy));
  const distance = part * Math.hypot(dx, dy);
  const at = (fromFrame: number): [number, number] => {
    const share = (part * (distance - fromFrame)) / distance;
    return [middleX + share * dx, middleY + share * dy];
  };
  return arrow(...at(ARROW_SPACE + ARROW_LENGTH), ...at(ARROW_SPACE), color);
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
