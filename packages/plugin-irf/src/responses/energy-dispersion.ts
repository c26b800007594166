import { type ComponentKind, trait } from '@cherenkit/core';
import { energyDispersion, geometricEdges, histogram, linearEdges, transposed } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { DefaultTrueEnergyBins } from '../bins/energy-bins.js';
import { DefaultFoVOffsetBins, fovOffsetEdges } from '../bins/fov-bins.js';
import { refusedIrf } from '../irf-error.js';
import { energyAxis, gadfResponse, offsetAxis, type BinnedResult } from './binned-result.js';

/** What an energy dispersion is made of. */
export interface EnergyDispersionInput {
  /** Selected events. */
  readonly events: Table;
  /** Whether a cut on the direction was applied. */
  readonly isPointLike: boolean;
}

/** Makes energy dispersions. Source: ctapipe 0.32 `EnergyDispersionMakerBase`. */
export abstract class EnergyDispersionMakerBase extends DefaultTrueEnergyBins.withTraits({
  energyMigrationMin: trait.number({ default: 0.2, minimum: 0, help: 'Least ratio of reconstructed and true energy.' }),
  energyMigrationMax: trait.number({ default: 5, minimum: 0, help: 'Largest ratio of reconstructed and true energy.' }),
  energyMigrationNBins: trait.integer({ default: 30, minimum: 1, help: 'Number of bins of this ratio.' }),
  energyMigrationBinning: trait.oneOf(['linear', 'logarithmic'], {
    default: 'logarithmic',
    caseless: true,
    help: 'Whether the bins of this ratio have equal widths or equal ratios.',
  }),
}) {
  static override readonly kind: string = 'EnergyDispersionMakerBase';
  static override readonly help: string = 'Makes the energy dispersion.';
  static override readonly methods: readonly string[] = ['makeEnergyDispersion'];

  /** Edges of the ratio of reconstructed and true energy. @throws CherenkitError IRF_REFUSED (2) */
  get migrationBins(): Float64Array {
    const {
      energyMigrationMin: min,
      energyMigrationMax: max,
      energyMigrationNBins: n,
      energyMigrationBinning,
    } = this.traits;
    const isLinear = energyMigrationBinning === 'linear';
    if (max > min && (isLinear || min > 0)) return (isLinear ? linearEdges : geometricEdges)(min, max, n);
    throw refusedIrf(
      `${this.name}: energy_migration_min is ${min} and energy_migration_max ${max}, expected a positive minimum below the maximum.`,
    );
  }

  /** Number of bins in the field of view. Default: 1. */
  get nFovBins(): number {
    return 1;
  }

  abstract makeEnergyDispersion(input: EnergyDispersionInput): BinnedResult;
}

/**
 * Makes energy dispersions in bins of true energy and angle to the pointing: probability densities of the ratio of reconstructed
 * and true energy. Events outside the range of the ratio do not count. Source: ctapipe 0.32 `EnergyDispersion2dMaker`.
 */
export class EnergyDispersion2dMaker extends EnergyDispersionMakerBase.withTraits(DefaultFoVOffsetBins.traits) {
  static override readonly help = 'Makes the energy dispersion in bins of true energy and angle to the pointing.';
  static override readonly mixins: readonly ComponentKind[] = [DefaultFoVOffsetBins];

  override get nFovBins(): number {
    return this.traits.fovOffsetNBins;
  }

  override makeEnergyDispersion({ events, isPointLike }: EnergyDispersionInput): BinnedResult {
    const [energies, migrations, offsets] = [
      this.trueEnergyBins,
      this.migrationBins,
      fovOffsetEdges(this.name, this.traits),
    ];
    const counts = histogram([
      { values: events.numbers('true_source_fov_offset', 'deg'), edges: offsets },
      { values: events.numbers('true_energy', 'TeV'), edges: energies },
      { values: energyRatios(events), edges: migrations },
    ]);
    const density = energyDispersion(counts, migrations);
    // The energy is to be the fastest axis within each offset.
    const [nEnergies, nMigrations] = [energies.length - 1, migrations.length - 1];
    const values = new Float64Array(density.length);
    for (let at = 0; at < density.length; at += nEnergies * nMigrations) {
      values.set(transposed(density.subarray(at, at + nEnergies * nMigrations), nEnergies, nMigrations), at);
    }
    const axes = [energyAxis(energies), { name: 'MIGRA', edges: migrations }, offsetAxis(offsets)];
    const kind = { response: 'EDISP', form: 'EDISP_2D', isPointLike } as const;
    return gadfResponse('ENERGY DISPERSION', kind, axes, { name: 'MATRIX', values });
  }
}

/** Ratios of the reconstructed and the true energies of events. */
export function energyRatios(events: Table): Float64Array {
  const trueEnergies = events.numbers('true_energy', 'TeV');
  return events.numbers('reco_energy', 'TeV').map((energy, i) => energy / trueEnergies[i]);
}
