import { CherenkitError, ExitCode, trait } from '@cherenkit/core';
import {
  binIndex,
  coneSolidAngle,
  liMaSignificance,
  passedWeights,
  radians,
  relativeSensitivity,
  steps,
} from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { refusedIrf } from '../irf-error.js';
import { CutOptimizerBase } from './cut-optimizer-base.js';
import type { ValidRange } from './selection-cuts.js';

/** Cuts of a scan in each energy bin, for events with at least some number of telescopes. */
export interface ScannedCombinations {
  readonly minMultiplicity: number;
  /** Least gammaness, `gh[bin * nGh + i]`. */
  readonly gh: Float64Array;
  readonly nGh: number;
  /** Largest angle to the source, deg, `theta[bin * nTheta + i]`. */
  readonly theta: Float64Array;
  readonly nTheta: number;
}

/** The best combination of cuts in a bin: indices, and what it gives. */
export interface BestCombination {
  /** Index of the list of combinations. */
  readonly list: number;
  readonly gh: number;
  readonly theta: number;
  /** NaN if no combination gives a detectable source. */
  readonly sensitivity: number;
  readonly significance: number;
}

/** Base of optimizers that look for the best sensitivity for a point source. Source: ctapipe 0.32 `PointSourceSensitivityOptimizerBase`. */
export abstract class PointSourceSensitivityOptimizerBase extends CutOptimizerBase.withTraits({
  maxGhCutEfficiency: trait.number({
    default: 0.8,
    minimum: 0,
    maximum: 1,
    help: 'Largest efficiency of the cut on gammaness.',
  }),
  ghCutEfficiencyStep: trait.number({ default: 0.1, minimum: 1e-3, help: 'Step of the efficiencies on trial.' }),
  alpha: trait.number({ default: 0.2, minimum: 1e-6, help: 'Ratio of the sizes of the on and the off region.' }),
  minBackgroundFovOffset: trait.quantity({
    default: 0,
    unit: 'deg',
    minimum: 0,
    help: 'Least angle to the pointing of events of the background.',
  }),
  maxBackgroundFovOffset: trait.quantity({
    default: 5,
    unit: 'deg',
    minimum: 0,
    help: 'Largest angle to the pointing of events of the background.',
  }),
}) {
  override get needsBackground(): boolean {
    return true;
  }

  override get eventColumns(): readonly string[] {
    return ['reco_energy', 'gh_score', 'theta', 'multiplicity', 'reco_source_fov_offset', 'weight'];
  }

  override get backgroundOffsets(): Float64Array {
    const { minBackgroundFovOffset: min, maxBackgroundFovOffset: max } = this.traits;
    if (max > min) return Float64Array.of(min, max);
    throw refusedIrf(
      `${this.name}: min_background_fov_offset is ${min} deg and max_background_fov_offset ${max} deg, expected a minimum below the maximum.`,
    );
  }

  /** Efficiencies of the cut on gammaness on trial. */
  protected get ghEfficiencies(): Float64Array {
    const { maxGhCutEfficiency: max, ghCutEfficiencyStep: step } = this.traits;
    return efficiencies(max, step);
  }

  /**
   * Finds the combination of cuts with the best sensitivity in each bin: the first of equal ones, in the order of the lists, then by
   * gammaness, then by direction. Source: pyirf 0.14 `optimize_cuts`, but with one pass over the events per list.
   */
  protected bestCombinations(
    signal: Table,
    background: Table,
    edges: Float64Array,
    lists: readonly ScannedCombinations[],
  ): BestCombination[] {
    const { alpha } = this.traits;
    const [min, max] = this.backgroundOffsets;
    const ring = coneSolidAngle(radians(max)) - coneSolidAngle(radians(min));
    const nBins = edges.length - 1;
    const gammas = scannedEvents(signal, edges, () => true);
    const offsets = background.numbers('reco_source_fov_offset', 'deg');
    const others = scannedEvents(background, edges, (i) => offsets[i] >= min && offsets[i] < max);
    const theta = signal.numbers('theta', 'deg');
    const best = Array.from({ length: nBins }, (): BestCombination => ({
      list: 0,
      gh: 0,
      theta: 0,
      sensitivity: NaN,
      significance: NaN,
    }));
    for (const [list, cuts] of lists.entries()) {
      const { nGh, nTheta, minMultiplicity } = cuts;
      const nSignal = passedWeights(gammas, theta, minMultiplicity, cuts, nBins);
      const inRing = passedWeights(others, undefined, minMultiplicity, cuts, nBins);
      for (let bin = 0; bin < nBins; bin++) {
        for (let g = 0; g < nGh; g++) {
          for (let t = 0; t < nTheta; t++) {
            const onRegion = coneSolidAngle(radians(cuts.theta[bin * nTheta + t]));
            const nOff = (inRing[bin * nGh + g] * (onRegion / ring)) / alpha;
            const n = nSignal[(bin * nGh + g) * nTheta + t];
            const sensitivity = relativeSensitivity(n + alpha * nOff, nOff, alpha);
            const isFirst = list + g + t === 0;
            if (!isFirst && !(sensitivity < best[bin].sensitivity || isNanOf(best[bin], sensitivity))) continue;
            const significance = liMaSignificance(n * sensitivity + alpha * nOff, nOff, alpha);
            best[bin] = { list, gh: g, theta: t, sensitivity, significance };
          }
        }
      }
    }
    return best;
  }

  /**
   * Range of the bins in which a source is detectable, TeV.
   *
   * @throws CherenkitError CUTS_NOT_FOUND (65) if there is no such bin, or a gap between them
   */
  protected validEnergy(edges: Float64Array, best: readonly BestCombination[]): ValidRange {
    const isValid = best.map(({ significance }) => Number.isFinite(significance));
    const [first, last] = [isValid.indexOf(true), isValid.lastIndexOf(true)];
    const gaps = isValid.flatMap((valid, bin) => (!valid && bin > first && bin < last ? [bin] : []));
    if (first >= 0 && gaps.length === 0) return { min: edges[first], max: edges[last + 1] };
    const problem =
      first < 0
        ? 'no bin has enough gammas and events of the background'
        : `too few events in ${gaps.map((bin) => `${edges[bin].toPrecision(3)} to ${edges[bin + 1].toPrecision(3)} TeV`).join(', ')}, between bins with enough`;
    const message = `${this.name}: ${problem}, so that no cuts can be chosen there. Give more events, or choose wider bins or a smaller range: DefaultRecoEnergyBins.reco_energy_min, reco_energy_max, reco_energy_n_bins_per_decade.`;
    throw new CherenkitError('CUTS_NOT_FOUND', ExitCode.BAD_INPUT, message);
  }
}

/** Multiples of a step up to a maximum. Source: ctapipe 0.32. */
export function efficiencies(max: number, step: number): Float64Array {
  return steps(step, max + step / 2, step);
}

/** Whether a sensitivity is the first that is a number. */
function isNanOf({ sensitivity }: BestCombination, other: number): boolean {
  return Number.isNaN(sensitivity) && !Number.isNaN(other);
}

function scannedEvents(events: Table, edges: Float64Array, isUsed: (i: number) => boolean) {
  const energies = events.numbers('reco_energy', 'TeV');
  return {
    bins: Int32Array.from(energies, (energy, i) => (isUsed(i) ? binIndex(energy, edges) : -1)),
    ghScore: events.numbers('gh_score'),
    weight: events.numbers('weight'),
    multiplicity: events.column('multiplicity').values as ArrayLike<number>,
  };
}
