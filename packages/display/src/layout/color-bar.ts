import type { ColorMap } from '../color/color-map.js';
import type { ColorNorm, ValueLimits } from '../color/color-norm.js';
import { line, rectangle, type Mark, type Rectangle } from '../scene/scene.js';
import { linearTicks, axisTicks, type AxisTick } from './axis-ticks.js';
import { textWidth } from './text-width.js';
import { FONT_SIZE, type Theme } from './theme.js';

/** Width of a colour bar with ticks and label, CSS pixels. */
export const COLOR_BAR_WIDTH = 92;

/** Width of the colours, and of the space between them and the axes. */
const [BAR_WIDTH, GAP] = [16, 14];
/** Maps of fewer colours have labels at their steps. */
const MAX_STEPS = 24;
/** Steps that stand for whole numbers, and have a label each. */
const MAX_NUMBERS = 12;

/**
 * The colours of a map from bottom to top, with values.
 *
 * @param axes - rectangle of the axes, at whose right the bar is
 */
export function colorBar(
  axes: Rectangle,
  map: ColorMap,
  norm: ColorNorm,
  label: string | undefined,
  theme: Theme,
): Mark[] {
  const bar = { x: axes.x + axes.width + GAP, y: axes.y, width: BAR_WIDTH, height: axes.height };
  const { x, y, width, height } = bar;
  const n = map.colors.length;
  // Each colour covers the bar from its level upwards, so that no gaps show between them.
  const strips = map.colors.map((fill, i): Mark =>
    rectangle({ x, y, width, height: (height * (n - i)) / n }, { fill }),
  );
  const ticks = n <= MAX_STEPS && norm.name === 'lin' ? stepTicks(norm.limits, n) : axisTicks(norm.name, norm.limits);
  const right = x + width;
  return [
    ...strips,
    rectangle(bar, { stroke: theme.text }),
    ...ticks.flatMap((tick) => barTick(right, y + height * (1 - norm.partOf(tick.value)), tick, theme)),
    ...(label ? [barLabel(label, right, y + height / 2, ticks, theme)] : []),
  ];
}

/** Labels of steps: whole numbers in their middle, if each step stands for one, or else values at their edges. */
function stepTicks([low, high]: ValueLimits, n: number): readonly AxisTick[] {
  const isNumbered = Math.abs(high - low - n) < 1e-9 && Number.isInteger(low + 0.5);
  if (!isNumbered) return linearTicks([low, high], 2 * n);
  const step = Math.ceil(n / MAX_NUMBERS);
  return Array.from({ length: Math.ceil(n / step) }, (_, i) => {
    const value = Math.round(low + 0.5) + i * step;
    return { value, label: String(value) };
  });
}

function barTick(right: number, y: number, { label }: AxisTick, theme: Theme): Mark[] {
  if (!Number.isFinite(y)) return [];
  const size = FONT_SIZE.tick;
  return [
    line(right, y, right + 4, y, { stroke: theme.text }),
    { kind: 'text', x: right + 7, y: y + 0.1 * size, text: label, size, color: theme.text, vertical: 'middle' },
  ];
}

function barLabel(text: string, right: number, y: number, ticks: readonly AxisTick[], theme: Theme): Mark {
  const widest = Math.max(0, ...ticks.map((tick) => textWidth(tick.label, FONT_SIZE.tick)));
  const size = FONT_SIZE.label;
  return { kind: 'text', x: right + widest + 22, y, text, size, color: theme.text, anchor: 'middle', rotation: -90 };
}
