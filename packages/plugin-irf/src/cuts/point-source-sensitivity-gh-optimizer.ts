import { trait, type ComponentKind } from '@cherenkit/core';
import { binIndices, passesBinnedCut, percentileCut, percentileCuts } from '@cherenkit/kernels';
import { refusedIrf } from '../irf-error.js';
import type { OptimizerInput } from './cut-optimizer-base.js';
import { largest, ThetaPercentileCutCalculator } from './percentile-cuts.js';
import { PointSourceSensitivityOptimizerBase } from './point-source-sensitivity-optimizer-base.js';
import { cutTable, passesCut, type SelectionCuts } from './selection-cuts.js';

/**
 * Finds the cut on gammaness with the best sensitivity for a point source, with a cut on the direction that keeps a percentage of
 * the gammas. Source: ctapipe 0.32 `PointSourceSensitivityGhOptimizer`.
 */
export class PointSourceSensitivityGhOptimizer extends PointSourceSensitivityOptimizerBase.withTraits({
  initialGhCutEfficency: trait.number({
    default: 0.4,
    minimum: 0,
    maximum: 1,
    help: 'Efficiency of the cut on gammaness with which the first cuts on the direction are made.',
  }),
}) {
  static override readonly help =
    'Finds the cut on gammaness with the best sensitivity; the cut on the direction keeps a percentage of the gammas.';
  static override readonly children: readonly ComponentKind[] = [ThetaPercentileCutCalculator];

  readonly #theta = this.context.create(ThetaPercentileCutCalculator, 'ThetaPercentileCutCalculator');

  override optimize({ signal, background, qualityCriteria, classifier }: OptimizerInput): SelectionCuts {
    if (background === undefined) throw refusedIrf(`${this.name}: expected events of the background, found none.`);
    const edges = this.recoEnergyBins;
    const nBins = edges.length - 1;
    const scores = signal.numbers('gh_score');
    const bins = binIndices(signal.numbers('reco_energy', 'TeV'), edges);
    const percentile = 100 * (1 - this.traits.initialGhCutEfficency);
    const initial = percentileCut(scores, bins, nBins, { percentile, fillValue: 0, smoothing: 1 });
    const passed = passesBinnedCut(scores, bins, initial.cut, true).map((mask, i) =>
      mask === 1 && scores[i] > initial.cut[bins[i]] ? 1 : 0,
    );
    const theta = this.#theta.calculate(signal.filter(passed), edges);
    const ghEfficiencies = this.ghEfficiencies;
    const percentiles = ghEfficiencies.map((efficiency) => 100 * (1 - efficiency));
    const { cuts: gh } = percentileCuts(scores, bins, nBins, { percentiles, fillValue: largest(scores) });
    const nGh = ghEfficiencies.length;
    const list = { minMultiplicity: -Infinity, gh, nGh, theta: theta.numbers('cut', 'deg'), nTheta: 1 };
    const best = this.bestCombinations(signal, background, edges, [list]);
    const validEnergy = this.validEnergy(edges, best);
    const ghCuts = cutTable(
      edges,
      Float64Array.from(best, (found, bin) => gh[bin * nGh + found.gh]),
      { efficiency: Float64Array.from(best, (found) => ghEfficiencies[found.gh]) },
    );
    const [min, max] = this.backgroundOffsets;
    return {
      qualityCriteria,
      classifier,
      gh: ghCuts,
      theta: this.#theta.calculate(signal.filter(passesCut(signal, 'gh_score', ghCuts, true)), edges),
      multiplicity: undefined,
      validEnergy,
      validOffset: { min, max },
    };
  }
}
