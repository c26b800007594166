import { quantileOfSorted, sortedInBins } from '@cherenkit/kernels';
import type { ComponentKind } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { DefaultTrueEnergyBins } from '../bins/energy-bins.js';
import { DefaultFoVOffsetBins, fovOffsetEdges } from '../bins/fov-bins.js';
import { energyAxis, offsetAxis, type BinnedResult } from '../responses/binned-result.js';
import { cellIndices } from './cell-indices.js';

/** Quantiles of the normal distribution at -1 and 1 standard deviations. */
const LOWER = 0.15865525393145707;
const UPPER = 0.8413447460685429;

/** Makes tables of the bias and the resolution of the energy. Source: ctapipe 0.32 `EnergyBiasResolutionMakerBase`. */
export abstract class EnergyBiasResolutionMakerBase extends DefaultTrueEnergyBins {
  static override readonly kind: string = 'EnergyBiasResolutionMakerBase';
  static override readonly help: string = 'Makes the bias and the resolution of the energy.';
  static override readonly methods: readonly string[] = ['makeBiasResolution'];

  /** Number of bins in the field of view. Default: 1. */
  get nFovBins(): number {
    return 1;
  }

  /** @param events - selected gammas */
  abstract makeBiasResolution(events: Table): BinnedResult;
}

/**
 * Mean of the relative error of the energy, and half the distance of its quantiles at -1 and 1 standard deviations, in bins of true
 * energy and angle to the pointing. Source: ctapipe 0.32 `EnergyBiasResolution2dMaker`.
 */
export class EnergyBiasResolution2dMaker extends EnergyBiasResolutionMakerBase.withTraits(DefaultFoVOffsetBins.traits) {
  static override readonly help =
    'Makes the bias and the resolution of the energy in bins of true energy and angle to the pointing.';
  static override readonly mixins: readonly ComponentKind[] = [DefaultFoVOffsetBins];

  override get nFovBins(): number {
    return this.traits.fovOffsetNBins;
  }

  override makeBiasResolution(events: Table): BinnedResult {
    const [energies, offsets] = [this.trueEnergyBins, fovOffsetEdges(this.name, this.traits)];
    const [trueEnergy, recoEnergy] = [events.numbers('true_energy', 'TeV'), events.numbers('reco_energy', 'TeV')];
    const { cells, nCells } = cellIndices(
      trueEnergy,
      energies,
      events.numbers('true_source_fov_offset', 'deg'),
      offsets,
    );
    const errors = sortedInBins(
      recoEnergy.map((energy, i) => energy / trueEnergy[i] - 1),
      cells,
      nCells,
    );
    const values = (of: (sorted: Float64Array) => number): Float64Array => Float64Array.from(errors, of);
    const columns = [
      { name: 'N_EVENTS', values: values(({ length }) => length) },
      { name: 'BIAS', values: values((each) => each.reduce((sum, error) => sum + error, 0) / each.length) },
      {
        name: 'RESOLUTION',
        values: values((each) => 0.5 * (quantileOfSorted(each, UPPER) - quantileOfSorted(each, LOWER))),
      },
    ];
    return { name: 'ENERGY BIAS RESOLUTION', axes: [energyAxis(energies), offsetAxis(offsets)], columns, header: {} };
  }
}
