import type { Rectangle } from './scene.js';

/** Limits of an axis: value at its start, value at its end. */
export type AxisLimits = readonly [start: number, end: number];

/**
 * Limits of an axis with space around values.
 *
 * @param values - at least one, finite
 * @param margin - space at either side, in units of the range of the values
 * @param ifEqual - space at either side if all values are equal
 */
export function limitsAround(values: readonly number[], margin: number, ifEqual: number): AxisLimits {
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  const space = high > low ? margin * (high - low) : ifEqual;
  return [low - space, high + space];
}

/**
 * The points near the content of a picture, whose limits are made to include them. Points that are far away are left out, as the
 * content would be too small to be recognised.
 *
 * @param content - at least one point
 * @param farthest - largest distance from the middle of the content, in units of half its diagonal
 */
export function pointsNear(
  content: readonly (readonly [x: number, y: number])[],
  points: readonly (readonly [x: number, y: number])[],
  farthest: number,
): (readonly [x: number, y: number])[] {
  const [x, y] = ([0, 1] as const).map((axis) =>
    limitsAround(
      content.map((point) => point[axis]),
      0,
      0,
    ),
  );
  const radius = Math.hypot(x[1] - x[0], y[1] - y[0]) / 2;
  return points.filter(
    (point) => Math.hypot(point[0] - (x[0] + x[1]) / 2, point[1] - (y[0] + y[1]) / 2) <= farthest * radius,
  );
}

/** Relation between data coordinates and CSS pixels of a picture, both linear. */
export class AxisTransform {
  /** @param area - rectangle of the axes, whose lower left corner is the start of both axes */
  constructor(
    readonly area: Rectangle,
    readonly xLimits: AxisLimits,
    readonly yLimits: AxisLimits,
  ) {}

  /** CSS pixels per unit of x. */
  get scaleX(): number {
    return this.area.width / (this.xLimits[1] - this.xLimits[0]);
  }

  /** CSS pixels per unit of y, negative if y grows upwards. */
  get scaleY(): number {
    return -this.area.height / (this.yLimits[1] - this.yLimits[0]);
  }

  /** Position in the picture, from the left. */
  x(value: number): number {
    return this.area.x + this.scaleX * (value - this.xLimits[0]);
  }

  /** Position in the picture, from the top. */
  y(value: number): number {
    return this.area.y + this.area.height + this.scaleY * (value - this.yLimits[0]);
  }

  /** Whether a point in data coordinates is within the axes. */
  contains([x, y]: readonly [x: number, y: number]): boolean {
    const isWithin = (value: number, [start, end]: AxisLimits): boolean =>
      value >= Math.min(start, end) && value <= Math.max(start, end);
    return isWithin(x, this.xLimits) && isWithin(y, this.yLimits);
  }

  /** Data coordinates of a position in the picture. */
  toData(x: number, y: number): readonly [x: number, y: number] {
    return [
      this.xLimits[0] + (x - this.area.x) / this.scaleX,
      this.yLimits[0] + (y - this.area.y - this.area.height) / this.scaleY,
    ];
  }

  /** Positions x, y, x, y, ... in the picture. */
  points(data: ArrayLike<number>): Float64Array {
    const result = new Float64Array(data.length);
    for (let i = 0; i + 1 < data.length; i += 2) {
      result[i] = this.x(data[i]);
      result[i + 1] = this.y(data[i + 1]);
    }
    return result;
  }

  /**
   * Transform with equal scales of both axes, for which limits are extended: pictures show more, but nothing is distorted.
   */
  static withEqualScales(area: Rectangle, xLimits: AxisLimits, yLimits: AxisLimits): AxisTransform {
    const [width, height] = [xLimits[1] - xLimits[0], yLimits[1] - yLimits[0]];
    const scale = Math.min(area.width / width, area.height / height);
    const extend = ([start, end]: AxisLimits, length: number): AxisLimits => {
      const middle = (start + end) / 2;
      return [middle - length / scale / 2, middle + length / scale / 2];
    };
    return new AxisTransform(area, extend(xLimits, area.width), extend(yLimits, area.height));
  }
}
