import { colorMap } from '../color/color-map.js';
import { cssColor } from '../color/css-color.js';
import { axesArea } from '../layout/axes-area.js';
import { axesFrame } from '../layout/axes-frame.js';
import { legendBelow, legendHeight, type LegendEntry } from '../layout/legend.js';
import { markerMark, type MarkerName } from '../layout/marker-marks.js';
import { FONT_SIZE, themeOf, type Theme, type ThemeName } from '../layout/theme.js';
import { AxisTransform, limitsAround, type AxisLimits } from '../scene/axis-transform.js';
import { ChangingPicture } from '../scene/picture.js';
import { line, rectangle, type Mark, type MarkStyle, type Rectangle, type Scene } from '../scene/scene.js';

/** Options of {@link AxesDisplay}. */
export interface AxesDisplayOptions {
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Limits of the axes. Default: those of the content, with a margin. */
  readonly xLimits?: AxisLimits | undefined;
  readonly yLimits?: AxisLimits | undefined;
  /** Same scale of both axes; one of them shows more than its limits. Default: false. */
  readonly hasEqualScales?: boolean;
  readonly theme?: ThemeName | Theme;
  /** Size of the picture, CSS pixels. Default: 400 x 360. */
  readonly width?: number;
  readonly height?: number;
}

/** Style of lines and areas. */
export interface AxesLineOptions {
  /** Default: the next one of tab10. */
  readonly color?: string | undefined;
  readonly linewidth?: number | undefined;
  /** Lengths of dashes and gaps, CSS pixels. */
  readonly dash?: readonly number[] | undefined;
  readonly alpha?: number | undefined;
  /** Name in the legend. Default: not in the legend. */
  readonly label?: string | undefined;
}

/** Style of points. */
export interface AxesPointOptions {
  readonly color?: string | undefined;
  /** Default: `.` */
  readonly marker?: MarkerName;
  /** Size, CSS pixels. Default: 8. */
  readonly size?: number | undefined;
  readonly label?: string | undefined;
}

/** Style of texts. */
export interface AxesTextOptions {
  readonly color?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

type Point = readonly [x: number, y: number];

interface Part {
  readonly points: readonly Point[];
  readonly legend?: LegendEntry | undefined;
  readonly draw: (transform: AxisTransform) => readonly Mark[];
}

const MARGIN = 0.06;

/**
 * Axes with lines, points, ellipses, bars and texts in data coordinates. Unlike plots of Observable Plot, it is a picture that
 * `subplots` places beside cameras.
 *
 * @example
 * ```ts
 * const axes = new AxesDisplay({ title: 'light curve', xLabel: 'time (ns)', yLabel: 'p.e.' });
 * axes.line([[0, 1], [1, 4], [2, 3]], { color: 'tab:blue', label: 'measured' });
 * axes.scatter([[1, 4]], { color: 'r', marker: 'o', size: 12 });
 * await writePicture('axes.svg', axes);
 * ```
 */
export class AxesDisplay extends ChangingPicture {
  readonly #options: AxesDisplayOptions;
  readonly #theme: Theme;
  readonly #parts: Part[] = [];

  constructor(options: AxesDisplayOptions = {}) {
    super();
    this.#options = options;
    this.#theme = themeOf(options.theme ?? 'light');
  }

