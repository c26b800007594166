import {
  AxesDisplay,
  colorMap,
  histogram,
  PAGE_THEME,
  type AxesDisplayOptions,
  type Picture,
} from '@cherenkit/display';
import { binIndex, quantileOf, rocCurve } from '@cherenkit/kernels';
import type { ModelReconstructor } from '../model/model-description.js';
import { selectEvents, type EnergyBinMetrics, type JudgedEvents } from '../training/validation-metrics.js';

/** Predictions that plots show: those for a telescope type, or for array events. */
export interface PlottedEvents {
  readonly label: string;
  readonly events: JudgedEvents;
  readonly byEnergy: readonly EnergyBinMetrics[];
  /** Whether these are array events, which have no disp. */
  readonly isArray: boolean;
}

type Point = readonly [x: number, y: number];

/** A curve with its name in the legend. */
interface Curve {
  readonly label: string;
  readonly points: readonly Point[];
}

const SIZE = { theme: PAGE_THEME, width: 460, height: 350 };
const REFERENCE_LINE = { color: '#888888', dash: [4, 4] } as const;
const ENERGY_LABEL = 'true energy (TeV)';

/** Most points of a curve: more cannot be distinguished. */
const MAX_POINTS = 400;

/** Draws the predictions of all telescope types and of array events. */
export function validationPlots(reconstructor: ModelReconstructor, groups: readonly PlottedEvents[]): Picture[] {
  const plots = {
    EnergyRegressor: energyPlots,
    ParticleClassifier: particlePlots,
    DispReconstructor: directionPlots,
  }[reconstructor](groups);
  return [...plots, energiesPlot(groups)];
}

function energyPlots(groups: readonly PlottedEvents[]): Picture[] {
  return [
    metricPlot(groups, 'resolution', { title: 'Energy resolution', yLabel: '68 % containment of E / true E − 1' }),
    metricPlot(groups, 'bias', { title: 'Energy bias', yLabel: 'median of E / true E − 1', hasZero: true }),
    histogramsPlot(
      groups.map(({ label, events: { truth, predicted } }) => ({
        label,
        values: predicted.map((energy, i) => energy / truth[i] - 1),
      })),
      { title: 'Relative errors', xLabel: 'E / true E − 1', xLimits: [-1, 1.5] },
    ),
    ...groups.map(({ label, events: { truth, predicted } }) =>
      migrationPlot(truth, predicted, `Energy migration, ${label}`),
    ),
  ];
}

function particlePlots(groups: readonly PlottedEvents[]): Picture[] {
  const roc = ({ truth, predicted }: JudgedEvents): Point[] => {
    const { falsePositives, truePositives } = rocCurve(truth, predicted);
    const step = Math.max(1, Math.floor(falsePositives.length / MAX_POINTS));
    const shown = [...falsePositives.keys()].filter((i) => i % step === 0 || i === falsePositives.length - 1);
    return shown.map((i) => [falsePositives[i], truePositives[i]]);
  };
  const rocPlot = (title: string, curves: readonly Curve[]): Picture => {
    const axes = { title, xLabel: 'accepted background', yLabel: 'accepted signal', yLimits: [0, 1] } as const;
    return curvesPlot(curves, axes).line([[0, 0], [1, 1]], REFERENCE_LINE); // prettier-ignore
  };
  const curvesOf = (named: readonly Pick<PlottedEvents, 'label' | 'events'>[]): Curve[] =>
    named.map(({ label, events }) => ({ label, points: roc(events) }));
  const best = groups.find(({ isArray }) => isArray) ?? groups[0];
  return [
    rocPlot('Receiver operating characteristic', curvesOf(groups)),
    rocPlot(`By true energy (TeV), ${best.label}`, curvesOf(decades(best.events))),
    metricPlot(groups, 'ROC AUC', { title: 'Separation', yLabel: 'area under the ROC curve' }),
    ...groups.map(({ label, events: { truth, predicted } }) =>
      histogramsPlot(
        (['background', 'signal'] as const).map((name, isSignal) => ({
          label: name,
          color: isSignal ? 'tab:blue' : 'tab:orange',
          values: predicted.filter((_, i) => truth[i] === isSignal),
        })),
        { title: `Scores, ${label}`, xLabel: 'score of the signal', xLimits: [0, 1] },
      ),
    ),
  ];
}

function directionPlots(groups: readonly PlottedEvents[]): Picture[] {
  const squares = groups.map(({ label, events: { theta } }) => ({ label, values: theta.map((each) => each ** 2) }));
  const limit = Math.max(...groups.map(({ events: { theta } }) => quantileOf(theta, 0.68) || 0));
  return [
    metricPlot(groups, 'angular resolution', { title: 'Angular resolution', yLabel: '68 % containment (deg)' }),
    metricPlot(groups, 'accuracy', { title: 'Signs of disp', yLabel: 'fraction of correct signs' }),
    histogramsPlot(squares, {
      title: 'Distance from the true direction',
      xLabel: 'θ² (deg²)',
      xLimits: [0, 2 * limit ** 2 || 1],
    }),
    ...groups
      .filter(({ isArray }) => !isArray)
      .map(({ label, events: { truth, predicted } }) => {
        const most = quantileOf(truth.map(Math.abs), 0.99) || 1;
        const edges = Float64Array.from({ length: 41 }, (_, i) => most * (i / 20 - 1));
        return pairsPlot(truth, predicted, edges, {
          title: `disp, ${label}`,
          xLabel: 'true disp (deg)',
          yLabel: 'predicted disp (deg)',
        });
      }),
  ];
}

