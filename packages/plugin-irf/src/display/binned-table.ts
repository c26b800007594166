import { AxesDisplay, type AxesDisplayOptions, type ThemeName } from '@cherenkit/display';
import type { Table } from '@cherenkit/tables';

/** Options of all pictures of responses, cuts and benchmarks. */
export interface IrfPictureOptions {
  readonly theme?: ThemeName | undefined;
  /** Colour map of values in two dimensions. Default: viridis. */
  readonly cmap?: string | undefined;
}

/** Size of a picture, CSS pixels. */
export const PICTURE_SIZE = { width: 460, height: 380 };

/** Edges of an axis of a table of one row, from its columns of lower and upper edges. */
export function axisEdges(table: Table, axis: string, unit?: string): Float64Array {
  const low = table.numbers(`${axis}_LO`, unit);
  return Float64Array.of(...low, table.numbers(`${axis}_HI`, unit)[low.length - 1]);
}

/** Whether a table has an axis. */
export function hasAxis(table: Table, axis: string): boolean {
  return table.has(`${axis}_LO`) && table.has(`${axis}_HI`);
}

/** Range of a bin as text: `0.5–1 deg`. */
export function rangeText(edges: Float64Array, bin: number, unit: string): string {
  const [low, high] = [edges[bin], edges[bin + 1]].map((edge) => String(Number(edge.toPrecision(3))));
  return `${low}–${high} ${unit}`;
}

/** Axes of the field of view. */
const FOV_AXES = ['THETA', 'PHI', 'DETX', 'DETY'];

/** Names of the bins of the field of view in the order of memory: `0–1 deg`, or `0–1 deg, PHI 0–90 deg`. */
export function fovPlaces(table: Table): string[] {
  return FOV_AXES.filter((axis) => hasAxis(table, axis)).reduce<string[]>((places, axis) => {
    const edges = axisEdges(table, axis, 'deg');
    const name = axis === 'THETA' ? '' : `${axis} `;
    const bins = Array.from({ length: edges.length - 1 }, (_, bin) => `${name}${rangeText(edges, bin, 'deg')}`);
    if (places.length === 0) return bins;
    return bins.length === 1 ? places : bins.flatMap((bin) => places.map((place) => `${place}, ${bin}`));
  }, []);
}

/** Axes with a logarithmic energy. */
export function energyAxes(
  title: string,
  yLabel: string,
  { theme = 'light' }: IrfPictureOptions,
  options: AxesDisplayOptions = {},
): AxesDisplay {
  const texts = { title, xLabel: 'true energy (TeV)', yLabel };
  return new AxesDisplay({ ...texts, xScale: 'log', theme, ...PICTURE_SIZE, ...options });
}

/**
 * Draws a line of steps over the energy per bin of the field of view, named if there are several.
 *
 * @param table - with the axes ENERG and THETA, and perhaps PHI
 * @param values - by bin of the field of view, then energy
 * @param style - `prefix`: start of the names
 */
export function addRings(
  axes: AxesDisplay,
  table: Table,
  values: Float64Array,
  { prefix = '', dash }: { readonly prefix?: string; readonly dash?: readonly number[] } = {},
): AxesDisplay {
  const [energies, places] = [axisEdges(table, 'ENERG', 'TeV'), fovPlaces(table)];
  const n = energies.length - 1;
  if (values.every(Number.isNaN))
    axes.text([Math.sqrt(energies[0] * energies[n]), 1], 'no events', { anchor: 'middle' });
  for (const [cell, place] of places.entries()) {
    const own = values.subarray(cell * n, (cell + 1) * n);
    const label = [prefix, places.length > 1 ? place : ''].filter(Boolean).join(', ') || undefined;
    axes.steps(energies, own, { label, dash, color: RING_COLORS[cell % RING_COLORS.length] });
  }
  return axes;
}

/** Colours of the rings of the field of view, readable on light and dark backgrounds. */
const RING_COLORS = ['tab:blue', 'tab:orange', 'tab:green', 'tab:red', 'tab:purple', 'tab:brown', 'tab:pink'];

/** Values that are not positive as NaN: empty bins, which interrupt lines on linear axes. */
export function positive(values: Float64Array): Float64Array {
  return values.map((value) => (value > 0 ? value : NaN));
}
