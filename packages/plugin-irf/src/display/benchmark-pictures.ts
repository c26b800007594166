import type { Picture } from '@cherenkit/display';
import type { Table } from '@cherenkit/tables';
import { addRings, axisEdges, energyAxes, positive, type IrfPictureOptions } from './binned-table.js';

/** Draws the sensitivity for a point source, in bins of reconstructed energy and angle to the pointing. */
export function sensitivityPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const axes = energyAxes(title, 'E² flux (erg/(cm² s))', options, {
    xLabel: 'reconstructed energy (TeV)',
    yScale: 'log',
  });
  const flux = positive(table.numbers('ENERGY_FLUX_SENSITIVITY', 'erg.s**-1.cm**-2'));
  return addRings(axes, table, flux);
}

/** Draws the resolution of the energy and its bias. */
export function energyBiasResolutionPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const axes = energyAxes(title, 'relative error', options).rule({ y: 0 }, { color: '#999999', linewidth: 1 });
  addRings(axes, table, table.numbers('RESOLUTION'), { prefix: 'resolution' });
  return addRings(axes, table, table.numbers('BIAS'), { prefix: 'bias', dash: [5, 4] });
}

/** Draws the angular resolution: all quantiles if the field of view has one bin, otherwise that of 68 % or the nearest. */
export function angularResolutionPicture(table: Table, title: string, options: IrfPictureOptions = {}): Picture {
  const isReconstructed = table.meta['E_TYPE'] === 'RECO';
  const axes = energyAxes(title, 'angle to the source (deg)', options, {
    ...(isReconstructed && { xLabel: 'reconstructed energy (TeV)' }),
    yScale: 'log',
  });
  const [energies, offsets] = [axisEdges(table, 'ENERG', 'TeV'), axisEdges(table, 'THETA', 'deg')];
  const quantiles = table.names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  const [nearest] = quantiles.toSorted((a, b) => Math.abs(Number(a) - 68) - Math.abs(Number(b) - 68));
  if (offsets.length > 2) {
    return addRings(axes, table, positive(table.numbers(`${PREFIX}${nearest}`, 'deg')), { prefix: `${nearest} %` });
  }
  for (const percent of quantiles) {
    axes.steps(energies, positive(table.numbers(`${PREFIX}${percent}`, 'deg')), { label: `${percent} %` });
  }
  return axes;
}

const PREFIX = 'ANGULAR_RESOLUTION_';
