import type { SubarrayDescription } from '@cherenkit/core';
import {
  ArrayDisplay,
  histogramPlot,
  PAGE_THEME,
  quantile,
  resolutionPlot,
  scatterPlot,
  thetaSquaredPlot,
  type PlotPictureOptions,
} from '@cherenkit/display';
import { radians } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import type { ChargeHistograms } from './charge-histograms.js';

/** A picture of the report. */
interface Plot {
  toSvg(): string;
}

const SIZE = { width: 460, height: 320, theme: PAGE_THEME };
/** Points of a scatter plot; more make pages slow. */
const MAX_POINTS = 3000;
/** Events below which resolutions have no meaning. */
const MIN_EVENTS = 10;
/** Range of differences from the truth that is drawn, in units of the value that contains 95 % of them. */
const MARGIN = 1.5;

/** Draws the distributions of a run, those for which there are values. */
export async function reportPlots(
  table: Table,
  charges: ChargeHistograms,
  subarray: SubarrayDescription,
): Promise<Plot[]> {
  const has = (...names: string[]): boolean => names.every((name) => table.has(name));
  const plots: Plot[] = [];
  if (has('theta')) {
    const theta = table.numbers('theta');
    const range = [0, 4 * containing(theta, 0.68) ** 2 || 0.3] as const;
    plots.push(
      await thetaSquaredPlot(theta.map(radians), { title: 'Distance from the true direction', range, ...SIZE }),
    );
    if (table.nRows >= MIN_EVENTS) {
      const texts = { title: 'Angular resolution', yLabel: '68 % containment (deg)' };
      plots.push(await resolutionPlot(table.numbers('true_energy'), theta, { ...texts, ...SIZE }));
    }
    plots.push(await residuals(table, ['delta_lon', 'delta_lat'], 'deg', 'Found minus true direction'));
  }
  if (has('energy', 'true_energy') && table.nRows >= MIN_EVENTS) {
    const energy = table.numbers('true_energy');
    const errors = table.numbers('energy').map((found, i) => found / energy[i] - 1);
    const texts = { title: 'Energy resolution and bias', yLabel: 'relative error: 68 %, median' };
    plots.push(await resolutionPlot(energy, errors, { ...texts, withBias: true, ...SIZE }));
  }
  if (has('core_error')) {
    if (table.nRows >= MIN_EVENTS) {
      const texts = { title: 'Core resolution', yLabel: '68 % containment (m)' };
      plots.push(
        await resolutionPlot(table.numbers('true_energy'), table.numbers('core_error'), { ...texts, ...SIZE }),
      );
    }
    const shifts = table.withColumn('delta_x', 'core_x - true_core_x').withColumn('delta_y', 'core_y - true_core_y');
    plots.push(await residuals(shifts, ['delta_x', 'delta_y'], 'm', 'Found minus true core'));
  }
  const charge = charges.picture(SIZE);
  if (charge) plots.push(charge);
  if (has('true_core_x')) plots.push(impactMap(table, subarray));
  if (!has('theta') && has('h_max')) {
    plots.push(await histogramPlot(table.numbers('h_max'), { title: 'Height of the maximum', xLabel: 'km', ...SIZE }));
  }
  return plots;
}

/** Scatter plot of two differences, without the outliers. */
async function residuals(table: Table, [x, y]: readonly [string, string], unit: string, title: string): Promise<Plot> {
  const sizes = table.numbers(x).map((value, row) => Math.hypot(value, table.numbers(y)[row]));
  const limit = MARGIN * containing(sizes, 0.95);
  const within = table.filter(Array.from(sizes, (size) => size <= limit));
  const shown = within.slice(0, MAX_POINTS);
  const nHidden = sizes.filter(Number.isFinite).length - shown.nRows;
  const name = (column: string): string => column.replace('delta_', '');
  const options: PlotPictureOptions & { readonly radius: number } = {
    title: nHidden === 0 ? title : `${title} (${nHidden} not shown)`,
    xLabel: `${name(x)} (${unit})`,
    yLabel: `${name(y)} (${unit})`,
    radius: 2.5,
    ...SIZE,
  };
  return scatterPlot(shown.numbers(x), shown.numbers(y), options);
}

/** Value below which a part of the values lies; 0 without values. */
function containing(values: Float64Array, part: number): number {
  return quantile(values, part) || 0;
}

/** True cores around the telescopes, by whether the event was reconstructed. */
function impactMap(table: Table, subarray: SubarrayDescription): Plot {
  const display = new ArrayDisplay(subarray, {
    title: 'True cores',
    frame: 'EastingNorthingFrame',
    width: 460,
    height: 460,
    theme: PAGE_THEME,
  });
  const points = (condition: string): { x: number; y: number; z: number }[] => {
    const rows = table.filter(`np.isfinite(true_core_x) and (${condition})`).slice(0, MAX_POINTS);
    const y = rows.numbers('true_core_y');
    return Array.from(rows.numbers('true_core_x'), (x, row) => ({ x, y: y[row], z: 0 }));
  };
  return display
    .greyOut(subarray.telIds)
    .scatter(points("reason == ''"), { label: 'reconstructed', marker: '.', color: '#1f77b4', size: 7 })
    .scatter(points("reason != ''"), { label: 'not reconstructed', marker: 'x', color: '#d62728', size: 7 });
}
