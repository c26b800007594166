import { Component, EVENT_FAILURES, trait, type ComponentContext } from '../framework/component/index.js';
import { attributeErrors } from '../framework/component/event-failures.js';
import type { ArrayEvent } from '../event/index.js';
import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { QualityStatistics } from '../image/index.js';
import { forgetResults, refuseResults } from './checked-results.js';
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

  readonly #failures = this.context.service(EVENT_FAILURES);

  constructor(context: ComponentContext) {
    super(context);
    this.reconstructors = this.traits.reconstructorTypes.map((name) => context.create(Reconstructor, name));
    const names = this.reconstructors.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw chosenTwice(twice);
  }

  /** Fills `dl2`. */
  process(event: ArrayEvent): void {
    const failures = this.#failures;
    for (const reconstructor of this.reconstructors) {
      const run = (): void => attributeErrors(reconstructor, () => reconstructor.reconstruct(event));
      const failed = failures.catchFailure(event, undefined, run);
      if (failed) forgetResults(event, reconstructor, failed.reason);
      else refuseResults(event, reconstructor, failures);
    }
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

/** Results and tables are known by the name of the class: two of one name would overwrite each other. */
function chosenTwice(name: string): CherenkitError {
  const message = `ShowerProcessor.reconstructor_types has two reconstructors called ${name}, whose results would have one place; choose one of them.`;
  return new CherenkitError('RECONSTRUCTOR_TWICE', ExitCode.USAGE, message);
}
