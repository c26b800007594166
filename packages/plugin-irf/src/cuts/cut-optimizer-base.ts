import type { Table } from '@cherenkit/tables';
import { DefaultRecoEnergyBins } from '../bins/energy-bins.js';
import type { QualityCriterion } from '../events/dl2-event-quality-query.js';
import type { SelectionCuts } from './selection-cuts.js';

/** What cuts are found with. */
export interface OptimizerInput {
  /** Selected gammas, weighted if the optimizer needs background. */
  readonly signal: Table;
  /** Weighted events of the background, if the optimizer needs them. */
  readonly background: Table | undefined;
  /** Criteria that the events met. */
  readonly qualityCriteria: readonly QualityCriterion[];
  /** Prefix of the classifier. */
  readonly classifier: string;
}

/** Finds cuts on gammaness, and on direction and multiplicity, in bins of reconstructed energy. Source: ctapipe 0.32 `CutOptimizerBase`. */
export abstract class CutOptimizerBase extends DefaultRecoEnergyBins {
  static override readonly kind: string = 'CutOptimizerBase';
  static override readonly help: string = 'Finds cuts for instrument responses.';
  static override readonly methods: readonly string[] = ['optimize'];

  /** Whether the optimizer needs events of the background, and weights. Default: false. */
  get needsBackground(): boolean {
    return false;
  }

  /** Angles to the pointing, deg, in which events of the background are used; undefined without background. */
  get backgroundOffsets(): Float64Array | undefined {
    return undefined;
  }

  /** Columns of the events that the optimizer reads, so that others need not be in memory. Default: undefined, all of them. */
  get eventColumns(): readonly string[] | undefined {
    return undefined;
  }

  abstract optimize(input: OptimizerInput): SelectionCuts;
}
