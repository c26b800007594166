import { indexRaster, type IndexRaster } from './index-raster.js';
import type { EllipseMark, GroupMark, Mark, MarkStyle, PathMark, PixelsMark, Scene, TextMark } from './scene.js';
import type { PixelLayout } from './pixel-layout.js';
import { firstBaseline, FONT_FAMILY, LINE_HEIGHT } from './to-svg.js';

/** What a canvas must provide: the 2D contexts of browsers and of canvas packages for Node. */
export type PaintContext = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'clip'
  | 'closePath'
  | 'createImageData'
  | 'drawImage'
  | 'ellipse'
  | 'fill'
  | 'fillRect'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'globalAlpha'
  | 'lineCap'
  | 'lineJoin'
  | 'lineTo'
  | 'lineWidth'
  | 'moveTo'
  | 'rect'
  | 'restore'
  | 'rotate'
  | 'save'
  | 'scale'
  | 'setLineDash'
  | 'setTransform'
  | 'stroke'
  | 'strokeStyle'
  | 'strokeText'
  | 'textAlign'
  | 'translate'
>;

/** Options of {@link paint}. */
export interface PaintOptions {
  /** Dots of the canvas per CSS pixel: `devicePixelRatio`. Default: 1. */
  readonly ratio?: number;
}

/**
 * Draws a scene on a canvas of `scene.width * ratio` by `scene.height * ratio` dots. Camera pixels are drawn dot by dot by a
 * table of the pixel under each dot, which is kept for the next image of the camera.
 *
 * @example
 * ```ts
 * const { scene } = display;
 * const canvas = new OffscreenCanvas(2 * scene.width, 2 * scene.height);
 * const context = canvas.getContext('2d');
 * if (context) paint(scene, context, { ratio: 2 });
 * ```
 */
export function paint(scene: Scene, context: PaintContext, { ratio = 1 }: PaintOptions = {}): void {
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = scene.background;
  context.fillRect(0, 0, scene.width, scene.height);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const mark of scene.marks) paintMark(mark, context, ratio);
  context.restore();
}

function paintMark(mark: Mark, context: PaintContext, ratio: number): void {
  switch (mark.kind) {
    case 'pixels':
      return paintPixels(mark, context, ratio);
    case 'path':
      return paintPath(mark, context);
    case 'ellipse':
      return paintEllipse(mark, context);
    case 'text':
      return paintText(mark, context);
    case 'group':
      return paintGroup(mark, context, ratio);
  }
}

/** The table of pixels by dot of a size at which a camera was drawn, and the dots drawn last. */
interface KeptRaster {
  readonly raster: IndexRaster;
  readonly dots: ImageData;
  readonly canvas: OffscreenCanvas;
}

/** By size; the one that was used last at the end. */
const RASTERS = new WeakMap<PixelLayout, Map<string, KeptRaster>>();
/** Sizes of a camera whose tables are kept. */
const MAX_SIZES = 4;

function paintPixels(mark: PixelsMark, context: PaintContext, ratio: number): void {
  if (typeof OffscreenCanvas === 'undefined') return paintPolygons(mark, context);
  const { raster, dots, canvas } = rasterOf(mark, context, ratio);
  fillDots(raster, mark, new Uint32Array(dots.data.buffer));
  canvas.getContext('2d')?.putImageData(dots, 0, 0);
  context.save();
  context.scale(1 / ratio, 1 / ratio);
  context.drawImage(canvas, raster.x, raster.y);
  context.restore();
}

function rasterOf(
  { layout: own, transform, widening = 1 }: PixelsMark,
  context: PaintContext,
  ratio: number,
): KeptRaster {
  const layout = own.widened(widening);
  const { area, xLimits, yLimits } = transform;
  const key = [area.x, area.y, area.width, area.height, ...xLimits, ...yLimits, ratio].join();
  const sizes = RASTERS.get(layout) ?? new Map<string, KeptRaster>();
  RASTERS.set(layout, sizes);
  let kept = sizes.get(key);
  sizes.delete(key);
  if (kept === undefined) {
    const raster = indexRaster(layout, transform, ratio);
    const [width, height] = [Math.max(1, raster.width), Math.max(1, raster.height)];
    kept = { raster, dots: context.createImageData(width, height), canvas: new OffscreenCanvas(width, height) };
  }
  sizes.set(key, kept);
  const [oldest] = sizes.keys();
  if (sizes.size > MAX_SIZES && oldest !== undefined) sizes.delete(oldest);
  return kept;
}

