import type { AxisTransform } from './axis-transform.js';
import type { PixelLayout } from './pixel-layout.js';

/**
 * A picture as data. All positions are in CSS pixels from the upper left corner, y down. Made by the displays, drawn by
 * {@link toSvg} and {@link paint}.
 */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly background: string;
  /** Short name of the picture, read by screen readers. */
  readonly title: string;
  /** What the picture shows, as text. */
  readonly description: string;
  readonly marks: readonly Mark[];
}

/** Part of a scene; later marks cover earlier ones. */
export type Mark = PixelsMark | PathMark | EllipseMark | TextMark | GroupMark;

/** How lines and areas are drawn. Colours are CSS colours. */
export interface MarkStyle {
  /** Default: no line. */
  readonly stroke?: string | undefined;
  readonly strokeWidth?: number | undefined;
  /** Lengths of dashes and gaps. */
  readonly dash?: readonly number[] | undefined;
  /** Default: not filled. */
  readonly fill?: string | undefined;
  /** 0 (transparent) to 1. */
  readonly opacity?: number | undefined;
}

/** The pixels of a camera. */
export interface PixelsMark {
  readonly kind: 'pixels';
  readonly layout: PixelLayout;
  readonly transform: AxisTransform;
  /** Index into `colors` for each pixel; a negative index is not drawn. */
  readonly indices: Int16Array;
  readonly colors: readonly string[];
  /** Factor by which pixels are drawn wider, to close gaps that are narrower than a dot. Default: 1. */
  readonly widening?: number;
}

/** Lines of straight segments: x, y, x, y, ... */
export interface PathMark extends MarkStyle {
  readonly kind: 'path';
  readonly lines: readonly Polyline[];
}

export interface Polyline {
  readonly points: ArrayLike<number>;
  readonly isClosed?: boolean;
}

export interface EllipseMark extends MarkStyle {
  readonly kind: 'ellipse';
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
  /** Degrees, clockwise on the screen. Default: 0. */
  readonly rotation?: number;
}

export interface TextMark {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  /** May have several lines. */
  readonly text: string;
  readonly size: number;
  readonly color: string;
  /** Default: start. */
  readonly anchor?: 'start' | 'middle' | 'end';
  /** What is at y. Default: the baseline of the last line. */
  readonly vertical?: 'top' | 'middle' | 'baseline' | 'bottom';
  /** Degrees, clockwise on the screen. Default: 0. */
  readonly rotation?: number;
  /** Colour of an outline that separates the text from its background. */
  readonly halo?: string | undefined;
  readonly isBold?: boolean;
}

export interface GroupMark {
  readonly kind: 'group';
  readonly marks: readonly Mark[];
  /** Shift of the marks. Default: 0. */
  readonly x?: number;
  readonly y?: number;
  /** Rectangle outside of which nothing is drawn, in the coordinates of the marks. */
  readonly clip?: Rectangle | undefined;
  readonly opacity?: number | undefined;
  /** Name of the group, read by screen readers. */
  readonly label?: string | undefined;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A straight line. */
export function line(x1: number, y1: number, x2: number, y2: number, style: MarkStyle): PathMark {
  return { kind: 'path', lines: [{ points: [x1, y1, x2, y2] }], ...style };
}

export function rectangle({ x, y, width, height }: Rectangle, style: MarkStyle): PathMark {
  const points = [x, y, x + width, y, x + width, y + height, x, y + height];
  return { kind: 'path', lines: [{ points, isClosed: true }], ...style };
}
