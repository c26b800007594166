import { type ComponentKind, trait } from '@cherenkit/core';
import { quantileOfSorted, sortedInBins } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { DefaultRecoEnergyBins, DefaultTrueEnergyBins, recoEnergyEdges } from '../bins/energy-bins.js';
import { DefaultFoVOffsetBins, fovOffsetEdges } from '../bins/fov-bins.js';
import { energyAxis, offsetAxis, type BinnedResult } from '../responses/binned-result.js';
import { cellIndices } from './cell-indices.js';

/** Makes tables of the angular resolution. Source: ctapipe 0.32 `AngularResolutionMakerBase`. */
export abstract class AngularResolutionMakerBase extends DefaultTrueEnergyBins.withTraits({
  ...DefaultRecoEnergyBins.traits,
  useRecoEnergy: trait.boolean({ default: false, help: 'Use bins in reconstructed instead of true energy.' }),
  quantiles: trait.list(trait.number({ minimum: 0, maximum: 1 }), {
    default: [0.25, 0.5, 0.68, 0.95],
    minItems: 1,
    help: 'Fractions of the events within the angles.',
  }),
}) {
  static override readonly kind: string = 'AngularResolutionMakerBase';
  static override readonly help: string = 'Makes the angular resolution.';
  static override readonly methods: readonly string[] = ['makeAngularResolution'];
  static override readonly mixins: readonly ComponentKind[] = [DefaultRecoEnergyBins];

  /** Number of bins in the field of view. Default: 1. */
  get nFovBins(): number {
    return 1;
  }

  /** Edges of the bins in reconstructed energy, TeV; undefined if bins in true energy are used. */
  get recoEnergyBins(): Float64Array | undefined {
    return this.traits.useRecoEnergy ? recoEnergyEdges(this.name, this.traits) : undefined;
  }

  /** @param events - gammas, selected without a cut on the direction */
  abstract makeAngularResolution(events: Table): BinnedResult;
}

/** Quantiles of the angle to the source in bins of energy and angle to the pointing. Source: ctapipe 0.32 `AngularResolution2dMaker`. */
export class AngularResolution2dMaker extends AngularResolutionMakerBase.withTraits(DefaultFoVOffsetBins.traits) {
  static override readonly help = 'Makes the angular resolution in bins of energy and angle to the pointing.';
  static override readonly mixins: readonly ComponentKind[] = [DefaultFoVOffsetBins];

  override get nFovBins(): number {
    return this.traits.fovOffsetNBins;
  }

  override makeAngularResolution(events: Table): BinnedResult {
    const { recoEnergyBins } = this;
    const [type, energies] = recoEnergyBins ? ['reco', recoEnergyBins] : ['true', this.trueEnergyBins];
    const offsets = fovOffsetEdges(this.name, this.traits);
    const { cells, nCells } = cellIndices(
      events.numbers(`${type}_energy`, 'TeV'),
      energies,
      events.numbers('true_source_fov_offset', 'deg'),
      offsets,
    );
    const sorted = sortedInBins(events.numbers('theta', 'deg'), cells, nCells);
    const quantiles = this.traits.quantiles.map((quantile) => ({
      name: `ANGULAR_RESOLUTION_${(quantile * 100).toFixed(0)}`,
      unit: 'deg',
      values: Float64Array.from(sorted, (each) => quantileOfSorted(each, quantile)),
    }));
    const columns = [{ name: 'N_EVENTS', values: Float64Array.from(sorted, ({ length }) => length) }, ...quantiles];
    const axes = [energyAxis(energies), offsetAxis(offsets)];
    return { name: 'ANGULAR RESOLUTION', axes, columns, header: { E_TYPE: type.toUpperCase() } };
  }
}
