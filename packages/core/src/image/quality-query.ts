import type { QualityStatistics } from '../data-model/service-tables.js';
import { Component, trait, type ComponentContext } from '../framework/component/index.js';
import { compileExpression, type Expression } from '@cherenkit/expression';
import type { ImageParametersContainer } from '../event/index.js';

export type { QualityStatistics };

/**
 * The counts of two runs with the same criteria.
 *
 * @throws RangeError if the criteria differ
 */
export function addStatistics(a: QualityStatistics, b: QualityStatistics): QualityStatistics {
  const criteriaOf = ({ criteria, expressions }: QualityStatistics): string => JSON.stringify([criteria, expressions]);
  if (criteriaOf(a) !== criteriaOf(b)) {
    throw new RangeError(`Statistics of different criteria: ${a.criteria.join(', ')}; ${b.criteria.join(', ')}.`);
  }
  const sum = (left: readonly number[], right: readonly number[]): number[] =>
    left.map((count, index) => count + (right[index] ?? 0));
  return {
    ...a,
    counts: sum(a.counts, b.counts),
    cumulativeCounts: sum(a.cumulativeCounts, b.cumulativeCounts),
  };
}

/** A name and an expression. */
const criterion = (...names: string[]) => trait.tuple([trait.string(), trait.expression({ names })]);
const help = 'Pairs of a name and an expression that has to be true.';

/**
 * Named criteria that something has to meet, with counts of how many met each.
 *
 * The expressions are in Python's spelling and see quantities in the units of ctapipe's containers.
 * Source: ctapipe 0.32 `QualityQuery`.
 */
export class QualityQuery extends Component.withTraits({
  qualityCriteria: trait.list(trait.tuple([trait.string(), trait.expression()]), { default: [], help }),
}) {
  static override readonly kind: string = 'QualityQuery';
  static override readonly help: string = 'Named criteria that something has to meet.';
  /** The names that expressions may use; undefined where that shows only when they are evaluated. */
  static readonly names: readonly string[] | undefined = undefined;

  readonly #expressions: readonly Expression[];
  readonly #counts: number[];
  readonly #cumulativeCounts: number[];
  #total = 0;
  #failed: string | undefined;

  constructor(context: ComponentContext) {
    super(context);
    const { names } = this.constructor as typeof QualityQuery;
    this.#expressions = this.traits.qualityCriteria.map(([, text]) => compileExpression(text, names));
    this.#counts = this.#expressions.map(() => 0);
    this.#cumulativeCounts = this.#expressions.map(() => 0);
  }

  /**
   * Whether all criteria are met by the values under these names; counts the answer. All are evaluated, also after one
   * that failed, since each has a count of its own.
   *
   * @throws ExpressionError where a value does not fit an expression
   */
  passes(values: ReadonlyMap<string, unknown>): boolean {
    this.#total += 1;
    let passed = true;
    this.#failed = undefined;
    this.#expressions.forEach((expression, index) => {
      const met = expression.test(values);
      if (passed && !met) this.#failed = this.traits.qualityCriteria[index]?.[0];
      passed &&= met;
      this.#counts[index] = (this.#counts[index] ?? 0) + Number(met);
      this.#cumulativeCounts[index] = (this.#cumulativeCounts[index] ?? 0) + Number(passed);
    });
    return passed;
  }

  /** The name of the first criterion that the values of the last call did not meet; undefined if they met all. */
  get failed(): string | undefined {
    return this.#failed;
  }

  /** The counts so far. */
  get statistics(): QualityStatistics {
    const { qualityCriteria } = this.traits;
    return {
      criteria: ['TOTAL', ...qualityCriteria.map(([name]) => name)],
      expressions: ['True', ...qualityCriteria.map(([, expression]) => expression)],
      counts: [this.#total, ...this.#counts],
      cumulativeCounts: [this.#total, ...this.#cumulativeCounts],
    };
  }
}

/** What the cleaned part of an image has to be like to be parametrized. Source: ctapipe 0.32 `ImageQualityQuery`. */
export class ImageQualityQuery extends QualityQuery.withTraits({
  qualityCriteria: trait.list(criterion('image'), {
    default: [
      ['size_greater_0', 'image.sum() > 0'],
      ['at_least_2_pixels', 'image.size > 1'],
    ],
    help: `${help} \`image\` holds the charges of the pixels that cleaning left.`,
  }),
}) {
  static override readonly help = 'What a cleaned image has to be like to be parametrized.';
  static override readonly names = ['image'];

  readonly #values = new Map<string, unknown>();

  /** @param charges - of the pixels that cleaning left */
  passesImage(charges: Float32Array | Int32Array): boolean {
    return this.passes(this.#values.set('image', charges));
  }
}

/** What the parameters of an image have to be like for stereo reconstruction. Source: ctapipe 0.32 `StereoQualityQuery`. */
export class StereoQualityQuery extends QualityQuery.withTraits({
  qualityCriteria: trait.list(criterion('parameters'), {
    default: [
      ['> 50 phe', 'parameters.hillas.intensity > 50'],
      ['Positive width', 'parameters.hillas.width.value > 0'],
      ['> 3 pixels', 'parameters.morphology.n_pixels > 3'],
    ],
    help: `${help} \`parameters\` holds the parameters of an image.`,
  }),
}) {
  static override readonly help = 'What an image has to be like to take part in stereo reconstruction.';
  static override readonly names = ['parameters'];

  readonly #values = new Map<string, unknown>();

  passesParameters(parameters: ImageParametersContainer): boolean {
    return this.passes(this.#values.set('parameters', parameters));
  }
}
