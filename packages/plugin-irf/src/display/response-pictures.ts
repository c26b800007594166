import { AxesDisplay, type Picture } from '@cherenkit/display';
import { ringSolidAngles } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { inRadians } from '../events/event-table.js';
import { addRings, axisEdges, energyAxes, positive, rangeText, type IrfPictureOptions } from './binned-table.js';

/** Largest number of energy dispersions that are drawn, one per bin of the angle to the pointing. */
const MAX_DISPERSIONS = 4;
const SIZE = { width: 460, height: 380 };

/** Draws an effective area in bins of true energy and angle to the pointing: `AEFF_2D`. */
export function effectiveAreaPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const axes = energyAxes(title, 'effective area (m²)', options, { yScale: 'log' });
  addRings(
    axes,
    axisEdges(table, 'ENERG', 'TeV'),
    axisEdges(table, 'THETA', 'deg'),
    positive(table.numbers('EFFAREA', 'm**2')),
  );
  return axes;
}

/** Draws an energy dispersion, `EDISP_2D`: a picture per bin of the angle to the pointing with events, at most four. */
export function energyDispersionPictures(table: Table, title: string, options: IrfPictureOptions = {}): Picture[] {
  const [energies, migrations] = [axisEdges(table, 'ENERG', 'TeV'), axisEdges(table, 'MIGRA')];
  const offsets = axisEdges(table, 'THETA', 'deg');
  const size = (energies.length - 1) * (migrations.length - 1);
  const values = table.numbers('MATRIX');
  const rings = Array.from({ length: offsets.length - 1 }, (_, ring) => ring);
  const filled = rings.filter((ring) => values.subarray(ring * size, (ring + 1) * size).some((value) => value > 0));
  const isLogarithmic = migrations[0] > 0 && isGeometric(migrations);
  return (filled.length > 0 ? filled : rings).slice(0, MAX_DISPERSIONS).map((ring) => {
    const place = rings.length > 1 ? `, ${rangeText(offsets, ring, 'deg')}` : '';
    const axes = energyAxes(`${title}${place}`, 'reconstructed / true energy', options, {
      yScale: isLogarithmic ? 'log' : 'linear',
    });
    const density = positive(values.subarray(ring * size, (ring + 1) * size));
    const { cmap = 'viridis' } = options;
    return axes
      .heatMap(energies, migrations, density, { cmap, label: 'probability density' })
      .rule({ y: 1 }, { color: '#999999', linewidth: 1, dash: [4, 3] });
  });
}

/** Draws the angles that contain 68 and 95 % of the events of a point spread function, `PSF_TABLE`. */
export function pointSpreadPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const [energies, offsets] = [axisEdges(table, 'ENERG', 'TeV'), axisEdges(table, 'THETA', 'deg')];
  const radii = axisEdges(table, 'RAD', 'deg');
  const axes = energyAxes(title, 'angle to the source (deg)', options, { yScale: 'log' });
  const density = table.numbers('RPSF', 'sr**-1');
  for (const part of [0.68, 0.95]) {
    const contained = containmentRadii(density, radii, (energies.length - 1) * (offsets.length - 1), part);
    const style = { prefix: `${Math.round(100 * part)} %`, ...(part > 0.9 && { dash: [5, 4] }) };
    addRings(axes, energies, offsets, contained, style);
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
  addRings(axes, axisEdges(table, 'ENERG', 'TeV'), axisEdges(table, 'THETA', 'deg'), rates);
  return axes;
}

/** Draws a background rate in the field of view, `BKG_3D`, integrated over the energy. */
export function backgroundMapPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const energies = axisEdges(table, 'ENERG', 'TeV');
  const [lon, lat] = [axisEdges(table, 'DETX', 'deg'), axisEdges(table, 'DETY', 'deg')];
  const rates = table.numbers('BKG', 'TeV**-1.s**-1.deg**-2');
  const n = energies.length - 1;
  const integrals = Float64Array.from({ length: rates.length / n }, (_, cell) => {
    let sum = 0;
    for (let bin = 0; bin < n; bin++) sum += rates[cell * n + bin] * (energies[bin + 1] - energies[bin]);
    return sum;
  });
  const { theme = 'light', cmap = 'viridis' } = options;
  const labels = { xLabel: 'longitude in the field of view (deg)', yLabel: 'latitude (deg)' };
  return new AxesDisplay({ title, ...labels, theme, ...SIZE }).heatMap(lon, lat, integrals, {
    cmap,
    label: 'rate (1/(s deg²))',
  });
}

/** Draws an effective area in the field of view, `AEFF_3D`, at the energy nearest to 1 TeV that has events. */
export function effectiveAreaMapPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const energies = axisEdges(table, 'ENERG', 'TeV');
  const [lon, lat] = [axisEdges(table, 'DETX', 'deg'), axisEdges(table, 'DETY', 'deg')];
  const values = table.numbers('EFFAREA', 'm**2');
  const n = energies.length - 1;
  const areasAt = (bin: number): Float64Array => values.filter((_, i) => i % n === bin);
  const distance = (bin: number): number => Math.abs(Math.log(energies[bin] * energies[bin + 1]));
  const bins = Array.from({ length: n }, (_, bin) => bin).sort((a, b) => distance(a) - distance(b));
  const shown = bins.find((bin) => areasAt(bin).some((area) => area > 0)) ?? bins[0];
  const { theme = 'light', cmap = 'viridis' } = options;
  const labels = { xLabel: 'longitude in the field of view (deg)', yLabel: 'latitude (deg)' };
  return new AxesDisplay({
    title: `${title}, ${rangeText(energies, shown, 'TeV')}`,
    ...labels,
    theme,
    ...SIZE,
  }).heatMap(lon, lat, areasAt(shown), { cmap, label: 'effective area (m²)' });
}

/** Draws cuts on the angle to the source, `RAD_MAX_2D`. */
export function radMaxPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const axes = energyAxes(title, 'largest angle to the source (deg)', options, {
    xLabel: 'reconstructed energy (TeV)',
  });
  const cuts = table.numbers('RAD_MAX', 'deg');
  addRings(axes, axisEdges(table, 'ENERG', 'TeV'), axisEdges(table, 'THETA', 'deg'), cuts);
  return axes;
}

function isGeometric(edges: Float64Array): boolean {
  const ratio = edges[1] / edges[0];
  return edges.every((edge, i) => i === 0 || Math.abs(edge / edges[i - 1] / ratio - 1) < 1e-6);
}
