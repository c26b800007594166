import { accuracyOf, angularResolution, areaUnderRoc, determination, relativeErrors } from '@cherenkit/kernels';
import type { ModelReconstructor } from '../model/model-description.js';

/** True and predicted values of events. */
export interface JudgedEvents {
  /** True energies, TeV. */
  readonly energy: Float64Array;
  /** True values: energies in TeV, 1 for signal and 0 for background, or disp in deg. */
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  /** Distances of predicted from true directions, deg; empty for models of energy and particle type. */
  readonly theta: Float64Array;
}

/** Values of metrics by their names; those that are not defined are missing. */
export type Metrics = Readonly<Record<string, number>>;

/** Metrics of the events in a range of true energy. */
export interface EnergyBinMetrics {
  /** Edges of the range, TeV. */
  readonly from: number;
  readonly to: number;
  readonly nEvents: number;
  readonly metrics: Metrics;
}

type Metric = (events: JudgedEvents) => Metrics;

const ofEnergies: Metric = ({ truth, predicted }) => ({
  'R^2': determination(truth, predicted),
  ...relativeErrors(truth, predicted),
});
const ofParticles: Metric = ({ truth, predicted }) => ({ 'ROC AUC': areaUnderRoc(truth, predicted) });
const ofDirections: Metric = ({ theta }) => ({ 'angular resolution': angularResolution(theta) });
const ofDisps: Metric = (events) => ({
  'R^2': determination(events.truth.map(Math.abs), events.predicted.map(Math.abs)),
  accuracy: accuracyOf(events.truth.map(Math.sign), events.predicted.map(Math.sign)),
  ...ofDirections(events),
});

/** Metrics of the predictions for telescopes, and of those for array events. */
const METRICS: Readonly<Record<'telescope' | 'array', Readonly<Record<ModelReconstructor, Metric>>>> = {
  telescope: { EnergyRegressor: ofEnergies, ParticleClassifier: ofParticles, DispReconstructor: ofDisps },
  array: { EnergyRegressor: ofEnergies, ParticleClassifier: ofParticles, DispReconstructor: ofDirections },
};

/** Units of metrics that have one. */
const UNITS: Readonly<Record<string, string>> = { 'angular resolution': 'deg' };

/** Coefficients of determination depend on the range of the values, and have no meaning in a bin. */
const NOT_IN_BINS = 'R^2';

const BINS_PER_DECADE = 5;

/** Smallest number of events of a bin. */
const MIN_EVENTS = 10;

/**
 * Computes the metrics of a model.
 *
 * @param level - whether predictions are for telescopes or for array events
 */
export function metricsOf(
  reconstructor: ModelReconstructor,
  level: 'telescope' | 'array',
  events: JudgedEvents,
): Metrics {
  const metrics = METRICS[level][reconstructor](events);
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
}

/** Computes the metrics in bins of true energy, five per decade. Bins with less than 10 events are left out. */
export function metricsByEnergy(
  reconstructor: ModelReconstructor,
  level: 'telescope' | 'array',
  events: JudgedEvents,
): EnergyBinMetrics[] {
  const rowsOf = new Map<number, number[]>();
  events.energy.forEach((energy, row) => {
    if (!(energy > 0)) return;
    // Energies on an edge belong to the bin above it, in spite of rounding.
    const bin = Math.floor(Math.log10(energy) * BINS_PER_DECADE + 1e-9);
    const rows = rowsOf.get(bin) ?? [];
    rowsOf.set(bin, rows);
    rows.push(row);
  });
  return [...rowsOf]
    .filter(([, rows]) => rows.length >= MIN_EVENTS)
    .sort(([a], [b]) => a - b)
    .map(([bin, rows]) => {
      const { [NOT_IN_BINS]: _, ...metrics } = metricsOf(reconstructor, level, selectEvents(events, rows));
      const [from, to] = [bin, bin + 1].map((edge) => 10 ** (edge / BINS_PER_DECADE));
      return { from, to, nEvents: rows.length, metrics };
    })
    .filter(({ metrics }) => Object.keys(metrics).length > 0);
}

/** A metric with its unit: `bias 0.0123`. */
export function metricText(name: string, value: number, spread?: number): string {
  const unit = UNITS[name];
  const number = `${value.toFixed(4)}${spread === undefined ? '' : ` ± ${spread.toFixed(4)}`}`;
  return `${name} ${number}${unit === undefined ? '' : ` ${unit}`}`;
}

/** Name of a metric as a title: `angular resolution (deg)`. */
export function metricTitle(name: string): string {
  const unit = UNITS[name];
  return `${name.replace('^2', '²')}${unit === undefined ? '' : ` (${unit})`}`;
}

/** The events of some rows. */
export function selectEvents(events: JudgedEvents, rows: readonly number[]): JudgedEvents {
  const select = (values: Float64Array): Float64Array =>
    values.length === 0 ? values : Float64Array.from(rows, (row) => values[row]);
  const { energy, truth, predicted, theta } = events;
  return { energy: select(energy), truth: select(truth), predicted: select(predicted), theta: select(theta) };
}
