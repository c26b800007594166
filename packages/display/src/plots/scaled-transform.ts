import { axisTicks, linearTicks, type AxisTick } from '../layout/axis-ticks.js';
import { AxisTransform, type AxisLimits } from '../scene/axis-transform.js';
import type { Rectangle } from '../scene/scene.js';

/** Scale of an axis. */
export type AxisScale = 'linear' | 'log';

/** Scales of both axes. */
export interface AxisScales {
  readonly x: AxisScale;
  readonly y: AxisScale;
}

/** Relation between data coordinates on linear or logarithmic axes and CSS pixels; NaN for values <= 0 on a logarithmic axis. */
export class ScaledTransform extends AxisTransform {
  constructor(
    area: Rectangle,
    xLimits: AxisLimits,
    yLimits: AxisLimits,
    readonly scales: AxisScales,
  ) {
    super(area, xLimits, yLimits);
  }

  override x(value: number): number {
    return this.area.x + this.area.width * partOf(this.xLimits, this.scales.x, value);
  }

  override y(value: number): number {
    return this.area.y + this.area.height * (1 - partOf(this.yLimits, this.scales.y, value));
  }

  override toData(x: number, y: number): readonly [x: number, y: number] {
    const { area, xLimits, yLimits, scales } = this;
    return [
      valueAt(xLimits, scales.x, (x - area.x) / area.width),
      valueAt(yLimits, scales.y, 1 - (y - area.y) / area.height),
    ];
  }
}

function partOf([start, end]: AxisLimits, scale: AxisScale, value: number): number {
  if (scale === 'linear') return (value - start) / (end - start);
  return value > 0 ? Math.log(value / start) / Math.log(end / start) : NaN;
}

function valueAt([start, end]: AxisLimits, scale: AxisScale, part: number): number {
  return scale === 'linear' ? start + part * (end - start) : start * (end / start) ** part;
}

/**
 * Limits of a logarithmic axis with space around the positive values; 0.1 to 10 without such values.
 *
 * @param margin - space at either side, in units of the range in decades
 */
export function logLimitsAround(values: readonly number[], margin: number): AxisLimits {
  const [low, high] = values.reduce(
    ([a, b], value) => (value > 0 && Number.isFinite(value) ? [Math.min(a, value), Math.max(b, value)] : [a, b]),
    [Infinity, -Infinity],
  );
  if (low > high) return [0.1, 10];
  const factor = (high / low) ** margin;
  return high > low ? [low / factor, high * factor] : [low / 2, high * 2];
}

/** Values from which labels of logarithmic axes have an exponent, so that there is space for the label of the axis. */
const LONG = 1e4;

function shortLabel(value: number): string {
  return Number(value.toPrecision(6)).toExponential().replace('e+', 'e');
}

/** Ticks of an axis, about `count` of a linear one. */
export function scaleTicks(scale: AxisScale, limits: AxisLimits, count: number): readonly AxisTick[] {
  if (scale === 'linear') return linearTicks(limits, count);
  return axisTicks('log', limits).map(({ value, label }) => ({
    value,
    label: value >= LONG ? shortLabel(value) : label,
  }));
}
