import { AxesDisplay, type Picture } from '@cherenkit/display';
import { ringSolidAngles } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { inRadians } from '../events/event-table.js';
import {
  addRings,
  axisEdges,
  energyAxes,
  fovPlaces,
  PICTURE_SIZE,
  positive,
  rangeText,
  type IrfPictureOptions,
} from './binned-table.js';

/** Largest number of energy dispersions that are drawn, one per bin of the field of view. */
const MAX_DISPERSIONS = 4;

/**
 * Draws an effective area in bins of true energy and angle to the pointing, `AEFF_2D`, or of the position angle as well, `AEFF_3D`.
 */
export function effectiveAreaPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const axes = energyAxes(title, 'effective area (m²)', options, { yScale: 'log' });
  return addRings(axes, table, positive(table.numbers('EFFAREA', 'm**2')));
}

/** Draws an energy dispersion, `EDISP_2D`: a picture per bin of the angle to the pointing with events, at most four. */
export function energyDispersionPictures(table: Table, title: string, options: IrfPictureOptions = {}): Picture[] {
  const values = table.numbers('MATRIX');
  const size = cellSize(table);
  const matrixOf = (ring: number): Float64Array => values.subarray(ring * size, (ring + 1) * size);
  return dispersionPictures(table, title, matrixOf, fovPlaces(table), options);
}

/** Draws an energy dispersion, `EDISP_3D`: a picture per cell of the field of view with events, at most four. */
export function energyDispersionCellPictures(table: Table, title: string, options: IrfPictureOptions = {}): Picture[] {
  const values = table.numbers('MATRIX');
  const places = fovPlaces(table);
  const nEnergies = axisEdges(table, 'ENERG').length - 1;
  const matrixOf = (cell: number): Float64Array =>
    values.filter((_, i) => Math.floor(i / nEnergies) % places.length === cell);
  return dispersionPictures(table, title, matrixOf, places, options);
}

/** @param matrixOf - probability densities in a bin of the field of view, the energy is the fastest axis */
function dispersionPictures(
  table: Table,
  title: string,
  matrixOf: (cell: number) => Float64Array,
  places: readonly string[],
  options: IrfPictureOptions,
): Picture[] {
  const [energies, migrations] = [axisEdges(table, 'ENERG', 'TeV'), axisEdges(table, 'MIGRA')];
  const cells = places.map((_, cell) => cell);
  const filled = cells.filter((cell) => matrixOf(cell).some((value) => value > 0));
  const isLogarithmic = migrations[0] > 0 && isGeometric(migrations);
  return (filled.length > 0 ? filled : cells).slice(0, MAX_DISPERSIONS).map((cell) => {
    const place = places.length > 1 ? `, ${places[cell]}` : '';
    const axes = energyAxes(`${title}${place}`, 'reconstructed / true energy', options, {
      yScale: isLogarithmic ? 'log' : 'linear',
    });
    const { cmap = 'viridis' } = options;
    return axes
      .heatMap(energies, migrations, positive(matrixOf(cell)), { cmap, label: 'probability density' })
      .rule({ y: 1 }, { color: '#999999', linewidth: 1, dash: [4, 3] });
  });
}

/** Number of values of an energy dispersion in a bin of the field of view. */
function cellSize(table: Table): number {
  return (axisEdges(table, 'ENERG').length - 1) * (axisEdges(table, 'MIGRA').length - 1);
}

/** Draws the angles that contain 68 and 95 % of the events of a point spread function, `PSF_TABLE`. */
export function pointSpreadPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const radii = axisEdges(table, 'RAD', 'deg');
  const axes = energyAxes(title, 'angle to the source (deg)', options, { yScale: 'log' });
  const density = table.numbers('RPSF', 'sr**-1');
  for (const part of [0.68, 0.95]) {
    const contained = containmentRadii(density, radii, density.length / (radii.length - 1), part);
    const style = { prefix: `${Math.round(100 * part)} %`, ...(part > 0.9 && { dash: [5, 4] }) };
    addRings(axes, table, contained, style);
  }
  return axes;
}

