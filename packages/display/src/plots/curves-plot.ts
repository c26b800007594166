import type * as Plot from '@observablehq/plot';
import { colorMap } from '../color/color-map.js';
import { cssColor } from '../color/css-color.js';
import { textWidth } from '../layout/text-width.js';
import { FONT_SIZE, themeOf } from '../layout/theme.js';
import { decadeFormat, loadPlot, plotPicture, type PlotLibrary } from './draw-plot.js';
import { histogram } from './histogram.js';
import type { PlotPicture, PlotPictureOptions } from './plot-picture.js';

/** A curve of {@link curvesPlot}. */
export interface Curve {
  /** x and y of each point; a point that is not finite interrupts the line. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Name in the legend. Default: not in the legend. */
  readonly label?: string | undefined;
  /** Default: the next one of tab10. */
  readonly color?: string | undefined;
  /** Lengths of dashes and gaps, CSS pixels. */
  readonly dash?: readonly number[] | undefined;
  /** Draw a dot at each point. Default: false. */
  readonly hasDots?: boolean | undefined;
}

/** Options of {@link curvesPlot}. */
export interface CurvesPlotOptions extends PlotPictureOptions {
  readonly xScale?: 'linear' | 'log' | undefined;
  readonly yScale?: 'linear' | 'log' | undefined;
  /** Limits of the axes. Default: those of the points. */
  readonly xLimits?: readonly [low: number, high: number] | undefined;
  readonly yLimits?: readonly [low: number, high: number] | undefined;
}

/**
 * Curves with a legend. Points that are not positive are left out on a logarithmic axis.
 *
 * @example
 * ```ts
 * const roc = { label: 'LST', points: [[0, 0], [0.05, 0.8], [1, 1]] } as const;
 * const plot = await curvesPlot([roc], { xLabel: 'false positives', yLabel: 'true positives', yLimits: [0, 1] });
 * await writePicture('roc.svg', plot);
 * ```
 */
export async function curvesPlot(curves: readonly Curve[], options: CurvesPlotOptions = {}): Promise<PlotPicture> {
  const library = await loadPlot();
  const { xScale = 'linear', yScale = 'linear', xLimits, yLimits } = options;
  const isOn = (value: number, scale: string): boolean => Number.isFinite(value) && (scale === 'linear' || value > 0);
  const drawn = curves.map((curve, i) => ({
    ...curve,
    color: colorOf(curve.color, i),
    points: curve.points.map(([x, y]) => (isOn(x, xScale) && isOn(y, yScale) ? { x, y } : { x: NaN, y: NaN })),
  }));
  const marks = drawn.flatMap(({ points, color, dash, hasDots = false }) => [
    library.line(points, {
      x: 'x',
      y: 'y',
      stroke: color,
      strokeWidth: 2,
      ...(dash && { strokeDasharray: dash.join(' ') }),
      clip: true,
    }),
    ...(hasDots ? [library.dot(points, { x: 'x', y: 'y', fill: color, r: 3.5, clip: true })] : []),
  ]);
  const values = (axis: 'x' | 'y', limits: readonly [number, number] | undefined): number[] => [
    ...(limits ?? drawn.flatMap(({ points }) => points.map((point) => point[axis]).filter(Number.isFinite))),
  ];
  const scale = (type: 'linear' | 'log', axis: 'x' | 'y', domain?: readonly [number, number]): Plot.ScaleOptions => ({
    type,
    ...(domain ? { domain } : type === 'log' ? { domain: around(values(axis, domain)) } : { nice: true }),
    ...(type === 'log' && { tickFormat: decadeFormat(values(axis, domain)) }),
  });
  const description = `${drawn.length} curves${listed(drawn)}.`;
  return plotPicture(library, [...marks, ...legend(library, drawn, options)], description, options, {
    x: { grid: true, ...scale(xScale, 'x', xLimits) },
    y: scale(yScale, 'y', yLimits),
    marginTop: marginTop(options, drawn),
  });
}

/** Values of {@link histogramsPlot}. */
export interface Distribution {
  readonly values: ArrayLike<number>;
  readonly label?: string | undefined;
  /** Default: the next one of tab10. */
  readonly color?: string | undefined;
}

/** Options of {@link histogramsPlot}. */
export interface HistogramsPlotOptions extends PlotPictureOptions {
  /** Number of bins. Default: 40. */
  readonly bins?: number;
  /** Default: smallest and largest of all values. */
  readonly range?: readonly [low: number, high: number] | undefined;
}

/** Distributions of several sets of values on the same axes, each as the fraction of its values per bin. */
export async function histogramsPlot(
  distributions: readonly Distribution[],
  options: HistogramsPlotOptions = {},
): Promise<PlotPicture> {
  const library = await loadPlot();
  const { bins = 40, yLabel = 'fraction per bin' } = options;
  const range = options.range ?? rangeOf(distributions);
  const drawn = distributions.map(({ values, label, color }, i) => {
    const { edges, counts } = histogram(values, { bins, range });
    const bars = Array.from(counts, (count, bin) => ({
      from: edges[bin],
      to: edges[bin + 1],
      part: count / Math.max(1, values.length),
    }));
    return { bars, label, color: colorOf(color, i) };
  });
  const marks = drawn.flatMap(({ bars, color }) => [
    library.rectY(bars, { x1: 'from', x2: 'to', y: 'part', fill: color, fillOpacity: 0.3 }),
    library.line(
      bars.flatMap(({ from, to, part }) => [
        { x: from, y: part },
        { x: to, y: part },
      ]),
      { x: 'x', y: 'y', stroke: color, strokeWidth: 1.5 },
    ),
  ]);
  const description = `${drawn.length} distributions${listed(drawn)} in ${bins} bins.`;
  const all = [...marks, library.ruleY([0]), ...legend(library, drawn, options)];
  return plotPicture(
    library,
    all,
    description,
    { ...options, yLabel },
    {
      x: { domain: range },
      y: { zero: true, nice: true },
      marginTop: marginTop(options, drawn),
    },
  );
}

