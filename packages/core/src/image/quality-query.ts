import type { QualityStatistics } from '../data-model/service-tables.js';
import { Component, trait, type ComponentContext } from '../framework/component/index.js';
import { compileExpression, type Expression } from '@cherenkit/expression';
import type { Table } from '@cherenkit/tables';
import { ImageParametersContainer } from '../event/index.js';

export type { QualityStatistics };

/**
 * Adds the statistics of two runs with the same criteria.
 *
 * @throws RangeError if the criteria differ
 */
export function addStatistics(a: QualityStatistics, b: QualityStatistics): QualityStatistics {
  return combineStatistics(a, b, (left, right) => left + right);
}

/** Returns the statistics of what was counted after `before`, with the same criteria. */
export function statisticsSince(before: QualityStatistics, now: QualityStatistics): QualityStatistics {
  return combineStatistics(now, before, (later, earlier) => later - earlier);
}

function combineStatistics(
  a: QualityStatistics,
  b: QualityStatistics,
  combine: (left: number, right: number) => number,
): QualityStatistics {
  const criteriaOf = ({ criteria, expressions }: QualityStatistics): string => JSON.stringify([criteria, expressions]);
  if (criteriaOf(a) !== criteriaOf(b)) {
    throw new RangeError(
      `Cannot combine statistics of different criteria: ${a.criteria.join(', ')}; ${b.criteria.join(', ')}.`,
    );
  }
  const combined = (left: readonly number[], right: readonly number[]): number[] =>
    left.map((count, index) => combine(count, right[index] ?? 0));
  return {
    ...a,
    counts: combined(a.counts, b.counts),
    cumulativeCounts: combined(a.cumulativeCounts, b.cumulativeCounts),
  };
}

/**
 * Trait of one quality criterion: a pair (name, expression).
 *
 * @param values - names that the expression may use, with the classes of their values; any names if undefined. Attributes of
 *   containers of core are checked before the input is opened
 * @example
 * ```ts
 * const criteria = trait.list(qualityCriterion({ ring: MuonRingContainer, mask: Uint8Array }), { default: [] });
 * ```
 */
export const qualityCriterion = (values?: Readonly<Record<string, { readonly name: string }>>) =>
  trait.tuple([trait.string(), trait.expression({ ...(values && namesAndClasses(values)), isCondition: true })]);

function namesAndClasses(values: Readonly<Record<string, { readonly name: string }>>) {
  const entries = Object.entries(values);
  return {
    names: entries.map(([name]) => name),
    classes: Object.fromEntries(entries.map(([name, each]) => [name, each.name])),
  };
}

const help = '(name, expression) pairs; all must evaluate to True.';

/**
 * Applies named quality criteria and counts how often each is met.
 *
 * The expressions have Python syntax; quantities are in the units of ctapipe's containers.
 * Source: ctapipe 0.32 `QualityQuery`.
 *
 * @example
 * ```ts
 * const criteria = [['bright', 'intensity > 100'], ['contained', 'leakage < 0.2']];
 * const query = await buildComponent(QualityQuery, { traits: { qualityCriteria: criteria } });
 * query.passes(new Map([['intensity', 250], ['leakage', 0.4]])); // false
 * query.failed; // 'contained'
 * query.statistics.counts; // [1, 1, 0]: in total, and per criterion
 * ```
 */
export class QualityQuery extends Component.withTraits({
  qualityCriteria: trait.list(qualityCriterion(), { default: [], help }),
}) {
  static override readonly kind: string = 'QualityQuery';
  static override readonly help: string = 'Applies named quality criteria.';
  /** Names that expressions may use; undefined if they are known only when expressions are evaluated. */
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
   * Evaluates all criteria and updates the counts. Evaluation does not stop at the first failed criterion.
   *
   * @param values - values of the names in the expressions
   * @returns whether all criteria are met
   * @throws ExpressionError for a value of the wrong type or unit
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

  /**
   * Evaluates all criteria for the rows of a table, and updates the counts. Columns are plain numbers in their units, as in
   * ctapipe's `get_table_mask`.
   *
   * @returns 1 for rows that meet all criteria, 0 for the others
   * @throws ExpressionError; CherenkitError TABLE_MASK_INVALID (2)
   */
  passingRows(table: Table): Uint8Array {
    const passing = new Uint8Array(table.nRows).fill(1);
    const countOf = (mask: Uint8Array): number => mask.reduce((sum, met) => sum + met, 0);
    this.#total += table.nRows;
    this.traits.qualityCriteria.forEach(([, condition], index) => {
      const met = table.mask(condition);
      met.forEach((isMet, row) => {
        if (!isMet) passing[row] = 0;
      });
      this.#counts[index] = (this.#counts[index] ?? 0) + countOf(met);
      this.#cumulativeCounts[index] = (this.#cumulativeCounts[index] ?? 0) + countOf(passing);
    });
    return passing;
  }

  /** Name of the first criterion failed in the last call of `passes`; undefined if all were met. */
  get failed(): string | undefined {
    return this.#failed;
  }

  /** Counts so far, in total and per criterion. */
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

/** Quality criteria of cleaned images to be parametrized. Source: ctapipe 0.32 `ImageQualityQuery`. */
export class ImageQualityQuery extends QualityQuery.withTraits({
  qualityCriteria: trait.list(qualityCriterion({ image: Float32Array }), {
    default: [
      ['size_greater_0', 'image.sum() > 0'],
      ['at_least_2_pixels', 'image.size > 1'],
    ],
    help: `${help} \`image\` is the array of the charges after cleaning.`,
  }),
}) {
  static override readonly help = 'Quality criteria of cleaned images to be parametrized.';
  static override readonly names = ['image'];

  readonly #values = new Map<string, unknown>();

  /**
   * Evaluates the criteria for an image.
   *
   * @param charges - charges of the pixels kept by the cleaning, p.e.
   */
  passesImage(charges: Float32Array | Int32Array): boolean {
    return this.passes(this.#values.set('image', charges));
  }
}

/** Quality criteria of images to be used in stereo reconstruction. Source: ctapipe 0.32 `StereoQualityQuery`. */
export class StereoQualityQuery extends QualityQuery.withTraits({
  qualityCriteria: trait.list(qualityCriterion({ parameters: ImageParametersContainer }), {
    default: [
      ['> 50 phe', 'parameters.hillas.intensity > 50'],
      ['Positive width', 'parameters.hillas.width.value > 0'],
      ['> 3 pixels', 'parameters.morphology.n_pixels > 3'],
    ],
    help: `${help} \`parameters\` are the parameters of an image.`,
  }),
}) {
  static override readonly help = 'Quality criteria of images to be used in stereo reconstruction.';
  static override readonly names = ['parameters'];

  readonly #values = new Map<string, unknown>();

  /** Evaluates the criteria for the parameters of an image. */
  passesParameters(parameters: ImageParametersContainer): boolean {
    return this.passes(this.#values.set('parameters', parameters));
  }
}