/**
 * Angles that contain a part of the events of point spread functions, interpolated in a bin; NaN without events.
 *
 * @param density - 1/sr, the angle to the source is the slowest
 * @param radii - edges of the angle to the source, deg
 */
export function containmentRadii(
  density: Float64Array,
  radii: Float64Array,
  nFunctions: number,
  part: number,
): Float64Array {
  const solidAngles = ringSolidAngles(inRadians(radii));
  return Float64Array.from({ length: nFunctions }, (_, i) => {
    let sum = 0;
    for (let ring = 0; ring < solidAngles.length; ring++) {
      const own = density[ring * nFunctions + i] * solidAngles[ring];
      if (own > 0 && sum + own >= part) return radii[ring] + ((part - sum) / own) * (radii[ring + 1] - radii[ring]);
      sum += own;
    }
    return NaN;
  });
}

/** Draws a background rate in bins of reconstructed energy and angle to the pointing: `BKG_2D`. */
export function backgroundPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const axes = energyAxes(title, 'rate (1/(TeV s sr))', options, {
    xLabel: 'reconstructed energy (TeV)',
    yScale: 'log',
  });
  const rates = positive(table.numbers('BKG', 'TeV**-1.s**-1.sr**-1'));
  return addRings(axes, table, rates);
}

/** Draws a background rate in the field of view, `BKG_3D`, integrated over the energy. */
export function backgroundMapPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const energies = axisEdges(table, 'ENERG', 'TeV');
  const rates = table.numbers('BKG', 'TeV**-1.s**-1.deg**-2');
  const n = energies.length - 1;
  const integrals = Float64Array.from({ length: rates.length / n }, (_, cell) => {
    let sum = 0;
    for (let bin = 0; bin < n; bin++) sum += rates[cell * n + bin] * (energies[bin + 1] - energies[bin]);
    return sum;
  });
  return fieldMap(table, integrals, { title, label: 'rate (1/(s deg²))' }, options);
}

/** Draws an effective area in the field of view, `AEFF_3D`, at the energy nearest to 1 TeV that has events. */
export function effectiveAreaMapPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const energies = axisEdges(table, 'ENERG', 'TeV');
  const values = table.numbers('EFFAREA', 'm**2');
  const n = energies.length - 1;
  const areasAt = (bin: number): Float64Array => values.filter((_, i) => i % n === bin);
  const distance = (bin: number): number => Math.abs(Math.log(energies[bin] * energies[bin + 1]));
  const bins = Array.from({ length: n }, (_, bin) => bin).sort((a, b) => distance(a) - distance(b));
  const shown = bins.find((bin) => areasAt(bin).some((area) => area > 0)) ?? bins[0];
  const texts = { title: `${title}, ${rangeText(energies, shown, 'TeV')}`, label: 'effective area (m²)' };
  return fieldMap(table, areasAt(shown), texts, options);
}

/**
 * Draws values in the field of view as colours.
 *
 * @param table - with the axes DETX and DETY
 * @param texts - title of the picture, and label of the colours
 */
function fieldMap(
  table: Table,
  values: Float64Array,
  { title, label }: { readonly title: string; readonly label: string },
  { theme = 'light', cmap = 'viridis' }: IrfPictureOptions,
): Picture {
  const labels = { xLabel: 'longitude in the field of view (deg)', yLabel: 'latitude (deg)' };
  const axes = new AxesDisplay({ title, ...labels, theme, ...PICTURE_SIZE });
  return axes.heatMap(axisEdges(table, 'DETX', 'deg'), axisEdges(table, 'DETY', 'deg'), values, { cmap, label });
}

/** Draws cuts on the angle to the source, `RAD_MAX_2D`. */
export function radMaxPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const axes = energyAxes(title, 'largest angle to the source (deg)', options, {
    xLabel: 'reconstructed energy (TeV)',
  });
  const cuts = table.numbers('RAD_MAX', 'deg');
  return addRings(axes, table, cuts);
}

function isGeometric(edges: Float64Array): boolean {
  const ratio = edges[1] / edges[0];
  return edges.every((edge, i) => i === 0 || Math.abs(edge / edges[i - 1] / ratio - 1) < 1e-6);
}