/** A metric per bin of energy, for all groups that have it. */
function metricPlot(
  groups: readonly PlottedEvents[],
  name: string,
  { title, yLabel, hasZero = false }: { readonly title: string; readonly yLabel: string; readonly hasZero?: boolean },
): Picture {
  const curves = groups.flatMap(({ label, byEnergy }): Curve[] => {
    const points = byEnergy
      .filter(({ metrics }) => name in metrics)
      .map(({ from, to, metrics }): Point => [Math.sqrt(from * to), metrics[name]]);
    return points.length === 0 ? [] : [{ label, points }];
  });
  const axes = curvesPlot(curves, { title, xLabel: ENERGY_LABEL, yLabel, xScale: 'log' });
  curves.forEach(({ points }, i) => axes.scatter(points, { color: colorAt(i) }));
  return hasZero ? axes.rule({ y: 0 }, REFERENCE_LINE) : axes;
}

function migrationPlot(truth: Float64Array, predicted: Float64Array, title: string): Picture {
  const limits = [...truth, ...predicted].reduce<[number, number]>(
    ([low, high], energy) => (energy > 0 ? [Math.min(low, energy), Math.max(high, energy)] : [low, high]),
    [Infinity, -Infinity],
  );
  const [low, high] = limits[0] < limits[1] ? limits.map(Math.log10) : [-2, 2];
  const edges = Float64Array.from({ length: 41 }, (_, i) => 10 ** (low + (i * (high - low)) / 40));
  const axes = { title, xLabel: ENERGY_LABEL, yLabel: 'predicted energy (TeV)', xScale: 'log', yScale: 'log' } as const;
  return pairsPlot(truth, predicted, edges, axes);
}

/** Numbers of pairs of true and predicted values in bins, with a line where both are equal. */
function pairsPlot(
  truth: Float64Array,
  predicted: Float64Array,
  edges: Float64Array,
  options: AxesDisplayOptions,
): Picture {
  const cells = counts(truth, predicted, edges).map((count) => count || NaN);
  const [low, high] = [edges[0], edges[edges.length - 1]];
  return new AxesDisplay({ ...SIZE, ...options })
    .heatMap(edges, edges, cells, { cmap: 'viridis', label: 'events' })
    .line([[low, low], [high, high]], { ...REFERENCE_LINE, color: '#d62728' }); // prettier-ignore
}

function curvesPlot(curves: readonly Curve[], options: AxesDisplayOptions): AxesDisplay {
  const axes = new AxesDisplay({ ...SIZE, ...options });
  curves.forEach(({ label, points }, i) => axes.line(points, { label, color: colorAt(i), linewidth: 2 }));
  return axes;
}

interface Distribution {
  readonly label: string;
  readonly values: Float64Array;
  /** Default: the next one of tab10. */
  readonly color?: string;
}

/** Distributions, each as the fraction of its values per bin. */
function histogramsPlot(distributions: readonly Distribution[], options: AxesDisplayOptions): Picture {
  const axes = new AxesDisplay({ ...SIZE, yLabel: 'fraction per bin', ...options });
  const range = options.xLimits ?? rangeOf(distributions);
  distributions.forEach(({ label, values, color: chosen }, i) => {
    const color = chosen ?? colorAt(i);
    const { edges, counts } = histogram(values, { bins: 40, range });
    const parts = counts.map((count) => count / Math.max(1, values.length));
    axes.bars(edges, parts, { color, alpha: 0.3 }).steps(edges, parts, { label, color });
  });
  return axes;
}

function rangeOf(distributions: readonly Distribution[]): Point {
  return distributions
    .flatMap(({ values }) => [...values])
    .filter(Number.isFinite)
    .reduce<Point>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

function colorAt(i: number): string {
  const { colors } = colorMap('tab10');
  return colors[i % colors.length];
}

function energiesPlot(groups: readonly PlottedEvents[]): Picture {
  const distributions = groups.map(({ label, events: { energy } }) => ({ label, values: energy.map(Math.log10) }));
  return histogramsPlot(distributions, { title: 'Energies', xLabel: 'log₁₀(true energy / TeV)' });
}

/** The events by decades of energy. */
function decades(events: JudgedEvents): { readonly label: string; readonly events: JudgedEvents }[] {
  const rowsOf = new Map<number, number[]>();
  events.energy.forEach((energy, row) => {
    const decade = Math.floor(Math.log10(energy) + 1e-9);
    const rows = rowsOf.get(decade) ?? [];
    rowsOf.set(decade, rows);
    rows.push(row);
  });
  return [...rowsOf]
    .sort(([a], [b]) => a - b)
    .map(([decade, rows]) => ({
      label: `${Number((10 ** decade).toPrecision(3))}–${Number((10 ** (decade + 1)).toPrecision(3))}`,
      events: selectEvents(events, rows),
    }))
    .filter(({ events: { truth } }) => truth.includes(0) && truth.includes(1));
}

/** Numbers of points in cells between edges that x and y share, row by row. */
function counts(x: Float64Array, y: Float64Array, edges: Float64Array): Float64Array {
  const nColumns = edges.length - 1;
  const cells = new Float64Array(nColumns ** 2);
  // The last cell has both of its edges.
  const cellOf = (value: number): number => (value === edges[nColumns] ? nColumns - 1 : binIndex(value, edges));
  x.forEach((value, i) => {
    const [column, row] = [cellOf(value), cellOf(y[i])];
    if (column >= 0 && row >= 0) cells[row * nColumns + column]++;
  });
  return cells;
}
