import { degrees } from '@cherenkit/kernels';
import type * as Plot from '@observablehq/plot';
import { cssColor } from '../color/css-color.js';
import { themeOf } from '../layout/theme.js';
import { limitsAround } from '../scene/axis-transform.js';
import { histogram, quantile } from './histogram.js';
import { decadeFormat, loadPlot, plotPicture } from './draw-plot.js';
import type { PlotPicture, PlotPictureOptions } from './plot-picture.js';

const COLOR = '#1f77b4';
const ACCENT = '#d62728';
/** Factor by which an axis is longer than the largest value. */
const HEADROOM = 1.06;

/** Options of {@link histogramPlot}. */
export interface HistogramOptions extends PlotPictureOptions {
  /** Number of bins. Default: 25. */
  readonly bins?: number;
  /** Default: smallest and largest value. */
  readonly range?: readonly [low: number, high: number] | undefined;
}

/**
 * Histogram of values; those that are not finite are left out.
 *
 * @example
 * ```ts
 * const showers = await readTable('events.dl2.h5', '/simulation/event/subarray/shower');
 * const plot = await histogramPlot(showers.numbers('true_h_first_int', 'km'), { xLabel: 'first interaction (km)' });
 * await writePicture('first-interaction.svg', plot);
 * ```
 */
export async function histogramPlot(values: ArrayLike<number>, options: HistogramOptions = {}): Promise<PlotPicture> {
  const library = await loadPlot();
  const { bars, description } = barsOf(values, options);
  const { color = COLOR, yLabel = 'number' } = options;
  const style = { x1: 'from', x2: 'to', y: 'count', fill: cssColor(color), inset: 0.5 };
  const marks = [library.rectY(bars, style), library.ruleY([0])];
  return plotPicture(library, marks, description, { ...options, yLabel }, { y: countScale(bars) });
}

/** Options of {@link thetaSquaredPlot}. */
export interface ThetaSquaredOptions extends HistogramOptions {
  /** Part of the events within the radius that is marked; undefined for no mark. Default: 0.68. */
  readonly containment?: number | undefined;
}

/**
 * Distribution of the squared angular distance from the true direction, with the radius that contains 68 % of the events.
 *
 * @param theta - rad
 * @param options - `range` in deg². Default: 0 to 0.3
 */
export async function thetaSquaredPlot(
  theta: ArrayLike<number>,
  { containment = 0.68, range = [0, 0.3], ...options }: ThetaSquaredOptions = {},
): Promise<PlotPicture> {
  const library = await loadPlot();
  const squared = Array.from(theta, (angle) => degrees(angle) ** 2);
  const { bars, description } = barsOf(squared, { ...options, range });
  const radius = quantile(squared, containment);
  const { color = COLOR } = options;
  const beyond = squared.filter((value) => value > range[1]).length;
  const hidden = beyond === 0 ? [] : [`${beyond} of ${squared.length} not shown`];
  const label = [`${Math.round(100 * containment)} % within ${Math.sqrt(radius).toFixed(2)}°`, ...hidden].join('\n');
  const isVisible = radius <= range[1];
  const marks = [
    library.rectY(bars, { x1: 'from', x2: 'to', y: 'count', fill: cssColor(color), inset: 0.5 }),
    library.ruleY([0]),
    ...(isVisible ? [library.ruleX([radius], { stroke: ACCENT, strokeDasharray: '5 4', strokeWidth: 1.5 })] : []),
    library.text([label], {
      frameAnchor: isVisible ? 'top' : 'top-right',
      ...(isVisible
        ? { x: [radius], textAnchor: radius > range[1] / 2 ? 'end' : 'start', dx: radius > range[1] / 2 ? -6 : 6 }
        : { dx: -8 }),
      dy: 8,
      fill: ACCENT,
      stroke: themeOf(options.theme ?? 'light').background,
      strokeWidth: 4,
    }),
  ];
  const texts = { xLabel: 'θ² (deg²)', yLabel: 'events', ...options };
  return plotPicture(library, marks, `${description} ${label.replace('\n', ', ')}.`, texts, {
    x: { domain: range },
    y: countScale(bars),
  });
}

