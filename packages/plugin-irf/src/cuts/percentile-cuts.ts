import { CherenkitError, Component, ExitCode, nameSome, trait, type ComponentKind } from '@cherenkit/core';
import { binIndices, percentileCut } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { CutOptimizerBase, type OptimizerInput } from './cut-optimizer-base.js';
import { cutTable, passesCut, type SelectionCuts } from './selection-cuts.js';

const minCounts = trait.integer({
  default: 10,
  minimum: 1,
  help: 'Least number of events in a bin for a cut of its own.',
});
const smoothing = trait.optional(
  trait.number({ help: 'Standard deviation of a Gaussian that smooths the cuts, in bins. null: no smoothing.' }),
);

const targetPercentile = trait.integer({
  default: 68,
  minimum: 0,
  maximum: 100,
  help: 'Percentage of the events to keep in each bin.',
});

/** ctapipe ignores negative widths. */
function positive(width: number | undefined): number | undefined {
  return width !== undefined && width > 0 ? width : undefined;
}

/** Cuts on gammaness that keep a percentage of the events. Source: ctapipe 0.32 `GhPercentileCutCalculator`. */
export class GhPercentileCutCalculator extends Component.withTraits({
  minCounts,
  smoothing,
  targetPercentile,
}) {
  static override readonly kind: string = 'GhPercentileCutCalculator';
  static override readonly help = 'Cuts on gammaness that keep a percentage of the events.';

  /** @param edges - bins in reconstructed energy, TeV */
  calculate(events: Table, edges: Float64Array): Table {
    const { minCounts: minEvents, smoothing: width, targetPercentile } = this.traits;
    const values = events.numbers('gh_score');
    const bins = binIndices(events.numbers('reco_energy', 'TeV'), edges);
    const { cut, nEvents } = percentileCut(values, bins, edges.length - 1, {
      percentile: 100 - targetPercentile,
      fillValue: largest(values),
      minEvents,
      smoothing: positive(width),
    });
    return cutTable(edges, cut, { nEvents });
  }
}

/** Cuts on the angle to the source that keep a percentage of the events. Source: ctapipe 0.32 `ThetaPercentileCutCalculator`. */
export class ThetaPercentileCutCalculator extends Component.withTraits({
  thetaMinAngle: trait.optional(trait.quantity({ unit: 'deg', help: 'Smallest cut. null: no limit.' })),
  thetaMaxAngle: trait.optional(trait.quantity({ default: 0.5, unit: 'deg', help: 'Largest cut. null: no limit.' })),
  minCounts,
  thetaFillValue: trait.quantity({ default: 0.5, unit: 'deg', help: 'Cut in bins with too few events.' }),
  smoothing,
  targetPercentile,
}) {
  static override readonly kind: string = 'ThetaPercentileCutCalculator';
  static override readonly help = 'Cuts on the angle to the source that keep a percentage of the events.';

  /** @param edges - bins in reconstructed energy, TeV */
  calculate(events: Table, edges: Float64Array): Table {
    const { thetaMinAngle, thetaMaxAngle, thetaFillValue, minCounts: minEvents, smoothing: width } = this.traits;
    const bins = binIndices(events.numbers('reco_energy', 'TeV'), edges);
    const { cut, nEvents } = percentileCut(events.numbers('theta', 'deg'), bins, edges.length - 1, {
      percentile: this.traits.targetPercentile,
      fillValue: thetaFillValue,
      minValue: thetaMinAngle,
      maxValue: thetaMaxAngle,
      minEvents,
      smoothing: positive(width),
    });
    return cutTable(edges, cut, { unit: 'deg', nEvents });
  }
}

/**
 * Cuts on gammaness, and then on the angle to the source, each of which keeps a percentage of the gammas. Source: ctapipe 0.32
 * `PercentileCuts`.
 */
export class PercentileCuts extends CutOptimizerBase {
  static override readonly help = 'Cuts on gammaness and direction that keep a percentage of the gammas.';
  static override readonly children: readonly ComponentKind[] = [
    GhPercentileCutCalculator,
    ThetaPercentileCutCalculator,
  ];

  readonly #gh = this.context.create(GhPercentileCutCalculator, 'GhPercentileCutCalculator');
  readonly #theta = this.context.create(ThetaPercentileCutCalculator, 'ThetaPercentileCutCalculator');

  override get eventColumns(): readonly string[] {
    return ['reco_energy', 'gh_score', 'theta'];
  }

  override optimize({ signal, qualityCriteria, classifier }: OptimizerInput): SelectionCuts {
    const edges = this.recoEnergyBins;
    const gh = this.#gh.calculate(signal, edges);
    const theta = this.#theta.calculate(signal.filter(passesCut(signal, 'gh_score', gh, true)), edges);
    const { recoEnergyMin: min, recoEnergyMax: max } = this.traits;
    this.#checkCounts(gh, this.#gh.traits.minCounts);
    return {
      qualityCriteria,
      classifier,
      gh,
      theta,
      multiplicity: undefined,
      validEnergy: { min, max },
      validOffset: { min: 0, max: Infinity },
    };
  }

  /** Warns of bins in which cuts are fill values. @throws CherenkitError CUTS_NOT_FOUND (65) if all are */
  #checkCounts(gh: Table, minCounts: number): void {
    const [low, high, counts] = [gh.numbers('low', 'TeV'), gh.numbers('high', 'TeV'), gh.numbers('n_events')];
    const few = Array.from(counts, (_, bin) => bin).filter((bin) => counts[bin] < minCounts);
    if (few.length === 0) return;
    const bins = nameSome(few.map((bin) => `${low[bin].toPrecision(3)} to ${high[bin].toPrecision(3)}`));
    const message = `${this.name}: fewer than ${minCounts} gammas in ${few.length} of ${counts.length} bins of energy, ${bins} TeV`;
    if (few.length === counts.length) {
      const remedy =
        'Give more events, or choose wider bins or another range: DefaultRecoEnergyBins.reco_energy_min, reco_energy_max, reco_energy_n_bins_per_decade.';
      throw new CherenkitError(
        'CUTS_NOT_FOUND',
        ExitCode.BAD_INPUT,
        `${message}, so that no cuts can be chosen. ${remedy}`,
      );
    }
    this.context.logger.warning(`${message}; cuts there are the fill values, as in ctapipe.`);
  }
}

/** The largest value; 0 if there is none. */
export function largest(values: Float64Array): number {
  let found = -Infinity;
  for (const value of values) if (value > found) found = value;
  return Number.isFinite(found) ? found : 0;
}
