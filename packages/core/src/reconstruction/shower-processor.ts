import { Component, trait, type ComponentContext } from '../component/index.js';
import type { ArrayEvent } from '../event/index.js';
import type { QualityStatistics } from '../image/index.js';
import { Reconstructor } from './reconstructor.js';

/**
 * From image parameters (DL1) to showers (DL2): runs the chosen reconstructors one after the other, so that a later one may
 * use what an earlier one found. Source: ctapipe 0.32 `ShowerProcessor`.
 */
export class ShowerProcessor extends Component.withTraits({
  reconstructorTypes: trait.list(trait.componentName(Reconstructor), {
    default: ['HillasReconstructor'],
    help: 'The reconstructors, in the order in which they are applied.',
  }),
}) {
  static override readonly kind: string = 'ShowerProcessor';
  static override readonly help = 'From image parameters to showers.';

  /** In the order in which they are applied. */
  readonly reconstructors: readonly Reconstructor[];

  constructor(context: ComponentContext) {
    super(context);
    this.reconstructors = this.traits.reconstructorTypes.map((name) => context.create(Reconstructor, name));
  }

  /** Fills `dl2`. */
  process(event: ArrayEvent): void {
    for (const reconstructor of this.reconstructors) reconstructor.reconstruct(event);
  }

  /** How many images passed each criterion so far, by the name of the reconstructor; those without criteria are left out. */
  get statistics(): ReadonlyMap<string, QualityStatistics> {
    const counts = new Map<string, QualityStatistics>();
    for (const { name, statistics } of this.reconstructors) {
      if (statistics !== undefined) counts.set(name, statistics);
    }
    return counts;
  }
}
