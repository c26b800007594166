import { curvesPlot, heatMapPlot, histogramsPlot, type Curve } from '@cherenkit/display';
import { quantileOf, rocCurve } from '@cherenkit/kernels';
import type { ModelReconstructor } from '../model/model-description.js';
import { selectEvents, type EnergyBinMetrics, type JudgedEvents } from '../training/validation-metrics.js';
import { PAGE_THEME } from './training-report-style.js';

/** Predictions that plots show: those for a telescope type, or for array events. */
export interface PlottedEvents {
  readonly label: string;
  readonly events: JudgedEvents;
  readonly byEnergy: readonly EnergyBinMetrics[];
  /** Whether these are array events, which have no disp. */
  readonly isArray: boolean;
}

/** A plot of the report. */
interface Plot {
  toSvg(): string;
}

const COMMON = { theme: PAGE_THEME, width: 460, height: 330 };
const ENERGY_LABEL = 'true energy (TeV)';

/** Most points of a curve: more cannot be distinguished. */
const MAX_POINTS = 400;

/** Draws the predictions of all telescope types and of array events. */
export async function validationPlots(
  reconstructor: ModelReconstructor,
  groups: readonly PlottedEvents[],
): Promise<Plot[]> {
  const plots = {
    EnergyRegressor: energyPlots,
    ParticleClassifier: particlePlots,
    DispReconstructor: directionPlots,
  }[reconstructor](groups);
  return Promise.all([...plots, energiesPlot(groups)]);
}

function energyPlots(groups: readonly PlottedEvents[]): Promise<Plot>[] {
  return [
    metricPlot(groups, 'resolution', { title: 'Energy resolution', yLabel: '68 % containment of E / true E − 1' }),
    metricPlot(groups, 'bias', { title: 'Energy bias', yLabel: 'median of E / true E − 1', hasZero: true }),
    histogramsPlot(
      groups.map(({ label, events: { truth, predicted } }) => ({
        label,
        values: predicted.map((energy, i) => energy / truth[i] - 1),
      })),
      { ...COMMON, title: 'Relative errors', xLabel: 'E / true E − 1', range: [-1, 1.5] },
    ),
    ...groups.map(({ label, events: { truth, predicted } }) =>
      migrationPlot(truth, predicted, `Energy migration, ${label}`),
    ),
  ];
}

function particlePlots(groups: readonly PlottedEvents[]): Promise<Plot>[] {
  const roc = ({ truth, predicted }: JudgedEvents): Curve['points'] => {
    const { falsePositives, truePositives } = rocCurve(truth, predicted);
    const step = Math.max(1, Math.floor(falsePositives.length / MAX_POINTS));
    const shown = [...falsePositives.keys()].filter((i) => i % step === 0 || i === falsePositives.length - 1);
    return shown.map((i) => [falsePositives[i], truePositives[i]]);
  };
  const axes = { xLabel: 'accepted background', yLabel: 'accepted signal', yLimits: [0, 1], ...COMMON } as const;
  const chance: Curve = { points: [[0, 0], [1, 1]], color: '#888888', dash: [4, 4] }; // prettier-ignore
  const best = groups.find(({ isArray }) => isArray) ?? groups[0];
  return [
    curvesPlot([...groups.map(({ label, events }) => ({ label, points: roc(events) })), chance], {
      title: 'Receiver operating characteristic',
      ...axes,
    }),
    curvesPlot([...decades(best.events).map(({ label, events }) => ({ label, points: roc(events) })), chance], {
      title: `By true energy (TeV), ${best.label}`,
      ...axes,
    }),
    metricPlot(groups, 'ROC AUC', { title: 'Separation', yLabel: 'area under the ROC curve' }),
    ...groups.map(({ label, events: { truth, predicted } }) =>
      histogramsPlot(
        (['background', 'signal'] as const).map((name, isSignal) => ({
          label: name,
          color: isSignal ? 'tab:blue' : 'tab:orange',
          values: predicted.filter((_, i) => truth[i] === isSignal),
        })),
        { ...COMMON, title: `Scores, ${label}`, xLabel: 'score of the signal', range: [0, 1] },
      ),
    ),
  ];
}

