import { trait } from '@cherenkit/core';
import { binIndices, percentileCuts } from '@cherenkit/kernels';
import { refusedIrf } from '../irf-error.js';
import type { OptimizerInput } from './cut-optimizer-base.js';
import { largest } from './percentile-cuts.js';
import {
  efficiencies,
  PointSourceSensitivityOptimizerBase,
  type ScannedCombinations,
} from './point-source-sensitivity-optimizer-base.js';
import { cutTable, type SelectionCuts } from './selection-cuts.js';

/**
 * Finds the cuts on gammaness, direction and multiplicity with the best sensitivity for a point source among all combinations.
 * Source: ctapipe 0.32 `PointSourceSensitivityOptimizer`.
 */
export class PointSourceSensitivityOptimizer extends PointSourceSensitivityOptimizerBase.withTraits({
  thetaMinAngle: trait.optional(
    trait.quantity({ unit: 'deg', help: 'Smallest cut on the angle to the source. null: no limit.' }),
  ),
  thetaMaxAngle: trait.optional(
    trait.quantity({ default: 0.5, unit: 'deg', help: 'Largest cut on the angle to the source. null: no limit.' }),
  ),
  maxThetaCutEfficiency: trait.number({
    default: 0.8,
    minimum: 0,
    maximum: 1,
    help: 'Largest efficiency of the cut on the angle to the source.',
  }),
  thetaCutEfficiencyStep: trait.number({ default: 0.1, minimum: 1e-3, help: 'Step of the efficiencies on trial.' }),
  multiplicityCuts: trait.list(trait.integer({ minimum: 0 }), {
    default: [2, 3, 4, 5, 6, 7, 8, 9, 10],
    minItems: 1,
    help: 'Least numbers of telescopes on trial.',
  }),
}) {
  static override readonly help = 'Finds the cuts on gammaness, direction and multiplicity with the best sensitivity.';

  override optimize({ signal, background, qualityCriteria, classifier }: OptimizerInput): SelectionCuts {
    if (background === undefined) throw refusedIrf(`${this.name}: expected events of the background, found none.`);
    const edges = this.recoEnergyBins;
    const { thetaMinAngle, thetaMaxAngle, maxThetaCutEfficiency, thetaCutEfficiencyStep, multiplicityCuts } =
      this.traits;
    const ghEfficiencies = this.ghEfficiencies;
    const thetaEfficiencies = efficiencies(maxThetaCutEfficiency, thetaCutEfficiencyStep);
    const allBins = binIndices(signal.numbers('reco_energy', 'TeV'), edges);
    const [gh, theta] = [signal.numbers('gh_score'), signal.numbers('theta', 'deg')];
    const multiplicity = signal.column('multiplicity').values as ArrayLike<number>;
    const nBins = edges.length - 1;
    const fillValue = largest(gh);
    const lists = multiplicityCuts.map((minMultiplicity): ScannedCombinations => {
      const bins = allBins.map((bin, i) => (multiplicity[i] >= minMultiplicity ? bin : -1));
      const percentiles = ghEfficiencies.map((efficiency) => 100 * (1 - efficiency));
      const ghCuts = percentileCuts(gh, bins, nBins, { percentiles, fillValue });
      const thetaCuts = percentileCuts(theta, bins, nBins, {
        percentiles: thetaEfficiencies.map((efficiency) => 100 * efficiency),
        fillValue: thetaMaxAngle ?? Infinity,
        minValue: thetaMinAngle,
        maxValue: thetaMaxAngle,
      });
      const [nGh, nTheta] = [ghEfficiencies.length, thetaEfficiencies.length];
      return { minMultiplicity, gh: ghCuts.cuts, nGh, theta: thetaCuts.cuts, nTheta };
    });
    const best = this.bestCombinations(signal, background, edges, lists);
    const validEnergy = this.validEnergy(edges, best);
    const cutOf = (name: 'gh' | 'theta') =>
      Float64Array.from(best, (found, bin) => {
        const list = lists[found.list];
        return list[name][bin * (name === 'gh' ? list.nGh : list.nTheta) + found[name]];
      });
    const efficiencyOf = (name: 'gh' | 'theta') =>
      Float64Array.from(best, (found) => (name === 'gh' ? ghEfficiencies : thetaEfficiencies)[found[name]]);
    const [min, max] = this.backgroundOffsets;
    return {
      qualityCriteria,
      classifier,
      gh: cutTable(edges, cutOf('gh'), { efficiency: efficiencyOf('gh') }),
      theta: cutTable(edges, cutOf('theta'), { unit: 'deg', efficiency: efficiencyOf('theta') }),
      multiplicity: cutTable(
        edges,
        Float64Array.from(best, ({ list }) => multiplicityCuts[list]),
      ),
      validEnergy,
      validOffset: { min, max },
    };
  }
}