/**
 * Sets the dots of an image of a camera, as 32-bit numbers of red, green, blue and opacity in the order of the bytes in memory.
 *
 * @param dots - as many as in the raster
 */
export function fillDots(
  { pixels }: Pick<IndexRaster, 'pixels'>,
  { indices, colors }: Pick<PixelsMark, 'indices' | 'colors'>,
  dots: Uint32Array,
): void {
  const words = colors.map(wordOf);
  const byPixel = new Uint32Array(indices.length + 1);
  for (let pixel = 0; pixel < indices.length; pixel++)
    byPixel[pixel + 1] = indices[pixel] < 0 ? 0 : words[indices[pixel]];
  for (let dot = 0; dot < pixels.length; dot++) dots[dot] = byPixel[pixels[dot]];
}

const BYTES = new Uint8Array(4);
const WORD = new Uint32Array(BYTES.buffer);

/** `#rrggbb` as a 32-bit number. */
function wordOf(color: string): number {
  const value = parseInt(color.slice(1), 16);
  BYTES.set([value >> 16, value >> 8, value, 255]);
  return WORD[0];
}

function paintPolygons(mark: PixelsMark, context: PaintContext): void {
  const { layout, transform, indices, colors, widening = 1 } = mark;
  const { nCorners, corners } = layout.widened(widening);
  const points = transform.points(corners);
  colors.forEach((color, index) => {
    context.beginPath();
    indices.forEach((own, pixel) => {
      if (own === index) tracePoints(points.subarray(2 * pixel * nCorners, 2 * (pixel + 1) * nCorners), true, context);
    });
    context.fillStyle = color;
    context.fill();
  });
}

function tracePoints(points: ArrayLike<number>, isClosed: boolean | undefined, context: PaintContext): void {
  for (let i = 0; i + 1 < points.length; i += 2) {
    if (i === 0) context.moveTo(points[0], points[1]);
    else context.lineTo(points[i], points[i + 1]);
  }
  if (isClosed) context.closePath();
}

function paintPath({ lines, ...style }: PathMark, context: PaintContext): void {
  context.beginPath();
  for (const { points, isClosed } of lines) tracePoints(points, isClosed, context);
  applyStyle(style, context);
}

function paintEllipse({ x, y, radiusX, radiusY, rotation = 0, ...style }: EllipseMark, context: PaintContext): void {
  if (!(radiusX >= 0 && radiusY >= 0)) return;
  context.beginPath();
  context.ellipse(x, y, radiusX, radiusY, (rotation * Math.PI) / 180, 0, 2 * Math.PI);
  applyStyle(style, context);
}

function applyStyle({ stroke, strokeWidth = 1, dash = [], fill, opacity = 1 }: MarkStyle, context: PaintContext): void {
  const before = context.globalAlpha;
  context.globalAlpha = before * opacity;
  if (fill !== undefined) {
    context.fillStyle = fill;
    context.fill();
  }
  if (stroke !== undefined) {
    context.strokeStyle = stroke;
    context.lineWidth = strokeWidth;
    context.setLineDash([...dash]);
    context.stroke();
  }
  context.globalAlpha = before;
}

const ALIGNMENT = { start: 'left', middle: 'center', end: 'right' } as const;

function paintText(mark: TextMark, context: PaintContext): void {
  const { x, y, text, size, color, anchor = 'start', vertical = 'baseline', rotation = 0, halo, isBold } = mark;
  const lines = text.split('\n');
  const first = firstBaseline(vertical, lines.length) * size;
  context.save();
  context.translate(x, y);
  context.rotate((rotation * Math.PI) / 180);
  context.font = `${isBold ? 'bold ' : ''}${size}px ${FONT_FAMILY}`;
  context.textAlign = ALIGNMENT[anchor];
  context.setLineDash([]);
  lines.forEach((each, i) => {
    const baseline = first + i * size * LINE_HEIGHT;
    if (halo) {
      context.strokeStyle = halo;
      context.lineWidth = 3;
      context.strokeText(each, 0, baseline);
    }
    context.fillStyle = color;
    context.fillText(each, 0, baseline);
  });
  context.restore();
}

function paintGroup({ marks, x = 0, y = 0, clip, opacity = 1 }: GroupMark, context: PaintContext, ratio: number): void {
  context.save();
  context.translate(x, y);
  context.globalAlpha *= opacity;
  if (clip) {
    context.beginPath();
    context.rect(clip.x, clip.y, clip.width, clip.height);
    context.clip();
  }
  for (const mark of marks) paintMark(mark, context, ratio);
  context.restore();
}