/** Options of {@link scatterPlot}. */
export interface ScatterPlotOptions extends PlotPictureOptions {
  readonly xScale?: 'linear' | 'log';
  readonly yScale?: 'linear' | 'log';
  /** Radius of the points, CSS pixels. Default: 3.5. */
  readonly radius?: number;
}

/**
 * Points; those with a coordinate that is not finite, or not positive on a logarithmic axis, are left out.
 *
 * @throws RangeError for different numbers of x and y
 */
export async function scatterPlot(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: ScatterPlotOptions = {},
): Promise<PlotPicture> {
  if (x.length !== y.length) {
    throw new RangeError(`scatterPlot: expected as many y as x, found ${x.length} x and ${y.length} y`);
  }
  const library = await loadPlot();
  const { xScale = 'linear', yScale = 'linear', radius = 3.5, color = COLOR } = options;
  const points = Array.from(x, (value, i) => ({ x: value, y: y[i] })).filter(
    (point) => isOn(point.x, xScale) && isOn(point.y, yScale),
  );
  const marks = [library.dot(points, { x: 'x', y: 'y', r: radius, fill: cssColor(color), fillOpacity: 0.7 })];
  const description = `${points.length} points${left(x.length - points.length)}.`;
  const [xValues, yValues] = [points.map((point) => point.x), points.map((point) => point.y)];
  const scales = {
    x: { grid: true, ...scaleOf(xScale, xValues) },
    y: { tickSpacing: 50, ...scaleOf(yScale, yValues) },
  };
  return plotPicture(library, marks, description, options, scales);
}

/** Options of {@link resolutionPlot}. */
export interface ResolutionOptions extends PlotPictureOptions {
  /** Bins per decade of energy. Default: 4. */
  readonly perDecade?: number;
  /** Part of the events whose error is below the resolution. Default: 0.68. */
  readonly containment?: number;
  /** Draw the median of the errors as well: the bias. Default: false. */
  readonly withBias?: boolean;
  /** Smallest number of events in a bin that is drawn. Default: 3. */
  readonly minEvents?: number;
}

/** Resolution in a bin of energy. */
export interface ResolutionBin {
  /** Edges of the bin, TeV. */
  readonly from: number;
  readonly to: number;
  readonly nEvents: number;
  /** Value below which the containment of the absolute errors lies. */
  readonly resolution: number;
  /** Median of the errors. */
  readonly bias: number;
}

/** Resolution and bias in bins of the logarithm of the energy; bins without events are left out. */
export function resolutionBins(
  energy: ArrayLike<number>,
  error: ArrayLike<number>,
  { perDecade = 4, containment = 0.68 }: Pick<ResolutionOptions, 'perDecade' | 'containment'> = {},
): ResolutionBin[] {
  const byBin = new Map<number, number[]>();
  for (let i = 0; i < energy.length; i++) {
    if (!(energy[i] > 0 && Number.isFinite(energy[i]) && Number.isFinite(error[i]))) continue;
    const bin = Math.floor(Math.log10(energy[i]) * perDecade);
    const errors = byBin.get(bin) ?? [];
    errors.push(error[i]);
    byBin.set(bin, errors);
  }
  return [...byBin]
    .sort(([a], [b]) => a - b)
    .map(([bin, errors]) => ({
      from: 10 ** (bin / perDecade),
      to: 10 ** ((bin + 1) / perDecade),
      nEvents: errors.length,
      resolution: quantile(errors.map(Math.abs), containment),
      bias: quantile(errors, 0.5),
    }));
}

