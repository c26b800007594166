import type { CameraDisplay } from '../camera/camera-display.js';
import { ColorNorm } from '../color/color-norm.js';
import { AxisTransform } from '../scene/axis-transform.js';
import { indexRaster } from '../scene/index-raster.js';
import type { Mark, PixelsMark } from '../scene/scene.js';
import type { WaveformTrace } from '../views/waveform-display.js';
import { BrailleCanvas } from './braille-canvas.js';

/** Options of pictures in a terminal. */
export interface TerminalOptions {
  /** Characters in a line. Default: 60. */
  readonly columns?: number;
  /** Whether the terminal shows colours. Default: false. */
  readonly isColored?: boolean;
}

/** Thresholds of dots by their place, in sixteenths: more dots are set where a pixel is brighter. */
const DITHER = [
  [0, 8, 2, 10],
  [12, 4, 14, 6],
  [3, 11, 1, 9],
  [15, 7, 13, 5],
];

/** Characters at the left of a waveform: its limits and the axis. */
const AXIS_WIDTH = 10;

/** Colour of the outline of the camera. */
const OUTLINE = '#808080';

/**
 * A camera image in Braille dots: brighter pixels have more of them. The outline of the camera is drawn. A display without axes
 * fills the text with the camera.
 *
 * @example
 * ```ts
 * console.log(cameraText(display, { columns: 40 }));
 * ```
 */
export function cameraText(display: CameraDisplay, { columns = 60, isColored = false }: TerminalOptions = {}): string {
  const { layout, indices, colors, widening = 1 } = pixelsOf(display.scene.marks);
  const limits = display.transform;
  const rows = Math.max(
    1,
    Math.round((columns * 2 * display.transform.area.height) / display.transform.area.width / 4),
  );
  const canvas = new BrailleCanvas(columns, rows);
  const area = { x: 0, y: 0, width: 2 * columns, height: 4 * rows };
  const transform = AxisTransform.withEqualScales(area, limits.xLimits, limits.yLimits);
  const { pixels, width, height } = indexRaster(layout.widened(widening), transform);
  // From 0, so that noise below it has no dots.
  const norm = new ColorNorm(display.norm, [
    Math.max(display.norm === 'lin' ? 0 : -Infinity, display.limits[0]),
    display.limits[1],
  ]);
  const at = (x: number, y: number): number =>
    x >= 0 && y >= 0 && x < width && y < height ? pixels[y * width + x] : 0;
  const brightest = new Float64Array(columns * rows).fill(-1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = at(x, y) - 1;
      if (pixel < 0 || indices[pixel] >= colors.length - 1) continue;
      const value = norm.partOf(display.image[pixel]);
      // The outline: the dots just within the camera, farther than the gaps between pixels from the outside.
      const isOutline = [
        [-2, 0],
        [2, 0],
        [0, -2],
        [0, 2],
      ].some(([dx, dy]) => at(x + dx, y + dy) === 0 && at(x + 2 * dx, y + 2 * dy) === 0);
      const isSet = value * 16 > DITHER[y % 4][x % 4] + 0.5;
      if (isSet || isOutline) canvas.set(x, y);
      const cell = Math.floor(y / 4) * columns + Math.floor(x / 2);
      if (isSet && value > brightest[cell]) {
        brightest[cell] = value;
        canvas.color(x, y, colors[indices[pixel]]);
      } else if (isOutline && brightest[cell] < 0) canvas.color(x, y, OUTLINE);
    }
  }
  return canvas.toString(isColored);
}

function pixelsOf(marks: readonly Mark[]): PixelsMark {
  for (const mark of marks) {
    if (mark.kind === 'pixels') return mark;
    if (mark.kind === 'group') return pixelsOf(mark.marks);
  }
  throw new TypeError('The picture has no camera pixels.');
}

/** Options of {@link waveformText}. */
interface WaveformTextOptions extends TerminalOptions {
  /** Samples per ns. */
  readonly samplingRate: number;
  readonly rows?: number | undefined;
  /** Unit of the samples. Default: p.e. */
  readonly unit?: string | undefined;
}

/** A waveform in Braille dots, with the limits of its axes and, as a thick part of the axis, its window. */
export function waveformText(
  { samples, label, window }: WaveformTrace,
  { samplingRate, columns = 60, rows = 8, unit = 'p.e.' }: WaveformTextOptions,
): string {
  const values = Array.from(samples);
  const finite = values.filter(Number.isFinite);
  const [low, high] = finite.length > 0 ? [Math.min(...finite), Math.max(...finite)] : [0, 1];
  const end = ` ${(values.length / samplingRate).toFixed(0)} ns`;
  const width = Math.max(1, columns - AXIS_WIDTH - end.length);
  const canvas = new BrailleCanvas(width, rows);
  const rowOf = (value: number): number => Math.round((4 * rows - 1) * (1 - (value - low) / (high - low || 1)));
  let before: number | undefined;
  for (let x = 0; x < 2 * width; x++) {
    const value = values[Math.floor((x * values.length) / (2 * width))];
    if (!Number.isFinite(value)) {
      before = undefined;
      continue;
    }
    const y = rowOf(value);
    for (let step = Math.min(y, before ?? y); step <= Math.max(y, before ?? y); step++) canvas.set(x, step);
    before = y;
  }
  const limit = (value: number): string => value.toFixed(1).padStart(AXIS_WIDTH - 2);
  const space = ' '.repeat(AXIS_WIDTH - 2);
  const lines = canvas.toString().split('\n');
  const framed = lines.map((line, i) => `${i === 0 ? limit(high) : i === rows - 1 ? limit(low) : space} │${line}`);
  const isExtracted = (column: number): boolean => {
    const sample = ((column + 0.5) * values.length) / width;
    return window !== undefined && sample >= window[0] && sample < window[1];
  };
  const axis = Array.from({ length: width }, (_, column) => (isExtracted(column) ? '━' : '─')).join('');
  return [`${label}, ${unit}`, ...framed, `${space} └${axis}${end}`].join('\n');
}
