import { type ComponentKind, trait } from '@cherenkit/core';
import { histogram, linearEdges, pointSpread, ringSolidAngles, transposed } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { DefaultTrueEnergyBins } from '../bins/energy-bins.js';
import { DefaultFoVOffsetBins, fovOffsetEdges } from '../bins/fov-bins.js';
import { inRadians } from '../events/event-table.js';
import { refusedIrf } from '../irf-error.js';
import { energyAxis, gadfResponse, offsetAxis, type BinnedResult } from './binned-result.js';

/** Makes point spread functions. Source: ctapipe 0.32 `PSFMakerBase`. */
export abstract class PSFMakerBase extends DefaultTrueEnergyBins {
  static override readonly kind: string = 'PSFMakerBase';
  static override readonly help: string = 'Makes the point spread function.';
  static override readonly methods: readonly string[] = ['makePointSpread'];

  /** Number of bins in the field of view. Default: 1. */
  get nFovBins(): number {
    return 1;
  }

  /** @param events - selected without a cut on the direction */
  abstract makePointSpread(events: Table): BinnedResult;
}

/**
 * Makes point spread functions of radial symmetry in bins of true energy, angle to the pointing, and angle to the source. Source:
 * ctapipe 0.32 `PSF3DMaker`.
 */
export class PSF3DMaker extends PSFMakerBase.withTraits({
  ...DefaultFoVOffsetBins.traits,
  sourceOffsetMin: trait.quantity({ default: 0, unit: 'deg', minimum: 0, help: 'Least angle to the source.' }),
  sourceOffsetMax: trait.quantity({ default: 1, unit: 'deg', minimum: 0, help: 'Largest angle to the source.' }),
  sourceOffsetNBins: trait.integer({ default: 100, minimum: 1, help: 'Number of bins in the angle to the source.' }),
}) {
  static override readonly help =
    'Makes the point spread function in bins of true energy, angle to the pointing, and angle to the source.';
  static override readonly mixins: readonly ComponentKind[] = [DefaultFoVOffsetBins];

  override get nFovBins(): number {
    return this.traits.fovOffsetNBins;
  }

  override makePointSpread(events: Table): BinnedResult {
    const { sourceOffsetMin: min, sourceOffsetMax: max, sourceOffsetNBins: n } = this.traits;
    if (max <= min) {
      throw refusedIrf(
        `${this.name}: source_offset_min is ${min} deg and source_offset_max ${max} deg, expected a minimum below the maximum.`,
      );
    }
    const [energies, offsets] = [this.trueEnergyBins, fovOffsetEdges(this.name, this.traits)];
    const radii = linearEdges(min, max, n);
    const counts = histogram([
      { values: events.numbers('true_source_fov_offset', 'deg'), edges: offsets },
      { values: events.numbers('true_energy', 'TeV'), edges: energies },
      { values: events.numbers('theta', 'deg'), edges: radii },
    ]);
    const density = pointSpread(counts, ringSolidAngles(inRadians(radii)));
    const axes = [energyAxis(energies), offsetAxis(offsets), { name: 'RAD', unit: 'deg', edges: radii }];
    const values = transposed(density, density.length / n, n);
    const kind = { response: 'PSF', form: 'PSF_TABLE', isPointLike: false } as const;
    return gadfResponse('PSF', kind, axes, { name: 'RPSF', unit: 'sr**-1', values });
  }
}
