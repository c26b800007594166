import {
  CherenkitError,
  Component,
  counted,
  ExitCode,
  OUTPUT_FILES,
  PROVENANCE,
  trait,
  type ComponentContext,
} from '@cherenkit/core';
import type { ByteSink } from '@cherenkit/io';
import { Hdf5Writer, writeTable } from '@cherenkit/plugin-hdf5';
import { columnFrom, Table, type Column } from '@cherenkit/tables';
import type { Role } from '../model/model-description.js';
import type { DescribedEstimator } from '../model/write-model.js';
import type { ModelReconstructor } from '../reconstruction/model-reconstructor.js';
import { predictRows } from '../reconstruction/predict-rows.js';
import { assignFolds, FOLD_GROUPS } from './assign-folds.js';
import { describeReconstructor, modelOf, type TrainingSet } from './fit-model.js';
import { distances, judgedArrayEvents, judgedTelescopeEvents, PREDICTED, TRUTH } from './judged-events.js';
import { EVENT_COLUMNS, JUDGED_COLUMNS } from './training-events.js';
import {
  metricsByEnergy,
  metricsOf,
  type EnergyBinMetrics,
  type JudgedEvents,
  type Metrics,
} from './validation-metrics.js';

/** Column with the fold whose model predicted an event. */
const FOLD = 'cv_fold';

/** Mean and standard deviation of metrics over the folds, by their names. */
export type FoldMetrics = Readonly<Record<string, { readonly mean: number; readonly standard_deviation: number }>>;

/** Quality of predictions of events by models that were not trained on them. */
export interface Validation<M = FoldMetrics> {
  readonly metrics: M;
  readonly byEnergy: readonly EnergyBinMetrics[];
  readonly events: JudgedEvents;
}

/** Events of a telescope type that are divided into folds. */
export interface Folds {
  readonly type: string;
  /** With all features and the target. */
  readonly table: Table;
  /** True value of each event, as metrics use it. */
  readonly truth: Float64Array;
  /** Fold of each event. */
  readonly folds: Uint8Array;
  /** Events of which the model of each fold is trained: those of the other folds. */
  readonly training: readonly TrainingSet[];
}

/**
 * Judges models by predictions of events that they were not trained on. Source: ctapipe 0.32 `CrossValidator`, whose folds are of telescope
 * events.
 */