  /** Draws a line through points; a point with NaN interrupts it. */
  line(points: readonly Point[], options: AxesLineOptions = {}): this {
    const { label } = options;
    const style = this.#lineStyle(options);
    const legend = label === undefined ? undefined : { label, marker: '.' as const, color: style.stroke };
    const pieces: Point[][] = [[]];
    for (const point of points) {
      if (point.every(Number.isFinite)) pieces[pieces.length - 1].push(point);
      else pieces.push([]);
    }
    return this.#add({
      points,
      legend,
      draw: (transform) => {
        const lines = pieces
          .filter((piece) => piece.length > 1)
          .map((piece) => ({ points: transform.points(piece.flat()) }));
        return [{ kind: 'path', lines, ...style }];
      },
    });
  }

  /** Draws points. */
  scatter(points: readonly Point[], { color, marker = '.', size = 8, label }: AxesPointOptions = {}): this {
    const own = this.#colorOf(color);
    return this.#add({
      points,
      legend: label === undefined ? undefined : { label, marker, color: own },
      draw: (transform) =>
        points
          .filter((point) => point.every(Number.isFinite))
          .map(([x, y]) => markerMark(marker, transform.x(x), transform.y(y), size, own)),
    });
  }

  /** Draws an ellipse with its half axes along x and y. */
  ellipse([x, y]: Point, [radiusX, radiusY]: Point, options: AxesLineOptions = {}): this {
    const points = Array.from({ length: 73 }, (_, i): Point => {
      const angle = (i * Math.PI) / 36;
      return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
    });
    return this.line(points, options);
  }

  /**
   * Draws bars from 0.
   *
   * @param edges - of the bars, one more than heights
   */
  bars(edges: ArrayLike<number>, heights: ArrayLike<number>, { color, alpha }: AxesLineOptions = {}): this {
    const fill = this.#colorOf(color);
    const corners = Array.from(heights, (height, i) => [edges[i], edges[i + 1], height] as const);
    return this.#add({
      points: corners.flatMap(([from, to, height]): Point[] => [
        [from, 0],
        [to, height],
      ]),
      draw: (transform) =>
        corners.map(([from, to, height]) =>
          rectangle(areaOf(transform, [from, to], [0, height], 0.5), { fill, ...(alpha && { opacity: alpha }) }),
        ),
    });
  }

  /** Shades the area between two values of x, of y, or of both. */
  shade(
    { x, y }: { readonly x?: AxisLimits; readonly y?: AxisLimits },
    { color = '#dddddd', alpha = 0.7 }: AxesLineOptions = {},
  ): this {
    const fill = cssColor(color);
    const draw = (transform: AxisTransform): Mark[] => [
      rectangle(areaOf(transform, x ?? transform.xLimits, y ?? transform.yLimits, 0), { fill, opacity: alpha }),
    ];
    return this.#add({ points: [], draw });
  }

  /** Draws a line across the axes at a value of x, or of y. */
  rule({ x, y }: { readonly x?: number; readonly y?: number }, options: AxesLineOptions = {}): this {
    const style = this.#lineStyle(options);
    const draw = (transform: AxisTransform): Mark[] => {
      const { area } = transform;
      const [left, top] = [transform.x(x ?? NaN), transform.y(y ?? NaN)];
      return [
        ...(x === undefined ? [] : [line(left, area.y, left, area.y + area.height, style)]),
        ...(y === undefined ? [] : [line(area.x, top, area.x + area.width, top, style)]),
      ];
    };
    return this.#add({ points: [], draw });
  }

  /** Writes a text that begins, is centred or ends at a position. */
  text([x, y]: Point, text: string, { color, anchor = 'start' }: AxesTextOptions = {}): this {
    const style = {
      size: FONT_SIZE.small,
      color: cssColor(color ?? this.#theme.text),
      anchor,
      vertical: 'middle' as const,
    };
    const draw = (transform: AxisTransform): Mark[] => [
      { kind: 'text', x: transform.x(x), y: transform.y(y), text, halo: this.#theme.panel, ...style },
    ];
    return this.#add({ points: [[x, y]], draw });
  }

  /** Relation between the axes and the picture. */
  get transform(): AxisTransform {
    const { xLimits, yLimits, hasEqualScales = false } = this.#options;
    const points = this.#parts.flatMap((part) => part.points);
    const limits = [xLimits ?? around(points.map(([x]) => x)), yLimits ?? around(points.map(([, y]) => y))] as const;
    return hasEqualScales
      ? AxisTransform.withEqualScales(this.#area, ...limits)
      : new AxisTransform(this.#area, ...limits);
  }

  protected override draw(): Scene {
    const { title = '', xLabel, yLabel, width = 400, height = 360 } = this.#options;
    const { transform } = this;
    const { area } = transform;
    const theme = this.#theme;
    const marks = this.#parts.flatMap((part) => part.draw(transform));
    return {
      width,
      height,
      background: theme.background,
      title,
      description: `${[yLabel, xLabel].filter(Boolean).join(' against ')}.`,
      marks: [
        rectangle(area, { fill: theme.panel }),
        { kind: 'group', clip: area, marks, label: 'content' },
        ...axesFrame(transform, { title, xLabel, yLabel }, theme),
        ...legendBelow(this.#legend, area, height, theme),
      ],
    };
  }

  get #legend(): LegendEntry[] {
    return this.#parts.flatMap(({ legend }) => legend ?? []);
  }

  get #area(): Rectangle {
    const { width = 400, height = 360 } = this.#options;
    return axesArea(width, height, { below: (axesWidth) => legendHeight(this.#legend, axesWidth) });
  }

  #lineStyle({ color, linewidth = 1.5, dash, alpha }: AxesLineOptions): MarkStyle & { readonly stroke: string } {
    return { stroke: this.#colorOf(color), strokeWidth: linewidth, dash, opacity: alpha };
  }

  /** The given colour, or the next one of the palette. */
  #colorOf(color: string | undefined): string {
    const palette = colorMap('tab10').colors;
    return color === undefined ? palette[this.#parts.length % palette.length] : cssColor(color);
  }

  #add(part: Part): this {
    this.#parts.push(part);
    this.changed();
    return this;
  }
}

function around(values: readonly number[]): AxisLimits {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? [0, 1] : limitsAround(finite, MARGIN, 1);
}

/** The rectangle between two values of x and of y, in the picture, smaller by a gap at the left and right. */
function areaOf(transform: AxisTransform, x: AxisLimits, y: AxisLimits, gap: number): Rectangle {
  const [left, right] = [transform.x(x[0]), transform.x(x[1])];
  const [top, bottom] = [transform.y(Math.max(...y)), transform.y(Math.min(...y))];
  return { x: left + gap, y: top, width: right - left - 2 * gap, height: bottom - top };
}
