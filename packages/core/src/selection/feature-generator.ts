import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { Table } from '@cherenkit/tables';
import { Component, trait } from '../framework/component/index.js';
import type { SubarrayDescription } from '../instrument/index.js';
import { ArrayMultiplicity } from './array-multiplicity.js';

/** Name of the array in expressions. */
export const SUBARRAY_NAME = 'subarray';

/** Name and expression of a feature. */
export type GeneratedFeature = readonly [name: string, expression: string];

/**
 * Computes columns from others by expressions. Source: ctapipe 0.32 `FeatureGenerator`.
 *
 * @example
 * ```ts
 * const features = [['area', 'hillas_width * hillas_length'], ['n_lsts', 'subarray.multiplicity(tels_with_trigger, "LST_LST_LSTCam")']];
 * const generator = await buildComponent(FeatureGenerator, { traits: { features } });
 * generator.generate(table).numbers('area');
 * ```
 */
export class FeatureGenerator extends Component.withTraits({
  features: trait.list(trait.tuple([trait.string(), trait.expression()]), {
    default: [],
    help:
      '(name, expression) pairs, which may use columns, features before them, `np`, `u` and `subarray`. ' +
      'Columns with a unit are quantities.',
  }),
}) {
  static override readonly kind: string = 'FeatureGenerator';
  static override readonly help = 'Computes features from other columns.';

  /** @throws CherenkitError FEATURE_EXISTS (2); ExpressionError */
  generate(table: Table): Table {
    return generateFeatures(table, this.traits.features, () => this.context.subarray);
  }
}

/**
 * Adds columns to a table, each computed by an expression.
 *
 * @param subarrayOf - called when an expression uses `subarray`
 * @throws CherenkitError FEATURE_EXISTS (2) if the table has a column of the same name; ExpressionError
 */
export function generateFeatures(
  table: Table,
  features: readonly GeneratedFeature[],
  subarrayOf: () => SubarrayDescription,
): Table {
  const values = new Map([[SUBARRAY_NAME, new ArrayMultiplicity(subarrayOf)]]);
  return features.reduce((extended, [name, expression]) => {
    if (!extended.has(name)) return extended.withColumn(name, expression, { values });
    const message = `FeatureGenerator: the feature "${name}" is a column of the table already. Choose another name.`;
    throw new CherenkitError('FEATURE_EXISTS', ExitCode.USAGE, message);
  }, table);
}
