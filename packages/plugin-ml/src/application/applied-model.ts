import {
  CherenkitError,
  didYouMean,
  ExitCode,
  generateFeatures,
  nameSome,
  type ComponentContext,
  type ReconstructionProperty,
  type StereoCombiner,
} from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { combinerOfModel } from '../combination/combiner-of-model.js';
import { inputColumns } from '../model/input-columns.js';
import type { ModelReconstructor } from '../model/model-description.js';
import type { Model } from '../model/model-file.js';
import { checkTelescopes, predictRows } from '../reconstruction/predict-rows.js';
import { FeatureRangeCheck } from './feature-range-check.js';

const PROPERTIES: Readonly<Record<ModelReconstructor, ReconstructionProperty>> = {
  EnergyRegressor: 'ENERGY',
  ParticleClassifier: 'PARTICLE_TYPE',
  DispReconstructor: 'GEOMETRY',
};

/** A model that is applied to tables of telescope events. */
export class AppliedModel {
  /** Property of array events. */
  readonly property: ReconstructionProperty;
  readonly #combiner: StereoCombiner;
  readonly #ranges: FeatureRangeCheck;
  /** Columns that the model needs. */
  readonly columns: readonly string[];

  /**
   * @param path - of the model, for messages
   * @param context - of the tool
   * @throws CherenkitError MODEL_UNSUPPORTED (65)
   */
  constructor(
    readonly model: Model,
    readonly path: string,
    private readonly context: ComponentContext,
  ) {
    this.property = PROPERTIES[model.description.reconstructor];
    this.#combiner = combinerOfModel(model.description, this.property, context, path);
    this.#ranges = new FeatureRangeCheck(model.description);
    this.columns = inputColumns(model.description);
  }

  /** Name of the results. */
  get prefix(): string {
    return this.model.description.prefix;
  }

  get reconstructor(): ModelReconstructor {
    return this.model.description.reconstructor;
  }

  /**
   * Checks that there are estimators for telescopes.
   *
   * @param skipsMissing - whether telescopes without estimator cause a warning instead of an error
   * @throws CherenkitError MODEL_TELESCOPE_UNKNOWN (2) naming their types
   */
  checkTelescopes(telIds: readonly number[], skipsMissing: boolean): void {
    try {
      checkTelescopes(this.model, this.context.subarray.selectSubarray(telIds, this.context.subarray.name), this.path);
    } catch (error) {
      if (!skipsMissing || !CherenkitError.is(error)) throw error;
      this.context.logger.warning(`skipped: ${error.message}`);
    }
  }

  /**
   * Predicts for the events of one telescope, one per row.
   *
   * @returns undefined without an estimator for the telescope
   * @throws CherenkitError FEATURE_MISSING (2) naming the columns that the table lacks; ExpressionError
   */
  predict(table: Table, telId: number): Table | undefined {
    const type = this.context.subarray.typeOf(telId);
    if (!this.model.estimators.has(type)) return undefined;
    this.#checkColumns(table);
    const { generatedFeatures, qualityCriteria } = this.model.description;
    const extended = generateFeatures(table, generatedFeatures, () => this.context.subarray);
    const isUsed = new Uint8Array(table.nRows).fill(1);
    for (const [, condition] of qualityCriteria) {
      extended.mask(condition).forEach((met, row) => {
        if (!met) isUsed[row] = 0;
      });
    }
    this.#ranges.add(extended, type, isUsed);
    return predictRows(this.model, extended, type, isUsed, this.prefix);
  }

  /** Warns of events unlike those of the training. */
  reportRanges(): void {
    this.#ranges.report(this.path, this.context.logger);
  }

  /**
   * Combines the predictions of telescopes.
   *
   * @param table - telescope events with the predictions, those of an array event in adjacent rows
   */
  combine(table: Table): Table {
    const combined = this.#combiner.combineTable?.(table, this.property, this.prefix);
    if (combined) return combined;
    const message = `${this.path}: ${this.#combiner.name} does not combine tables.`;
    throw new CherenkitError('MODEL_UNSUPPORTED', ExitCode.BAD_INPUT, message);
  }

  #checkColumns(table: Table): void {
    const missing = this.columns.filter((name) => !table.has(name) && !isEnumeration(table, name));
    const [first, ...others] = missing;
    if (first === undefined) return;
    const hint = others.length === 0 ? didYouMean(first, table.names) : '';
    const message =
      `${this.path} needs the ${others.length === 0 ? 'column' : 'columns'} ${nameSome(missing)}, which the input does not have${hint || '.'} ` +
      'Process the input with the reconstructors whose results they are, or apply the models that predict them before this one.';
    throw new CherenkitError('FEATURE_MISSING', ExitCode.USAGE, message);
  }
}

/** Whether a name is that of an enumeration of a column, such as `EventType`. */
function isEnumeration({ columns }: Table, name: string): boolean {
  for (const { meaning } of columns.values()) {
    if (meaning?.kind === 'enumeration' && meaning.enumeration.name === name) return true;
  }
  return false;
}
