import { Component, EVENT_FAILURES, trait, type ComponentContext } from '../framework/component/index.js';
import { attributeErrors, nameErrors } from '../framework/component/event-failures.js';
import { leavingUnchanged } from '../event/event-fingerprint.js';
import { CoreParametersContainer, type ArrayEvent } from '../event/index.js';
import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { QualityStatistics } from '../image/index.js';
import { prefixOfResults, Reconstructor } from './reconstructor.js';
import { unconfiguredNames } from './misnamed-results.js';
import { keepingSharedParts } from './shared-parts.js';
import { ResultRows } from './result-rows.js';

/**
 * Reconstructs showers (DL2) from image parameters (DL1). Reconstructors are applied in order, so that one may use the results
 * of those before it. Source: ctapipe 0.32 `ShowerProcessor`.
 */
export class ShowerProcessor extends Component.withTraits({
  reconstructorTypes: trait.list(trait.componentName(Reconstructor), {
    default: ['HillasReconstructor'],
    help: 'The reconstructors, in the order in which they are applied.',
  }),
}) {
  static override readonly kind: string = 'ShowerProcessor';
  static override readonly help = 'Reconstructs showers from image parameters.';

  /** Reconstructors in the order in which they are applied. */
  readonly reconstructors: readonly Reconstructor[];

  readonly #failures = this.context.service(EVENT_FAILURES);
  readonly #rows: readonly ResultRows[];
  readonly #names: ReadonlySet<string>;

  /** @throws CherenkitError RECONSTRUCTOR_TWICE if the results of two reconstructors have the same name */
  constructor(context: ComponentContext) {
    super(context);
    this.reconstructors = this.traits.reconstructorTypes.map((name) => context.create(Reconstructor, name));
    const names = this.reconstructors.map(prefixOfResults);
    const duplicate = names.find((name, index) => names.indexOf(name) !== index);
    if (duplicate !== undefined) throw duplicateReconstructor(duplicate);
    for (const reconstructor of this.reconstructors) reconstructor.checkReady?.();
    this.#names = new Set(names);
    this.#rows = this.reconstructors.map(
      (reconstructor) => new ResultRows(reconstructor, this.#failures, context.subarray),
    );
  }

  /** Prepares the reconstructors that read files. Call it once, before the first event. */
  async prepare(): Promise<void> {
    for (const reconstructor of this.reconstructors) {
      if (reconstructor.prepare) await nameErrors(reconstructor, () => reconstructor.prepare?.() ?? Promise.resolve());
    }
  }

  /**
   * Fills `dl2`, and the parameters of images that follow from it. A reconstructor that fails for an event gets an invalid
   * result.
   */
  process(event: ArrayEvent): void {
    const ofInput = unconfiguredNames(event, this.#names);
    for (const { parameters } of event.dl1.tel.values()) {
      // Of an earlier reconstruction, if the input has parameters.
      if (parameters && !Number.isNaN(parameters.core.psi)) parameters.core = new CoreParametersContainer();
    }
    this.reconstructors.forEach((reconstructor, index) => {
      const { checksChanges } = this.#failures;
      const reconstruct = (): void => reconstructor.reconstruct(event);
      const run = (): void =>
        attributeErrors(reconstructor, () =>
          keepingSharedParts(event, () => leavingUnchanged(checksChanges, { event }, reconstruct, reconstructor.name)),
        );
      const failed = this.#failures.catchFailure(event, undefined, run);
      this.#rows[index]?.complete(event, failed?.reason, this.#names, ofInput);
    });
  }

  /**
   * Names of reconstructors that declare no `resultClasses` and gave no result so far: which properties they reconstruct is
   * unknown. A run counts and writes them as geometries without a valid result.
   */
  get withoutResults(): string[] {
    return this.#rows.filter(({ isUnknown }) => isUnknown).map(({ name }) => name);
  }

  /** Names of the results of all reconstructors, in their order. */
  get prefixes(): string[] {
    return this.reconstructors.map(prefixOfResults);
  }

  /** Number of images that passed each quality criterion so far, by the class name of the reconstructor. */
  get statistics(): ReadonlyMap<string, QualityStatistics> {
    const counts = new Map<string, QualityStatistics>();
    for (const { name, statistics } of this.reconstructors) {
      if (statistics !== undefined) counts.set(name, statistics);
    }
    return counts;
  }
}

/** Reconstructors whose results have the same name would overwrite each other's results. */
function duplicateReconstructor(name: string): CherenkitError {
  const message = `ShowerProcessor.reconstructor_types contains two reconstructors named ${name}, whose results would overwrite each other; remove one of them.`;
  return new CherenkitError('RECONSTRUCTOR_TWICE', ExitCode.USAGE, message);
}
