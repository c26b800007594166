import type { AxisLimits, AxisTransform } from '../scene/axis-transform.js';
import { line, rectangle, type Mark, type TextMark } from '../scene/scene.js';
import { linearTicks, type AxisTick } from './axis-ticks.js';
import { boxedText } from './boxed-text.js';
import { textWidth } from './text-width.js';
import { FONT_SIZE, type Theme } from './theme.js';

/** Texts around axes. */
export interface AxesTexts {
  readonly title?: string | undefined;
  readonly xLabel?: string | undefined;
  readonly yLabel?: string | undefined;
  /** Small text at the lower right within the axes: the frame. */
  readonly note?: string | undefined;
  /** Ticks of an axis within limits, about `count`. Default: those of linear axes. */
  readonly ticks?: Readonly<Record<'x' | 'y', (limits: AxisLimits, count: number) => readonly AxisTick[]>>;
}

const TICK_LENGTH = 4;
/** Distance of the label of the x axis from the axes. */
const [X_LABEL, COMPACT_X_LABEL] = [36, 30];

/** Frame, ticks, labels and title of axes. */
export function axesFrame(transform: AxisTransform, texts: AxesTexts, theme: Theme): Mark[] {
  const { area, xLimits, yLimits } = transform;
  const { title, xLabel, yLabel, note, ticks = { x: linearTicks, y: linearTicks } } = texts;
  const [right, bottom] = [area.x + area.width, area.y + area.height];
  const label = (text: string, mark: Partial<TextMark> & { x: number; y: number }): TextMark => ({
    kind: 'text',
    text,
    size: theme.isCompact ? FONT_SIZE.small : FONT_SIZE.label,
    color: theme.text,
    anchor: 'middle',
    ...mark,
  });
  const xTicks = ticks.x(xLimits, ticksIn(area.width));
  const yTicks = ticks.y(yLimits, ticksIn(area.height));
  const marks: Mark[] = [
    rectangle(area, { stroke: theme.text, strokeWidth: 1 }),
    ...xTicks.flatMap((tick) => xTick(transform.x(tick.value), bottom, tick, theme)),
    ...yTicks.flatMap((tick) => yTick(area.x, transform.y(tick.value), tick, theme)),
  ];
  if (title && !theme.isCompact) {
    const size = Math.min(
      FONT_SIZE.title,
      (FONT_SIZE.title * 0.96 * (area.x * 2 + area.width)) / textWidth(title, FONT_SIZE.title),
    );
    marks.push(label(title, { x: area.x + area.width / 2, y: area.y - 8, size: Math.max(8, size) }));
  }
  if (xLabel)
    marks.push(
      label(xLabel, { x: area.x + area.width / 2, y: bottom + (theme.isCompact ? COMPACT_X_LABEL : X_LABEL) }),
    );
  if (yLabel) {
    const widest = Math.max(0, ...yTicks.map((tick) => textWidth(tick.label, FONT_SIZE.tick)));
    const x = Math.max(FONT_SIZE.small, area.x - TICK_LENGTH - widest - (theme.isCompact ? 8 : 12));
    marks.push(label(yLabel, { x, y: area.y + area.height / 2, rotation: -90 }));
  }
  if (note) {
    const size = FONT_SIZE.small;
    marks.push(
      ...boxedText({ text: note, x: right - 4, y: bottom - 4, anchor: 'end', size, color: theme.faint }, theme),
    );
  }
  return marks;
}

/** Number of ticks along a side. */
function ticksIn(length: number): number {
  return Math.max(3, Math.min(9, Math.floor(length / 50)));
}

function xTick(x: number, bottom: number, { label }: AxisTick, theme: Theme): Mark[] {
  const size = theme.isCompact ? FONT_SIZE.small : FONT_SIZE.tick;
  return [
    line(x, bottom, x, bottom + TICK_LENGTH, { stroke: theme.text }),
    {
      kind: 'text',
      x,
      y: bottom + TICK_LENGTH + 3,
      text: label,
      size,
      color: theme.text,
      anchor: 'middle',
      vertical: 'top',
    },
  ];
}

function yTick(left: number, y: number, { label }: AxisTick, theme: Theme): Mark[] {
  const [x, size] = [left - TICK_LENGTH - 3, theme.isCompact ? FONT_SIZE.small : FONT_SIZE.tick];
  return [
    line(left - TICK_LENGTH, y, left, y, { stroke: theme.text }),
    { kind: 'text', x, y: y + 0.1 * size, text: label, size, color: theme.text, anchor: 'end', vertical: 'middle' },
  ];
}
