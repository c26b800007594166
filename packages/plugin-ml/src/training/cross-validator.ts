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
import { accuracyOf, areaUnderRoc, determination, relativeErrors } from '@cherenkit/kernels';
import { Hdf5Writer, writeTable } from '@cherenkit/plugin-hdf5';
import { columnFrom, Table, type Column } from '@cherenkit/tables';
import type { ModelReconstructor } from '../reconstruction/model-reconstructor.js';
import { predictRows } from '../reconstruction/predict-rows.js';
import { assignFolds, FOLD_GROUPS } from './assign-folds.js';
import { describeReconstructor, fitEstimators, modelOf } from './fit-model.js';
import { EVENT_COLUMNS } from './training-events.js';

/** Mean and standard deviation of a metric over the folds, by its name. */
export type FoldMetrics = Readonly<Record<string, { readonly mean: number; readonly standard_deviation: number }>>;

/** Columns of predictions by the class of the reconstructor. */
const PREDICTED = {
  EnergyRegressor: ['energy'],
  ParticleClassifier: ['prediction'],
  DispReconstructor: ['parameter', 'sign_score'],
} as const;

/** Column of predictions for each row, and their true values. */
interface Judged {
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
}

/** Metrics by the class of the reconstructor. */
const METRICS: Readonly<Record<keyof typeof PREDICTED, (judged: Judged) => Readonly<Record<string, number>>>> = {
  EnergyRegressor: ({ truth, predicted }) => ({
    'R^2': determination(truth, predicted),
    ...relativeErrors(truth, predicted),
  }),
  ParticleClassifier: ({ truth, predicted }) => ({ 'ROC AUC': areaUnderRoc(truth, predicted) }),
  DispReconstructor: ({ truth, predicted }) => ({
    'R^2': determination(truth.map(Math.abs), predicted.map(Math.abs)),
    accuracy: accuracyOf(truth.map(Math.sign), predicted.map(Math.sign)),
  }),
};

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

  readonly #tables = new Map<string, Table>();

  /** @throws CherenkitError FOLDS_INVALID (2) */
  constructor(context: ComponentContext) {
    super(context);
    if (this.traits.nCrossValidations !== 1) return;
    const message = 'CrossValidator.n_cross_validations is 1, expected 0 (none) or at least 2.';
    throw new CherenkitError('FOLDS_INVALID', ExitCode.USAGE, message);
  }

  /**
   * Trains and applies models of all folds.
   *
   * @param table - events with all features and the target
   * @param index - of the telescope type
   * @returns undefined without folds
   * @throws CherenkitError TOO_FEW_EVENTS (65)
   */
  validate(
    reconstructor: ModelReconstructor,
    type: string,
    index: number,
    table: Table,
    units: ReadonlyMap<string, string>,
  ): FoldMetrics | undefined {
    const { nCrossValidations: nFolds, rngSeed, groupBy } = this.traits;
    if (nFolds === 0) return undefined;
    const { modelClass, prefix } = reconstructor;
    const truth = truthOf(reconstructor, table);
    const classes = modelClass === 'ParticleClassifier' ? truth : new Uint8Array(table.nRows);
    const folds = assignFolds(table, classes, groupBy, nFolds, rngSeed, index);
    if (table.nRows <= nFolds || new Set(folds).size < nFolds) {
      const message = `${type}: ${counted(table.nRows, 'telescope event')} for ${nFolds} folds. Give more events, or fewer folds.`;
      throw new CherenkitError('TOO_FEW_EVENTS', ExitCode.BAD_INPUT, message);
    }
    const description = describeReconstructor(reconstructor, units);
    const [main] = PREDICTED[modelClass];
    const parts: Table[] = [];
    const perFold: Readonly<Record<string, number>>[] = [];
    for (let fold = 0; fold < nFolds; fold++) {
      const [training, test] = [table.filter(folds.map((each) => Number(each !== fold))), rowsOf(folds, fold)];
      const fitted = fitEstimators(reconstructor, training, units, `${type}, fold ${fold}`);
      const tested = table.take(test);
      const all = new Uint8Array(tested.nRows).fill(1);
      const disp = modelClass === 'DispReconstructor';
      const predictions = predictRows(
        modelOf(description, type, fitted),
        disp ? withoutDirection(tested) : tested,
        type,
        all,
        prefix,
      );
      const ofFold = Float64Array.from(test, (row) => truth[row]);
      perFold.push(METRICS[modelClass]({ truth: ofFold, predicted: predictions.numbers(`${prefix}_tel_${main}`) }));
      parts.push(this.#foldTable(fold, type, tested, predictions, ofFold, reconstructor));
    }
    this.#tables.set(type, Table.stack(parts));
    return summarize(perFold);
  }

  /**
   * Writes the predictions of all types to `output_path`, if it is set.
   *
   * @throws CherenkitError OUTPUT_EXISTS (2) and others of the output
   */
  async write(overwrite: boolean): Promise<void> {
    const { outputPath } = this.traits;
    if (outputPath === undefined || this.#tables.size === 0) return;
    await using sink = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite });
    const file = new Hdf5Writer(sink, { filters: { compression: 'blosc:zstd', level: 5, fletcher32: true } });
    for (const [type, table] of this.#tables) writeTable(file, `/cv_predictions/${type}`, table);
    await file.finish();
    this.context.service(PROVENANCE).addOutput({ url: outputPath, role: 'ml-cross-validation' });
  }

  #foldTable(
    fold: number,
    type: string,
    tested: Table,
    predictions: Table,
    truth: Float64Array,
    { modelClass, prefix }: ModelReconstructor,
  ): Table {
    const { nRows } = tested;
    const predicted = PREDICTED[modelClass].map((name): Column =>
      predictions.column(`${prefix}_tel_${name}`).with({ name: `${prefix}_${name}` }),
    );
    const isClass = modelClass === 'ParticleClassifier';
    return new Table([
      columnFrom('cv_fold', { type: 'uint8', values: new Uint8Array(nRows).fill(fold), description: 'Fold' }),
      columnFrom('tel_type', {
        type: 'string',
        values: new Array<string>(nRows).fill(type),
        description: 'Telescope type',
      }),
      ...EVENT_COLUMNS.map((name) => tested.column(name)),
      ...predicted,
      columnFrom('truth', { type: isClass ? 'int64' : 'float64', values: truth, description: 'True value' }),
    ]);
  }
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

/** Adds columns that directions need, which are not used: disp alone is judged. */
function withoutDirection(table: Table): Table {
  const names = [
    'hillas_fov_lon',
    'hillas_fov_lat',
    'hillas_psi',
    'telescope_pointing_altitude',
    'telescope_pointing_azimuth',
  ];
  return names
    .filter((name) => !table.has(name))
    .reduce(
      (extended, name) => extended.withColumn(name, { values: new Float64Array(table.nRows), unit: 'rad' }),
      table,
    );
}

function summarize(perFold: readonly Readonly<Record<string, number>>[]): FoldMetrics {
  const [first = {}] = perFold;
  return Object.fromEntries(
    Object.keys(first).map((name) => {
      const values = perFold.map((metrics) => metrics[name]);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      return [name, { mean, standard_deviation: Math.sqrt(variance) }];
    }),
  );
}