export class CrossValidator extends Component.withTraits({
  nCrossValidations: trait.integer({
    default: 5,
    minimum: 0,
    maximum: 100,
    help: 'Number of folds: each is predicted by a model that is trained on the others. 0: no cross-validation.',
  }),
  outputPath: trait.optional(
    trait.path({ help: 'HDF5 file of the predictions of all events by models that were not trained on them.' }),
  ),
  rngSeed: trait.integer({ default: 1337, minimum: 0, help: 'Seed of the division into folds.' }),
  groupBy: trait.oneOf(FOLD_GROUPS, {
    default: 'events',
    help: 'Keep all telescopes of an array event in the same fold (events), or divide telescope events as ctapipe does (rows).',
  }),
}) {
  static override readonly kind: string = 'CrossValidator';
  static override readonly help = 'Judges models by predictions of events that they were not trained on.';

  /** Predictions by telescope type. */
  readonly #tables = new Map<string, Table>();

  /** @throws CherenkitError FOLDS_INVALID (2) */
  constructor(context: ComponentContext) {
    super(context);
    if (this.traits.nCrossValidations !== 1) return;
    const message = 'CrossValidator.n_cross_validations is 1, expected 0 (none) or at least 2.';
    throw new CherenkitError('FOLDS_INVALID', ExitCode.USAGE, message);
  }

  /**
   * Divides events into folds.
   *
   * @param table - events with all features and the target
   * @param index - of the telescope type
   * @returns undefined without folds
   * @throws CherenkitError TOO_FEW_EVENTS (65)
   */
  divide(reconstructor: ModelReconstructor, type: string, index: number, table: Table): Folds | undefined {
    const { nCrossValidations: nFolds, rngSeed, groupBy } = this.traits;
    if (nFolds === 0) return undefined;
    const { modelClass } = reconstructor;
    const truth = truthOf(reconstructor, table);
    const classes = modelClass === 'ParticleClassifier' ? truth : new Uint8Array(table.nRows);
    const folds = assignFolds(table, classes, groupBy, nFolds, rngSeed, index);
    if (table.nRows <= nFolds || new Set(folds).size < nFolds) {
      const message = `${type}: ${counted(table.nRows, 'telescope event')} for ${nFolds} folds. Give more events, or fewer folds.`;
      throw new CherenkitError('TOO_FEW_EVENTS', ExitCode.BAD_INPUT, message);
    }
    const training = Array.from({ length: nFolds }, (_, fold) => ({
      table: () => table.filter(notIn(folds, fold)),
      place: `${type}, fold ${fold}`,
    }));
    return { type, table, truth, folds, training };
  }

  /**
   * Judges the models of all folds, each by the events that it was not trained on.
   *
   * @param fitted - estimators trained on the `training` of each fold
   */
  validate(
    reconstructor: ModelReconstructor,
    { type, table, truth, folds }: Folds,
    fitted: readonly ReadonlyMap<Role, DescribedEstimator>[],
    units: ReadonlyMap<string, string>,
  ): Validation {
    const { modelClass, prefix } = reconstructor;
    const description = describeReconstructor(reconstructor, units);
    const judged = table.withColumn(TRUTH, { values: truth, description: 'True value' });
    const parts: Table[] = [];
    for (const [fold, estimators] of fitted.entries()) {
      const tested = judged.take(rowsOf(folds, fold));
      const all = new Uint8Array(tested.nRows).fill(1);
      const predictions = predictRows(modelOf(description, type, estimators), tested, type, all, prefix);
      const number = columnFrom(FOLD, { type: 'uint8', values: all.map(() => fold), description: 'Fold' });
      const kept = tested.select(...tested.names.filter((name) => name === TRUTH || JUDGED_COLUMNS.has(name)));
      parts.push(new Table([number, ...kept.columns.values(), ...predictions.columns.values()]));
    }
    const predicted = Table.stack(parts);
    this.#tables.set(type, predicted);
    const events = judgedTelescopeEvents(reconstructor, predicted);
    const perFold = parts.map((part) => metricsOf(modelClass, 'telescope', judgedTelescopeEvents(reconstructor, part)));
    return { metrics: summarize(perFold), byEnergy: metricsByEnergy(modelClass, 'telescope', events), events };
  }

  /**
   * Combines the predictions of all types that were validated, each by models that were not trained on the event.
   *
   * @returns undefined without folds, or if the stereo combiner does not combine tables
   */
  validateArrayEvents(reconstructor: ModelReconstructor): Validation<Metrics> | undefined {
    if (this.#tables.size === 0) return undefined;
    try {
      const events = judgedArrayEvents(reconstructor, [...this.#tables.values()]);
      if (!events) return undefined;
      const { modelClass } = reconstructor;
      return {
        metrics: metricsOf(modelClass, 'array', events),
        byEnergy: metricsByEnergy(modelClass, 'array', events),
        events,
      };
    } catch (error) {
      if (!CherenkitError.is(error)) throw error;
      this.context.logger.warning(`Predictions for array events are not judged: ${error.message}`);
      return undefined;
    }
  }

  /**
   * Opens the file of the predictions; undefined without `output_path` or folds.
   *
   * @throws CherenkitError OUTPUT_EXISTS (2) and others of the output
   */
  createOutput(overwrite: boolean): ByteSink | undefined {
    const { outputPath, nCrossValidations } = this.traits;
    if (outputPath === undefined || nCrossValidations === 0) return undefined;
    return this.context.service(OUTPUT_FILES).create(outputPath, { overwrite });
  }

  /** Writes the predictions for telescope events of all types. */
  async write(reconstructor: ModelReconstructor, sink: ByteSink): Promise<void> {
    const file = new Hdf5Writer(sink, { filters: { compression: 'blosc:zstd', level: 5, fletcher32: true } });
    for (const [type, table] of this.#tables) {
      writeTable(file, `/cv_predictions/${type}`, predictionTable(type, table, reconstructor));
    }
    await file.finish();
    this.context.service(PROVENANCE).addOutput({ url: this.traits.outputPath ?? '', role: 'ml-cross-validation' });
  }
}

/** The columns of ctapipe's cross-validation files, the ids of the events, and the angular distance of directions. */
function predictionTable(type: string, table: Table, { modelClass, prefix }: ModelReconstructor): Table {
  const predicted = PREDICTED[modelClass].map((name): Column =>
    table.column(`${prefix}_tel_${name}`).with({ name: `${prefix}_${name}` }),
  );
  const theta =
    modelClass === 'DispReconstructor'
      ? [
          columnFrom('theta', {
            values: distances(table, `${prefix}_tel`),
            unit: 'deg',
            description: 'Distance of the predicted direction from the true one',
          }),
        ]
      : [];
  const truth =
    modelClass === 'ParticleClassifier'
      ? columnFrom(TRUTH, { type: 'int64', values: table.numbers(TRUTH), description: 'True value' })
      : table.column(TRUTH);
  return new Table([
    table.column(FOLD),
    columnFrom('tel_type', {
      type: 'string',
      values: new Array<string>(table.nRows).fill(type),
      description: 'Telescope type',
    }),
    ...EVENT_COLUMNS.map((name) => table.column(name)),
    ...predicted,
    truth,
    ...theta,
  ]);
}

/** True values as metrics use them: energies, 1 or 0 for the class, disp. */
function truthOf({ modelClass, target, unit, learners }: ModelReconstructor, table: Table): Float64Array {
  if (modelClass === 'ParticleClassifier')
    return learners.get('model')?.targets(table) ?? new Float64Array(table.nRows);
  return table.numbers(target, unit);
}

function rowsOf(folds: Uint8Array, fold: number): Int32Array {
  return Int32Array.from(folds.keys()).filter((row) => folds[row] === fold);
}

/** 1 for rows of other folds. */
function notIn(folds: Uint8Array, fold: number): Uint8Array {
  return folds.map((each) => Number(each !== fold));
}

function summarize(perFold: readonly Metrics[]): FoldMetrics {
  const [first = {}] = perFold;
  const inAll = Object.keys(first).filter((name) => perFold.every((metrics) => name in metrics));
  return Object.fromEntries(
    inAll.map((name) => {
      const values = perFold.map((metrics) => metrics[name]);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      return [name, { mean, standard_deviation: Math.sqrt(variance) }];
    }),
  );
}