/** Options of {@link heatMapPlot}. */
export interface HeatMapPlotOptions extends PlotPictureOptions {
  readonly xScale?: 'linear' | 'log' | undefined;
  readonly yScale?: 'linear' | 'log' | undefined;
  /** Colour map. Default: viridis. */
  readonly cmap?: string | undefined;
  /** Draw the line of equal x and y. Default: false. */
  readonly hasDiagonal?: boolean | undefined;
}

/**
 * Values of the cells between edges, as colours; cells of 0 or NaN are empty.
 *
 * @param xEdges - one more than columns
 * @param yEdges - one more than rows
 * @param values - row by row, the row of the smallest y first
 * @throws RangeError if there are not as many values as cells
 */
export async function heatMapPlot(
  xEdges: ArrayLike<number>,
  yEdges: ArrayLike<number>,
  values: ArrayLike<number>,
  options: HeatMapPlotOptions = {},
): Promise<PlotPicture> {
  const [nColumns, nRows] = [xEdges.length - 1, yEdges.length - 1];
  if (values.length !== nColumns * nRows) {
    throw new RangeError(`heatMapPlot: expected ${nColumns} x ${nRows} values, found ${values.length}`);
  }
  const library = await loadPlot();
  const { xScale = 'linear', yScale = 'linear', cmap = 'viridis', hasDiagonal = false } = options;
  const { colors } = colorMap(cmap);
  const largest = Array.from(values).reduce((most, value) => (value > most ? value : most), 0);
  const cells = Array.from(values, (value, i) => {
    const [column, row] = [i % nColumns, Math.floor(i / nColumns)];
    const color = colors[Math.min(colors.length - 1, Math.floor((value / largest) * colors.length))];
    return { x1: xEdges[column], x2: xEdges[column + 1], y1: yEdges[row], y2: yEdges[row + 1], value, color };
  }).filter(({ value }) => value > 0);
  const limits = (edges: ArrayLike<number>): [number, number] => [edges[0], edges[edges.length - 1]];
  const [xLimits, yLimits] = [limits(xEdges), limits(yEdges)];
  const diagonal = [Math.max(xLimits[0], yLimits[0]), Math.min(xLimits[1], yLimits[1])].map((value) => ({ value }));
  const marks = [
    library.rect(cells, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'color', inset: -0.25 }),
    ...(hasDiagonal
      ? [library.line(diagonal, { x: 'value', y: 'value', stroke: '#d62728', strokeDasharray: '5 4', clip: true })]
      : []),
  ];
  const scale = (type: 'linear' | 'log', domain: [number, number]): Plot.ScaleOptions => ({
    type,
    domain,
    ...(type === 'log' && { tickFormat: decadeFormat(domain) }),
  });
  const description = `${nColumns} x ${nRows} cells, ${cells.length} of which have a value, at most ${Number(largest.toPrecision(3))}.`;
  return plotPicture(library, marks, description, options, { x: scale(xScale, xLimits), y: scale(yScale, yLimits) });
}

interface Named {
  readonly label?: string | undefined;
  readonly color: string;
}

/** Limits of a logarithmic axis: those of the values, with a margin. */
function around(values: readonly number[]): [number, number] {
  const [low, high] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, 0]);
  if (!(low <= high)) return [0.1, 10];
  const margin = low === high ? 2 : (high / low) ** 0.03;
  return [low / margin, high * margin];
}

/** Height of a legend above the axes, CSS pixels. */
const LEGEND_HEIGHT = 20;
/** Place of its first entry, left of the axes. */
const LEGEND_LEFT = -54;
const SWATCH = 18;
const GAP = 12;

/** Names beside their colours, in a row above the axes. */
function legend(
  library: PlotLibrary,
  named: readonly Named[],
  { theme = 'light' }: PlotPictureOptions,
): Plot.Markish[] {
  const { text } = themeOf(theme);
  let left = LEGEND_LEFT;
  return named.flatMap(({ label, color }) => {
    if (label === undefined) return [];
    const dx = left;
    left += SWATCH + textWidth(label, FONT_SIZE.tick) + GAP;
    const place = { frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'middle', dy: -12 } as const;
    return [
      library.text(['\u2501'], { ...place, dx, fill: color }),
      library.text([label], { ...place, dx: dx + SWATCH - 4, fill: text }),
    ];
  });
}

function marginTop({ title = '' }: PlotPictureOptions, named: readonly Named[]): number {
  return (title ? 44 : 20) + (named.some(({ label }) => label !== undefined) ? LEGEND_HEIGHT : 0);
}

function listed(named: readonly Named[]): string {
  const labels = named.flatMap(({ label }) => label ?? []);
  return labels.length === 0 ? '' : `: ${labels.join(', ')}`;
}

function colorOf(color: string | undefined, i: number): string {
  const palette = colorMap('tab10').colors;
  return color === undefined ? palette[i % palette.length] : cssColor(color);
}

function rangeOf(distributions: readonly Distribution[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of distributions) {
    for (const value of Array.from(values).filter(Number.isFinite)) {
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
  }
  return low < high ? [low, high] : Number.isFinite(low) ? [low - 0.5, low + 0.5] : [0, 1];
}
