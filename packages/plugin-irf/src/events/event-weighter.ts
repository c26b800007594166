import { Component, type ComponentKind, trait } from '@cherenkit/core';
import {
  binIndices,
  coneSolidAngle,
  eventWeights,
  pointSourceWeights,
  radians,
  ringSolidAngles,
  SPECTRA,
  type Spectrum,
} from '@cherenkit/kernels';
import { columnFrom, type Table } from '@cherenkit/tables';
import { DefaultFoVOffsetBins, fovOffsetEdges } from '../bins/fov-bins.js';
import { inRadians, withWeights } from './event-table.js';

/** Names of the spectra to which events can be weighted. */
export const spectrumNames = Object.keys(SPECTRA) as (keyof typeof SPECTRA)[];

/**
 * Weights simulated events to another spectrum, in scripts; the commands weight events by themselves. Source: ctapipe 0.32
 * `EventWeighter`.
 */
export abstract class EventWeighter extends Component.withTraits({
  targetSpectrumName: trait.oneOf(spectrumNames, {
    default: 'CRAB_HEGRA',
    help: 'Spectrum to which events are weighted.',
  }),
  isDiffuse: trait.boolean({ default: true, help: 'Whether the simulated spectrum is a flux per solid angle.' }),
  energyColumn: trait.string({ default: 'true_energy', help: 'Column of the energies.' }),
  weightColumn: trait.string({ default: 'weight', help: 'Column of the weights.' }),
}) {
  static override readonly kind: string = 'EventWeighter';
  static override readonly help: string = 'Weights events to a spectrum.';
  static override readonly methods: readonly string[] = ['weight'];

  /** Spectrum to which events are weighted. */
  protected get target(): Spectrum {
    return SPECTRA[this.traits.targetSpectrumName];
  }

  protected energiesOf(events: Table): Float64Array {
    return events.numbers(this.traits.energyColumn, 'TeV');
  }

  protected withWeights(events: Table, values: Float64Array): Table {
    return withWeights(events, values, this.traits.weightColumn);
  }

  /**
   * Returns the table with a column of weights.
   *
   * @param source - spectrum of the simulated events, see `simulatedSpectrum` of `@cherenkit/kernels`
   */
  abstract weight(events: Table, source: Spectrum): Table;
}

/** Weights events by their energies alone: gammas from one direction, or diffuse background. Source: ctapipe 0.32 `SimpleEventWeighter`. */
export class SimpleEventWeighter extends EventWeighter.withTraits({
  fovOffsetMax: trait.quantity({
    default: 10,
    unit: 'deg',
    minimum: 0,
    help: 'Radius of the cone over which a diffuse simulated spectrum is integrated.',
  }),
}) {
  static override readonly help = 'Weights events by their energies alone.';

  override weight(events: Table, source: Spectrum): Table {
    const { isDiffuse, fovOffsetMax } = this.traits;
    const solidAngle = isDiffuse ? coneSolidAngle(radians(fovOffsetMax)) : 1;
    const inCone = { isDiffuse: false, flux: (energy: number) => source.flux(energy) * solidAngle };
    return this.withWeights(events, eventWeights(this.energiesOf(events), this.target, inCone));
  }
}

/**
 * Weights diffuse gammas to a point source in each ring of the field of view. Adds the columns `fov_offset_bin`, -1 outside, and
 * `fov_offset_is_valid`. Source: ctapipe 0.32 `RadialEventWeighter`.
 */
export class RadialEventWeighter extends EventWeighter.withTraits({
  ...DefaultFoVOffsetBins.traits,
  fovOffsetColumn: trait.string({ default: 'true_fov_offset', help: 'Column of the angles to the pointing.' }),
}) {
  static override readonly help = 'Weights diffuse gammas to a point source in each ring of the field of view.';
  static override readonly mixins: readonly ComponentKind[] = [DefaultFoVOffsetBins];

  override weight(events: Table, source: Spectrum): Table {
    const edges = fovOffsetEdges(this.name, this.traits);
    const offsets = events.numbers(this.traits.fovOffsetColumn, 'deg');
    const rings = ringSolidAngles(inRadians(edges));
    const weights = pointSourceWeights(this.energiesOf(events), offsets, edges, rings, this.target, source);
    const bins = binIndices(offsets, edges);
    return this.withWeights(events, weights)
      .withColumn('fov_offset_bin', columnFrom('fov_offset_bin', { values: bins }))
      .withColumn(
        'fov_offset_is_valid',
        columnFrom('fov_offset_is_valid', { values: Array.from(bins, (bin) => bin >= 0) }),
      );
  }
}
