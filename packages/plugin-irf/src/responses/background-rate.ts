import { backgroundRate, histogram, ringSolidAngles } from '@cherenkit/kernels';
import type { ComponentKind } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { DefaultRecoEnergyBins } from '../bins/energy-bins.js';
import { DefaultFoVOffsetBins, fovOffsetEdges } from '../bins/fov-bins.js';
import { inRadians } from '../events/event-table.js';
import { energyAxis, gadfResponse, offsetAxis, type BinnedResult } from './binned-result.js';

export const MEV_PER_TEV = 1e6;
/** Unit of background rates in the format GADF. */
export const RATE_UNIT = 'MeV**-1.s**-1.sr**-1';

/** Makes background rates. Source: ctapipe 0.32 `BackgroundRateMakerBase`. */
export abstract class BackgroundRateMakerBase extends DefaultRecoEnergyBins {
  static override readonly kind: string = 'BackgroundRateMakerBase';
  static override readonly help: string = 'Makes the background rate.';
  static override readonly methods: readonly string[] = ['makeBackgroundRate'];

  /** Number of bins in the field of view. Default: 1. */
  get nFovBins(): number {
    return 1;
  }

  /**
   * @param events - selected events of the background, weighted
   * @param seconds - observation time of the weights
   */
  abstract makeBackgroundRate(events: Table, seconds: number): BinnedResult;
}

/** Makes background rates in bins of reconstructed energy and angle to the pointing. Source: ctapipe 0.32 `BackgroundRate2dMaker`. */
export class BackgroundRate2dMaker extends BackgroundRateMakerBase.withTraits(DefaultFoVOffsetBins.traits) {
  static override readonly help =
    'Makes the background rate in bins of reconstructed energy and angle to the pointing.';
  static override readonly mixins: readonly ComponentKind[] = [DefaultFoVOffsetBins];

  override get nFovBins(): number {
    return this.traits.fovOffsetNBins;
  }

  override makeBackgroundRate(events: Table, seconds: number): BinnedResult {
    const [energies, offsets] = [this.recoEnergyBins, fovOffsetEdges(this.name, this.traits)];
    const weighted = histogram(
      [
        { values: events.numbers('reco_source_fov_offset', 'deg'), edges: offsets },
        { values: events.numbers('reco_energy', 'TeV'), edges: energies },
      ],
      { weights: events.numbers('weight') },
    );
    const perTev = backgroundRate(weighted, energies, ringSolidAngles(inRadians(offsets)), seconds);
    const values = perTev.map((rate) => rate / MEV_PER_TEV);
    const kind = { response: 'BKG', form: 'BKG_2D', isPointLike: false } as const;
    return gadfResponse('BACKGROUND', kind, [energyAxis(energies), offsetAxis(offsets)], {
      name: 'BKG',
      unit: RATE_UNIT,
      values,
    });
  }
}