function directionPlots(groups: readonly PlottedEvents[]): Promise<Plot>[] {
  const squares = groups.map(({ label, events: { theta } }) => ({ label, values: theta.map((each) => each ** 2) }));
  const limit = Math.max(...groups.map(({ events: { theta } }) => quantileOf(theta, 0.68) || 0));
  return [
    metricPlot(groups, 'angular resolution', { title: 'Angular resolution', yLabel: '68 % containment (deg)' }),
    metricPlot(groups, 'accuracy', { title: 'Signs of disp', yLabel: 'fraction of correct signs' }),
    histogramsPlot(squares, {
      ...COMMON,
      title: 'Distance from the true direction',
      xLabel: 'θ² (deg²)',
      range: [0, 2 * limit ** 2 || 1],
    }),
    ...groups
      .filter(({ isArray }) => !isArray)
      .map(({ label, events: { truth, predicted } }) => {
        const most = quantileOf(truth.map(Math.abs), 0.99) || 1;
        const edges = Array.from({ length: 41 }, (_, i) => most * (i / 20 - 1));
        return heatMapPlot(edges, edges, counts(truth, predicted, edges, edges), {
          ...COMMON,
          title: `disp, ${label}`,
          xLabel: 'true disp (deg)',
          yLabel: 'predicted disp (deg)',
          hasDiagonal: true,
        });
      }),
  ];
}

/** A metric per bin of energy, for all groups that have it. */
function metricPlot(
  groups: readonly PlottedEvents[],
  name: string,
  { title, yLabel, hasZero = false }: { readonly title: string; readonly yLabel: string; readonly hasZero?: boolean },
): Promise<Plot> {
  const curves = groups.flatMap(({ label, byEnergy }): Curve[] => {
    const points = byEnergy
      .filter(({ metrics }) => name in metrics)
      .map(({ from, to, metrics }): [number, number] => [Math.sqrt(from * to), metrics[name]]);
    return points.length === 0 ? [] : [{ label, points, hasDots: true }];
  });
  const energies = curves.flatMap(({ points }) => points.map(([energy]) => energy));
  const zero: Curve[] =
    hasZero && energies.length > 0
      ? [{ points: [[Math.min(...energies), 0], [Math.max(...energies), 0]], color: '#888888', dash: [4, 4] }] // prettier-ignore
      : [];
  return curvesPlot([...curves, ...zero], { ...COMMON, title, xLabel: ENERGY_LABEL, yLabel, xScale: 'log' });
}

function migrationPlot(truth: Float64Array, predicted: Float64Array, title: string): Promise<Plot> {
  const limits = [...truth, ...predicted].reduce<[number, number]>(
    ([low, high], energy) => (energy > 0 ? [Math.min(low, energy), Math.max(high, energy)] : [low, high]),
    [Infinity, -Infinity],
  );
  const [low, high] = limits[0] < limits[1] ? limits.map(Math.log10) : [-2, 2];
  const edges = Array.from({ length: 41 }, (_, i) => 10 ** (low + (i * (high - low)) / 40));
  return heatMapPlot(edges, edges, counts(truth, predicted, edges, edges), {
    ...COMMON,
    title,
    xLabel: ENERGY_LABEL,
    yLabel: 'predicted energy (TeV)',
    xScale: 'log',
    yScale: 'log',
    hasDiagonal: true,
  });
}

function energiesPlot(groups: readonly PlottedEvents[]): Promise<Plot> {
  const distributions = groups.map(({ label, events: { energy } }) => ({ label, values: energy.map(Math.log10) }));
  return histogramsPlot(distributions, { ...COMMON, title: 'Energies', xLabel: 'log₁₀(true energy / TeV)' });
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

/** Numbers of points in cells, row by row. */
function counts(x: Float64Array, y: Float64Array, xEdges: readonly number[], yEdges: readonly number[]): Float64Array {
  const nColumns = xEdges.length - 1;
  const cells = new Float64Array(nColumns * (yEdges.length - 1));
  const cellOf = (value: number, edges: readonly number[]): number => {
    let [low, high] = [0, edges.length - 1];
    if (!(value >= edges[low] && value <= edges[high])) return -1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (value >= edges[middle]) low = middle;
      else high = middle;
    }
    return low;
  };
  x.forEach((value, i) => {
    const [column, row] = [cellOf(value, xEdges), cellOf(y[i], yEdges)];
    if (column >= 0 && row >= 0) cells[row * nColumns + column]++;
  });
  return cells;
}
