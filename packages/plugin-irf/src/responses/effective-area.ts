import {
  effectiveArea,
  histogram,
  isPointLike,
  showersPerEnergy,
  showersPerOffset,
  type SimulatedShowers,
} from '@cherenkit/kernels';
import type { ComponentKind } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { DefaultTrueEnergyBins } from '../bins/energy-bins.js';
import { DefaultFoVOffsetBins, fovOffsetEdges } from '../bins/fov-bins.js';
import { inRadians } from '../events/event-table.js';
import { energyAxis, gadfResponse, offsetAxis, type BinnedResult } from './binned-result.js';

/** What an effective area is made of. */
export interface EffectiveAreaInput {
  /** Selected events. */
  readonly events: Table;
  readonly showers: SimulatedShowers;
  /** Whether a cut on the direction was applied. */
  readonly isPointLike: boolean;
  /** Name of the response. */
  readonly name: string;
}

/** Makes effective areas. Source: ctapipe 0.32 `EffectiveAreaMakerBase`. */
export abstract class EffectiveAreaMakerBase extends DefaultTrueEnergyBins {
  static override readonly kind: string = 'EffectiveAreaMakerBase';
  static override readonly help: string = 'Makes the effective area.';
  static override readonly methods: readonly string[] = ['makeEffectiveArea'];

  /** Number of bins in the field of view, more than one of which a point source does not fill. Default: 1. */
  get nFovBins(): number {
    return 1;
  }

  abstract makeEffectiveArea(input: EffectiveAreaInput): BinnedResult;
}

/**
 * Makes effective areas in bins of true energy and angle to the pointing. For gammas from one direction there is one bin, wherever
 * they come from. Source: ctapipe 0.32 `EffectiveArea2dMaker`.
 */
export class EffectiveArea2dMaker extends EffectiveAreaMakerBase.withTraits(DefaultFoVOffsetBins.traits) {
  static override readonly help = 'Makes the effective area in bins of true energy and angle to the pointing.';
  static override readonly mixins: readonly ComponentKind[] = [DefaultFoVOffsetBins];

  override get nFovBins(): number {
    return this.traits.fovOffsetNBins;
  }

  override makeEffectiveArea({
    events,
    showers,
    isPointLike: hasDirectionCut,
    name,
  }: EffectiveAreaInput): BinnedResult {
    const [energies, offsets] = [this.trueEnergyBins, fovOffsetEdges(this.name, this.traits)];
    const energy = { values: events.numbers('true_energy', 'TeV'), edges: energies };
    const offset = { values: events.numbers('true_source_fov_offset', 'deg'), edges: offsets };
    const perEnergy = showersPerEnergy(showers, energies);
    const area = Math.PI * showers.maxImpact ** 2;
    const isOneDirection = isPointLike(showers);
    const counts = histogram(isOneDirection ? [energy] : [offset, energy]);
    const perOffset = isOneDirection ? [showers.nShowers] : [...showersPerOffset(showers, inRadians(offsets))];
    const simulated = Float64Array.from(
      perOffset.flatMap((n) => Array.from(perEnergy, (each) => (each * n) / showers.nShowers)),
    );
    const kind = { response: 'EFF_AREA', form: 'AEFF_2D', isPointLike: hasDirectionCut } as const;
    const values = effectiveArea(counts, simulated, area);
    return gadfResponse(name, kind, [energyAxis(energies), offsetAxis(offsets)], {
      name: 'EFFAREA',
      unit: 'm**2',
      values,
    });
  }
}
