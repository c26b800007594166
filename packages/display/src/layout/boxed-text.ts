import { rectangle, type Mark, type TextMark } from '../scene/scene.js';
import { LINE_HEIGHT } from '../scene/to-svg.js';
import { textWidth } from './text-width.js';
import type { Theme } from './theme.js';

const PADDING = 2;

/** A text with a background, which is readable over pixels. The last baseline is at y. */
export function boxedText(text: Omit<TextMark, 'kind'>, theme: Theme): Mark[] {
  const { x, y, size, anchor } = text;
  const width = textWidth(text.text, size) + 2 * PADDING;
  const height = size * (1 + LINE_HEIGHT * (text.text.split('\n').length - 1)) + 2 * PADDING;
  const left = anchor === 'end' ? x - width + PADDING : x - PADDING;
  const box = { x: left, y: y - height + 2 * PADDING, width, height };
  return [rectangle(box, { fill: theme.panel, opacity: 0.75 }), { kind: 'text', ...text }];
}
