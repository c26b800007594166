import { type ComponentKind, trait } from '@cherenkit/core';
import {
  binCenters,
  coneSolidAngle,
  exactEdgesPerDecade,
  histogram,
  interpolate,
  liMaSignificance,
  radians,
  relativeSensitivity,
  type Spectrum,
} from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { checkEnergies, DefaultRecoEnergyBins } from '../bins/energy-bins.js';
import { DefaultFoVOffsetBins, fovOffsetEdges } from '../bins/fov-bins.js';
import { energyAxis, offsetAxis, type BinnedResult } from '../responses/binned-result.js';

const ERG_PER_TEV = 1.602176634;
const CM2_PER_M2 = 1e4;

/** What a sensitivity is made of. */
export interface SensitivityInput {
  /** Selected gammas, weighted. */
  readonly signal: Table;
  /** Selected events of the background, weighted. */
  readonly background: Table;
  /** Cuts on the angle to the source, deg: the size of the on region. */
  readonly thetaCuts: Table;
  /** Spectrum of the gammas. */
  readonly spectrum: Spectrum;
}

/** Makes tables of the sensitivity for a point source. Source: ctapipe 0.32 `SensitivityMakerBase`. */
export abstract class SensitivityMakerBase extends DefaultRecoEnergyBins.withTraits({
  alpha: trait.number({ default: 0.2, minimum: 1e-6, help: 'Ratio of the sizes of the on and the off region.' }),
}) {
  static override readonly kind: string = 'SensitivityMakerBase';
  static override readonly help: string = 'Makes the sensitivity for a point source.';
  static override readonly methods: readonly string[] = ['makeSensitivity'];

  /** Number of bins in the field of view. Default: 1. */
  get nFovBins(): number {
    return 1;
  }

  /** Edges of bins in the field of view, deg, in each of which the gammas are weighted to a point source. */
  abstract get fovOffsetBins(): Float64Array;

  /** Edges with exactly the given number of bins per decade, TeV; the last one may be below the maximum. */
  override get recoEnergyBins(): Float64Array {
    const { recoEnergyMin: min, recoEnergyMax: max, recoEnergyNBinsPerDecade: perDecade } = this.traits;
    checkEnergies(this.name, 'reco_energy', min, max);
    return exactEdgesPerDecade(min, max, perDecade);
  }

  abstract makeSensitivity(input: SensitivityInput): BinnedResult;
}

/**
 * Flux of the weakest detectable source in bins of reconstructed energy and angle to the pointing. The background in the on region is
 * that in the ring of the field of view, scaled to the size of the on region. Source: ctapipe 0.32 `Sensitivity2dMaker`.
 */
export class Sensitivity2dMaker extends SensitivityMakerBase.withTraits(DefaultFoVOffsetBins.traits) {
  static override readonly help =
    'Makes the sensitivity for a point source in bins of reconstructed energy and angle to the pointing.';
  static override readonly mixins: readonly ComponentKind[] = [DefaultFoVOffsetBins];

  override get nFovBins(): number {
    return this.traits.fovOffsetNBins;
  }

  override get fovOffsetBins(): Float64Array {
    return fovOffsetEdges(this.name, this.traits);
  }

  override makeSensitivity({ signal, background, thetaCuts, spectrum }: SensitivityInput): BinnedResult {
    const { alpha } = this.traits;
    const [energies, offsets] = [this.recoEnergyBins, this.fovOffsetBins];
    const [nEnergies, centers] = [energies.length - 1, binCenters(energies)];
    const nSignal = countsInRings(signal, 'true_source_fov_offset', offsets, energies);
    const nInRing = countsInRings(background, 'reco_source_fov_offset', offsets, energies);
    const [cutCenters, cuts] = [thetaCuts.numbers('center', 'TeV'), thetaCuts.numbers('cut', 'deg')];
    const size = nSignal.counts.length;
    const names = ['N_SIGNAL', 'N_SIGNAL_WEIGHTED', 'N_BACKGROUND', 'N_BACKGROUND_WEIGHTED', 'SIGNIFICANCE'] as const;
    const rows = Object.fromEntries(names.map((name) => [name, new Float64Array(size)])) as Record<
      (typeof names)[number],
      Float64Array
    >;
    const [relative, flux, energyFlux] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
    for (let cell = 0; cell < size; cell++) {
      const [ring, bin] = [Math.floor(cell / nEnergies), cell % nEnergies];
      const onRegion = coneSolidAngle(radians(interpolate(centers[bin], cutCenters, cuts)));
      const wholeRing = coneSolidAngle(radians(offsets[ring + 1])) - coneSolidAngle(radians(offsets[ring]));
      const ratio = onRegion / wholeRing;
      const nOff = (nInRing.weighted[cell] * ratio) / alpha;
      const found = relativeSensitivity(nSignal.weighted[cell] + alpha * nOff, nOff, alpha);
      relative[cell] = found;
      rows.N_SIGNAL[cell] = nSignal.counts[cell] * found;
      rows.N_SIGNAL_WEIGHTED[cell] = nSignal.weighted[cell] * found;
      rows.N_BACKGROUND[cell] = (nInRing.counts[cell] * ratio) / alpha;
      rows.N_BACKGROUND_WEIGHTED[cell] = nOff;
      rows.SIGNIFICANCE[cell] = liMaSignificance(rows.N_SIGNAL_WEIGHTED[cell] + alpha * nOff, nOff, alpha);
      const perTev = (found * spectrum.flux(centers[bin])) / CM2_PER_M2;
      flux[cell] = perTev / ERG_PER_TEV;
      energyFlux[cell] = perTev * centers[bin] ** 2 * ERG_PER_TEV;
    }
    const columns = [
      ...names.map((name) => ({ name, values: rows[name] })),
      { name: 'RELATIVE_SENSITIVITY', values: relative },
      { name: 'FLUX_SENSITIVITY', unit: 'erg**-1.s**-1.cm**-2', values: flux },
      { name: 'ENERGY_FLUX_SENSITIVITY', unit: 'erg.s**-1.cm**-2', values: energyFlux },
    ];
    return {
      name: 'SENSITIVITY',
      axes: [energyAxis(energies), offsetAxis(offsets)],
      columns,
      header: { ALPHA: alpha },
    };
  }
}

/** Numbers and sums of weights of events by ring, then by energy. The last ring includes no upper edge. */
function countsInRings(events: Table, column: string, offsets: Float64Array, energies: Float64Array) {
  const values = events.numbers(column, 'deg');
  const mask = Uint8Array.from(values, (value) => Number(value < offsets[offsets.length - 1]));
  const axes = [
    { values, edges: offsets },
    { values: events.numbers('reco_energy', 'TeV'), edges: energies },
  ];
  return { counts: histogram(axes, { mask }), weighted: histogram(axes, { mask, weights: events.numbers('weight') }) };
}