/**
 * Resolution against energy: the value below which 68 % of the absolute errors lie, per bin of the true energy.
 *
 * @param energy - true energy of each event, TeV
 * @param error - of each event: the angular distance in deg, or the relative error of the energy
 */
export async function resolutionPlot(
  energy: ArrayLike<number>,
  error: ArrayLike<number>,
  options: ResolutionOptions = {},
): Promise<PlotPicture> {
  if (energy.length !== error.length) {
    throw new RangeError(
      `resolutionPlot: expected as many errors as energies, found ${energy.length} and ${error.length}`,
    );
  }
  const library = await loadPlot();
  const { color = COLOR, withBias = false, minEvents = 3, containment = 0.68 } = options;
  const bins = resolutionBins(energy, error, options)
    .filter(({ nEvents }) => nEvents >= minEvents)
    .map((bin) => ({ ...bin, middle: Math.sqrt(bin.from * bin.to) }));
  const line = (y: 'resolution' | 'bias', stroke: string): ReturnType<typeof library.dot>[] => [
    library.ruleY(bins, { x1: 'from', x2: 'to', y, stroke, strokeWidth: 2 }),
    library.dot(bins, { x: 'middle', y, fill: stroke, r: 4 }),
  ];
  const marks = [
    ...line('resolution', cssColor(color)),
    ...(withBias ? [...line('bias', ACCENT), library.ruleY([0], { strokeOpacity: 0.5 })] : []),
  ];
  const values = bins.flatMap(({ resolution, bias }) => (withBias ? [resolution, bias] : [resolution]));
  const lowest = values.reduce((low, value) => Math.min(low, HEADROOM * value), 0);
  const highest = values.reduce((high, value) => Math.max(high, value), 0);
  const percent = Math.round(100 * containment);
  const texts = { xLabel: 'true energy (TeV)', yLabel: `${percent} % containment`, ...options };
  const description = `${percent} % containment of ${energy.length} events in ${bins.length} bins of energy.`;
  const tickFormat = decadeFormat(bins.flatMap(({ from, to }) => [from, to]));
  const scales = {
    x: { type: 'log', grid: true, tickFormat } as const,
    y: { domain: [lowest, HEADROOM * highest || 1], nice: true },
  };
  return plotPicture(library, marks, description, texts, scales);
}

function barsOf(
  values: ArrayLike<number>,
  { bins, range }: Pick<HistogramOptions, 'bins' | 'range'>,
): { readonly bars: readonly { from: number; to: number; count: number }[]; readonly description: string } {
  const { edges, counts, outside } = histogram(values, { ...(bins !== undefined && { bins }), range });
  const bars = Array.from(counts, (count, i) => ({ from: edges[i], to: edges[i + 1], count }));
  const inside = counts.reduce((sum, count) => sum + count, 0);
  return { bars, description: `Histogram of ${inside} values${left(outside)} in ${counts.length} bins.` };
}

/** A scale with space around values, also around a single one. */
function scaleOf(type: 'linear' | 'log', values: readonly number[]): Plot.ScaleOptions {
  if (values.length === 0) return { type };
  if (type === 'linear') return { type, nice: true, domain: limitsAround(values, 0.04, 0.5) };
  const [low, high] = limitsAround(values.map(Math.log10), 0.04, 0.3);
  return { type, nice: true, domain: [10 ** low, 10 ** high], tickFormat: decadeFormat(values) };
}

/** Ticks at whole numbers, and space above the highest bar. */
function countScale(bars: readonly { readonly count: number }[]): Plot.ScaleOptions {
  const most = bars.reduce((max, { count }) => Math.max(max, count), 1);
  return { ticks: Math.min(6, most), domain: [0, HEADROOM * most] };
}

function left(count: number): string {
  return count === 0 ? '' : ` (${count} are outside)`;
}

function isOn(value: number, scale: 'linear' | 'log'): boolean {
  return Number.isFinite(value) && (scale === 'linear' || value > 0);
}
