import { cssColor, isDarkColor } from '../color/css-color.js';
import { boxedText } from '../layout/boxed-text.js';
import { FONT_SIZE, type Theme } from '../layout/theme.js';
import type { AxisTransform } from '../scene/axis-transform.js';
import type { Mark, MarkStyle, PathMark, Rectangle } from '../scene/scene.js';
import type { OverlayStyle } from './camera-display-options.js';

/** Default colour of overlays, with a dark halo: visible on all maps. */
export const OVERLAY_COLOR = '#00e5ff';
export const HALO = '#000000';

/** Style of the lines of an overlay. */
export function strokeOf({ color = OVERLAY_COLOR, linewidth = 1.5, alpha }: OverlayStyle): MarkStyle {
  return { stroke: cssColor(color), strokeWidth: linewidth, ...(alpha !== undefined && { opacity: alpha }) };
}

/** Lines in data coordinates as a mark. */
export function outlined(
  lines: readonly { readonly points: ArrayLike<number>; readonly isClosed?: boolean }[],
  transform: AxisTransform,
  style: MarkStyle,
): PathMark[] {
  if (lines.length === 0) return [];
  return [{ kind: 'path', lines: lines.map((each) => ({ ...each, points: transform.points(each.points) })), ...style }];
}

/** Outlines of the pixels of a mask. */
export function outlinesOf(
  corners: Float64Array,
  nCorners: number,
  mask: Uint8Array,
): { readonly points: Float64Array; readonly isClosed: true }[] {
  return Array.from(mask).flatMap((isSet, pixel) =>
    isSet
      ? [{ points: corners.subarray(2 * pixel * nCorners, 2 * (pixel + 1) * nCorners), isClosed: true as const }]
      : [],
  );
}

/** An ellipse in data coordinates: half axes; the angle is counter-clockwise. */
interface DataEllipse {
  readonly x: number;
  readonly y: number;
  readonly length: number;
  readonly width: number;
  readonly angle: number;
}

/** An ellipse in a picture. */
export function ellipseMark(
  transform: AxisTransform,
  { x, y, length, width, angle }: DataEllipse,
  style: MarkStyle,
): Mark {
  const scale = transform.scaleX;
  return {
    kind: 'ellipse',
    x: transform.x(x),
    y: transform.y(y),
    radiusX: length * scale,
    radiusY: width * scale,
    rotation: (-angle * 180) / Math.PI,
    ...style,
  };
}

/** Marks over dark, wider copies of themselves, which make them visible on bright colours. */
export function haloed(marks: readonly Mark[]): Mark[] {
  const halos = marks.flatMap((mark): Mark[] =>
    mark.kind === 'path' || mark.kind === 'ellipse'
      ? [{ ...mark, stroke: HALO, strokeWidth: (mark.strokeWidth ?? 1) + 1.5, opacity: 0.6 * (mark.opacity ?? 1) }]
      : [],
  );
  return [...halos, ...marks];
}

/** Label of an ellipse. */
export function momentsLabel(
  {
    x,
    y,
    rotation,
    text,
  }: { readonly x: number; readonly y: number; readonly rotation: number; readonly text: string },
  transform: AxisTransform,
  color: string,
): Mark {
  return {
    kind: 'text',
    x: transform.x(x),
    y: transform.y(y),
    text,
    size: FONT_SIZE.tick,
    color,
    anchor: 'middle',
    vertical: 'bottom',
    rotation: (-rotation * 180) / Math.PI,
    halo: isDarkColor(color) ? '#ffffff' : HALO,
  };
}

/** A remark at the lower left within the axes. */
export function cornerText(text: string, { x, y, height }: Rectangle, theme: Theme): Mark[] {
  const bottom = y + height - 4;
  return boxedText({ text, x: x + 4, y: bottom, size: FONT_SIZE.small, color: theme.text }, theme);
}
