import { Component, trait } from '@cherenkit/core';
import { edgesPerDecade } from '@cherenkit/kernels';
import { refusedIrf } from '../irf-error.js';

/** Bins in true energy. Source: ctapipe 0.32 `DefaultTrueEnergyBins`. */
export abstract class DefaultTrueEnergyBins extends Component.withTraits({
  trueEnergyMin: trait.quantity({ default: 0.015, unit: 'TeV', help: 'Lower edge of the first bin in true energy.' }),
  trueEnergyMax: trait.quantity({ default: 150, unit: 'TeV', help: 'Upper edge of the last bin in true energy.' }),
  trueEnergyNBinsPerDecade: trait.integer({
    default: 10,
    minimum: 1,
    help: 'Least number of bins in true energy per decade.',
  }),
}) {
  static override readonly kind: string = 'DefaultTrueEnergyBins';
  static override readonly help: string = 'Bins in true energy.';

  /** Edges, TeV. */
  get trueEnergyBins(): Float64Array {
    const { trueEnergyMin: min, trueEnergyMax: max, trueEnergyNBinsPerDecade: perDecade } = this.traits;
    checkEnergies(this.name, 'true_energy', min, max);
    return edgesPerDecade(min, max, perDecade);
  }
}

/** Bins in reconstructed energy. Source: ctapipe 0.32 `DefaultRecoEnergyBins`. */
export abstract class DefaultRecoEnergyBins extends Component.withTraits({
  recoEnergyMin: trait.quantity({
    default: 0.015,
    unit: 'TeV',
    help: 'Lower edge of the first bin in reconstructed energy.',
  }),
  recoEnergyMax: trait.quantity({
    default: 150,
    unit: 'TeV',
    help: 'Upper edge of the last bin in reconstructed energy.',
  }),
  recoEnergyNBinsPerDecade: trait.integer({
    default: 5,
    minimum: 1,
    help: 'Least number of bins in reconstructed energy per decade.',
  }),
}) {
  static override readonly kind: string = 'DefaultRecoEnergyBins';
  static override readonly help: string = 'Bins in reconstructed energy.';

  /** Edges, TeV. */
  get recoEnergyBins(): Float64Array {
    return recoEnergyEdges(this.name, this.traits);
  }
}

/** Values of the traits of {@link DefaultRecoEnergyBins}, TeV. */
export interface RecoEnergyTraits {
  readonly recoEnergyMin: number;
  readonly recoEnergyMax: number;
  readonly recoEnergyNBinsPerDecade: number;
}

/** Edges of bins in reconstructed energy, TeV. @param component - for messages */
export function recoEnergyEdges(component: string, traits: RecoEnergyTraits): Float64Array {
  const { recoEnergyMin: min, recoEnergyMax: max, recoEnergyNBinsPerDecade: perDecade } = traits;
  checkEnergies(component, 'reco_energy', min, max);
  return edgesPerDecade(min, max, perDecade);
}

/** @throws CherenkitError IRF_REFUSED (2) */
export function checkEnergies(component: string, prefix: string, min: number, max: number): void {
  if (min > 0 && max > min) return;
  throw refusedIrf(
    `${component}: ${prefix}_min is ${min} TeV and ${prefix}_max ${max} TeV, expected a positive minimum below the maximum.`,
  );
}
