import { energyDispersion, histogram, transposed } from '@cherenkit/kernels';
import type { ComponentKind } from '@cherenkit/core';
import { DefaultFoVOffsetBins, DefaultFoVPhiBins, FOV_LON_LAT_TRAITS } from '../bins/fov-bins.js';
import { lonLatCells, lonLatEdges, polarCells, type FovCells } from '../bins/fov-cells.js';
import { energyAxis, gadfResponse, type BinnedResult } from './binned-result.js';
import { EnergyDispersionMakerBase, energyRatios, type EnergyDispersionInput } from './energy-dispersion.js';

/**
 * Makes energy dispersions in bins of true energy and of longitude and latitude in the field of view, for arrays without radial
 * symmetry. Longitude grows with decreasing azimuth. Source: pyirf 0.15 `energy_dispersion_3d_lonlat`.
 */
export class EnergyDispersion3dMaker extends EnergyDispersionMakerBase.withTraits(FOV_LON_LAT_TRAITS) {
  static override readonly help =
    'Makes the energy dispersion in bins of true energy, and of longitude and latitude in the field of view.';

  override get nFovBins(): number {
    return this.traits.fovLonLatNBins ** 2;
  }

  override makeEnergyDispersion(input: EnergyDispersionInput): BinnedResult {
    const cells = lonLatCells(input.events, lonLatEdges(this.traits));
    return dispersionOf(input, this.trueEnergyBins, this.migrationBins, cells);
  }
}

/**
 * Makes energy dispersions in bins of true energy, of the angle to the pointing and of the position angle around it, from north through
 * decreasing azimuth. Source: pyirf 0.15 `energy_dispersion_3d_polar`.
 */
export class EnergyDispersion3dPolarMaker extends EnergyDispersionMakerBase.withTraits({
  ...DefaultFoVOffsetBins.traits,
  ...DefaultFoVPhiBins.traits,
}) {
  static override readonly help =
    'Makes the energy dispersion in bins of true energy, of the angle to the pointing, and of the position angle around it.';
  static override readonly mixins: readonly ComponentKind[] = [DefaultFoVOffsetBins, DefaultFoVPhiBins];

  override get nFovBins(): number {
    return this.traits.fovOffsetNBins * this.traits.fovPhiNBins;
  }

  override makeEnergyDispersion(input: EnergyDispersionInput): BinnedResult {
    const cells = polarCells(input.events, this.name, this.traits);
    return dispersionOf(input, this.trueEnergyBins, this.migrationBins, cells);
  }
}

function dispersionOf(
  { events, isPointLike }: EnergyDispersionInput,
  energies: Float64Array,
  migrations: Float64Array,
  { axes, histogramAxes, count }: FovCells,
): BinnedResult {
  const counts = histogram([
    ...histogramAxes,
    { values: events.numbers('true_energy', 'TeV'), edges: energies },
    { values: energyRatios(events), edges: migrations },
  ]);
  // pyirf has the migration as the last axis, which is the slowest one in memory.
  const values = transposed(energyDispersion(counts, migrations), count * (energies.length - 1), migrations.length - 1);
  const allAxes = [energyAxis(energies), ...axes, { name: 'MIGRA', edges: migrations }];
  const kind = { response: 'EDISP', form: 'EDISP_3D', isPointLike } as const;
  return gadfResponse('ENERGY DISPERSION', kind, allAxes, { name: 'MATRIX', values });
}
