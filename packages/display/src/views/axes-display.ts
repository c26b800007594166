import { colorMap, type ColorMap } from '../color/color-map.js';
import { ColorNorm, limitsOf, type NormName, type ValueLimits } from '../color/color-norm.js';
import { cssColor } from '../color/css-color.js';
import { axesArea } from '../layout/axes-area.js';
import { axesFrame } from '../layout/axes-frame.js';
import { colorBar } from '../layout/color-bar.js';
import { legendBelow, legendHeight, type LegendEntry } from '../layout/legend.js';
import { markerMark, type MarkerName } from '../layout/marker-marks.js';
import { FONT_SIZE, themeOf, type Theme, type ThemeName } from '../layout/theme.js';
import { heatMapMarks } from '../plots/heat-map.js';
import { logLimitsAround, ScaledTransform, scaleTicks, type AxisScale } from '../plots/scaled-transform.js';
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
  /** Scales of the axes; values that are not positive are not drawn on logarithmic ones. Default: linear. */
  readonly xScale?: AxisScale;
  readonly yScale?: AxisScale;
  /** Same scale of both axes, which are linear; one of them shows more than its limits. Default: false. */
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

/** Options of {@link AxesDisplay.heatMap}. */
export interface HeatMapOptions {
  /** Colour map. Default: inferno. */
  readonly cmap?: string | ColorMap;
  /** Scale of the colours. Default: lin. */
  readonly norm?: NormName;
  /** Values of the first and the last colour. Default: smallest and largest value. */
  readonly limits?: ValueLimits | undefined;
  /** Label of the colour bar. */
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
  /** The colours of a heat map. */
  readonly colors?: { readonly map: ColorMap; readonly norm: ColorNorm; readonly label?: string | undefined };
}

const MARGIN = 0.06;

/**
 * Axes with lines, steps, points, ellipses, bars, heat maps and texts in data coordinates. Unlike plots of Observable Plot, it is
 * a picture that `subplots` places beside cameras.
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
    return this.#line(points, options, options.dash);
  }

  /** @param dash - of the line in the legend; undefined for a marker instead */
  #line(points: readonly Point[], options: AxesLineOptions, dash: readonly number[] | undefined): this {
    const { label } = options;
    const style = this.#lineStyle(options);
    const legend = label === undefined ? undefined : { label, marker: '.' as const, color: style.stroke, dash };
    const pieces: Point[][] = [[]];
    for (const point of points) {
      if (this.#isOnAxes(point)) pieces[pieces.length - 1].push(point);
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
          .filter((point) => this.#isOnAxes(point))
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

  /**
   * Draws a line of steps, one per bin; a value that is NaN interrupts it.
   *
   * @param edges - of the bins, one more than values
   */
  steps(edges: ArrayLike<number>, values: ArrayLike<number>, options: AxesLineOptions = {}): this {
    const points = Array.from(values).flatMap((value, i): Point[] => [
      [edges[i], value],
      [edges[i + 1], value],
    ]);
    return this.#line(points, options, options.dash ?? []);
  }

  /**
   * Draws values in bins of x and y as colours, with a colour bar: that of the last map, if there are several.
   *
   * @param xEdges - one more than columns
   * @param yEdges - one more than rows
   * @param values - x is the fastest; those that are NaN, or not positive on a logarithmic scale, are not drawn
   * @throws RangeError for another number of values
   */
  heatMap(
    xEdges: ArrayLike<number>,
    yEdges: ArrayLike<number>,
    values: ArrayLike<number>,
    { cmap = 'inferno', norm: name = 'lin', limits, label }: HeatMapOptions = {},
  ): this {
    const nCells = (xEdges.length - 1) * (yEdges.length - 1);
    if (values.length !== nCells) {
      throw new RangeError(`AxesDisplay.heatMap: expected ${nCells} values, found ${values.length}`);
    }
    const map = typeof cmap === 'string' ? colorMap(cmap) : cmap;
    const norm = new ColorNorm(name, limits ?? limitsOf(values, name));
    return this.#add({
      points: Array.from({ length: Math.max(xEdges.length, yEdges.length) }, (_, i): Point => [
        xEdges[Math.min(i, xEdges.length - 1)],
        yEdges[Math.min(i, yEdges.length - 1)],
      ]),
      draw: (transform) => heatMapMarks({ xEdges, yEdges, values }, transform, map, norm),
      colors: { map, norm, label },
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
    const scales = this.#scales;
    const points = this.#parts.flatMap((part) => part.points);
    // Heat maps fill the axes.
    const margin = this.#colors === undefined ? MARGIN : 0;
    const limits = [
      xLimits ??
        around(
          points.map(([x]) => x),
          scales.x,
          margin,
        ),
      yLimits ??
        around(
          points.map(([, y]) => y),
          scales.y,
          margin,
        ),
    ] as const;
    return hasEqualScales
      ? AxisTransform.withEqualScales(this.#area, ...limits)
      : new ScaledTransform(this.#area, ...limits, scales);
  }

  protected override draw(): Scene {
    const { title = '', xLabel, yLabel, width = 400, height = 360 } = this.#options;
    const { transform } = this;
    const { area } = transform;
    const theme = this.#theme;
    const scales = this.#scales;
    const colors = this.#colors;
    const ticks = {
      x: (limits: AxisLimits, count: number) => scaleTicks(scales.x, limits, count),
      y: (limits: AxisLimits, count: number) => scaleTicks(scales.y, limits, count),
    };
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
        ...axesFrame(transform, { title, xLabel, yLabel, ticks }, theme),
        ...(colors ? colorBar(area, colors.map, colors.norm, colors.label, theme) : []),
        ...legendBelow(this.#legend, area, height, theme),
      ],
    };
  }

  get #legend(): LegendEntry[] {
    return this.#parts.flatMap(({ legend }) => legend ?? []);
  }

  get #area(): Rectangle {
    const { width = 400, height = 360 } = this.#options;
    return axesArea(width, height, {
      hasColorBar: this.#colors !== undefined,
      below: (axesWidth) => legendHeight(this.#legend, axesWidth),
    });
  }

  get #scales(): { readonly x: AxisScale; readonly y: AxisScale } {
    const { xScale = 'linear', yScale = 'linear', hasEqualScales = false } = this.#options;
    return hasEqualScales ? { x: 'linear', y: 'linear' } : { x: xScale, y: yScale };
  }

  /** Colours of the last heat map. */
  get #colors(): Part['colors'] {
    return this.#parts.findLast(({ colors }) => colors !== undefined)?.colors;
  }

  #isOnAxes([x, y]: Point): boolean {
    const { x: xScale, y: yScale } = this.#scales;
    return Number.isFinite(x) && Number.isFinite(y) && (xScale === 'linear' || x > 0) && (yScale === 'linear' || y > 0);
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

function around(values: readonly number[], scale: AxisScale, margin: number): AxisLimits {
  if (scale === 'log') return logLimitsAround(values, margin);
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? [0, 1] : limitsAround(finite, margin, 1);
}

/** The rectangle between two values of x and of y, in the picture, smaller by a gap at the left and right. */
function areaOf(transform: AxisTransform, x: AxisLimits, y: AxisLimits, gap: number): Rectangle {
  const [left, right] = [transform.x(x[0]), transform.x(x[1])];
  const [top, bottom] = [transform.y(Math.max(...y)), transform.y(Math.min(...y))];
  return { x: left + gap, y: top, width: right - left - 2 * gap, height: bottom - top };
}
