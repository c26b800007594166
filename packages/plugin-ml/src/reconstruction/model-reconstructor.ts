import {
  CherenkitError,
  ExitCode,
  FeatureGenerator,
  TableReconstructor,
  trait,
  type ComponentContext,
  type ComponentKind,
  type QualityStatistics,
  type ReconstructionProperty,
  type StereoCombiner,
} from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { Estimator, type EstimatorTask } from '../estimators/estimator.js';
import type { Parameters } from '../estimators/parameter-rules.js';
import { childContext, combinerOfModel } from '../combination/combiner-of-model.js';
import { MLQualityQuery } from '../features/ml-quality-query.js';
import { GraphRunner } from '../graphs/graph-runner.js';
import { inputColumns } from '../model/input-columns.js';
import { MODEL_FILES } from '../model/model-files.js';
import type { ModelReconstructor as ReconstructorName, Role } from '../model/model-description.js';
import type { Model } from '../model/model-file.js';
import { checkTelescopes, predictRows } from './predict-rows.js';

/** An estimator to train, and what it learns. */
export interface Learner {
  readonly task: EstimatorTask;
  readonly estimator: Estimator;
  /** All parameters of the estimator. */
  readonly parameters: Parameters;
  /**
   * Values to predict, one per row of a table with the target.
   *
   * @throws CherenkitError TARGET_INVALID (65)
   */
  targets(table: Table): Float64Array;
}

/**
 * A reconstructor that applies a trained model: an estimator for each telescope type. Source: ctapipe 0.32 `SKLearnReconstructor`.
 *
 * A model contains its features, criteria, stereo combiner and prefix; those of the configuration are used to train models.
 */
export abstract class ModelReconstructor extends TableReconstructor.withTraits({
  prefix: trait.optional(
    trait.string({ help: 'Name of the results. None: that of the model, or of the class of its estimator.' }),
  ),
  features: trait.list(trait.string(), {
    default: [],
    help: 'Columns and generated features of which a model is trained.',
  }),
  loadPath: trait.optional(
    trait.path({
      help: 'The model, an ONNX file. Its features, criteria and combiner replace those of the configuration.',
    }),
  ),
  graphRunner: trait.componentName(GraphRunner, {
    default: 'NoGraphRunner',
    help: 'Component that evaluates models that are no tree ensembles.',
  }),
  nJobs: trait.optional(
    trait.integer({ minimum: -1, help: 'Number of threads of ctapipe; has no effect on results, and is not used.' }),
  ),
}) {
  static override readonly children: readonly ComponentKind[] = [FeatureGenerator, MLQualityQuery];

  /** Class for which its models are trained; subclasses may have other names. */
  static readonly modelClass: ReconstructorName = 'EnergyRegressor';

  readonly #model: Model | undefined;
  readonly #generator: FeatureGenerator;
  readonly #query: MLQualityQuery;
  readonly #combiner: StereoCombiner | undefined;
  #columns: readonly string[] | undefined;

  /** @throws CherenkitError INPUT_MISSING (66); MODEL_CORRUPT, MODEL_UNSUPPORTED (65); MODEL_OTHER_KIND (2) */
  constructor(context: ComponentContext) {
    super(context);
    const { loadPath, graphRunner } = this.traits;
    const runner = context.create(GraphRunner, graphRunner);
    this.#model = loadPath === undefined ? undefined : context.service(MODEL_FILES).read(loadPath, runner);
    const description = this.#model?.description;
    if (loadPath === undefined || !description) {
      this.#generator = context.create(FeatureGenerator, 'FeatureGenerator');
      this.#query = context.create(MLQualityQuery, 'MLQualityQuery');
      return;
    }
    if (description.reconstructor !== this.modelClass) throw otherKind(this.name, loadPath, description.reconstructor);
    this.#generator = new FeatureGenerator(
      childContext(context, 'FeatureGenerator', { features: description.generatedFeatures }),
    );
    this.#query = new MLQualityQuery(
      childContext(context, 'MLQualityQuery', { qualityCriteria: description.qualityCriteria }),
    );
    this.#combiner = combinerOfModel(description, this.combinedProperty, context, loadPath);
  }

  /** The static `modelClass` of the class. */
  get modelClass(): ReconstructorName {
    return (this.constructor as typeof ModelReconstructor).modelClass;
  }

  override get prefix(): string {
    return this.traits.prefix ?? this.#model?.description.prefix ?? this.defaultPrefix ?? this.name;
  }

  /** Prefix of models that are trained, if the configuration has none. */
  protected get defaultPrefix(): string | undefined {
    return undefined;
  }

  /** Column with the true values. */
  abstract readonly target: string;
  /** Unit of the predictions. */
  abstract readonly unit: string | undefined;
  /** Whether the estimators predict the natural logarithm of the target. */
  abstract readonly trainsLogarithm: boolean;

  /**
   * Estimators to train, by role.
   *
   * @throws CherenkitError ESTIMATOR_NOT_GIVEN, ESTIMATOR_UNSUITABLE, ESTIMATOR_PARAMETER_INVALID (2)
   */
  abstract get learners(): ReadonlyMap<Role, Learner>;

  /**
   * Creates a learner of a trait.
   *
   * @param key - name of the trait in configurations: `model` for `model_cls` and `model_config`
   */
  protected learner(
    key: string,
    estimatorName: string | undefined,
    parameters: Parameters,
    learner: Pick<Learner, 'task' | 'targets'>,
  ): Learner {
    const place = `${this.name}.${key}`;
    if (estimatorName === undefined) {
      const message = `${place}_cls is not set; expected the class of an estimator, such as HistGradientBoosting${learner.task === 'regression' ? 'Regressor' : 'Classifier'}.`;
      throw new CherenkitError('ESTIMATOR_NOT_GIVEN', ExitCode.USAGE, message);
    }
    const estimator = this.context.create(Estimator, estimatorName);
    if (estimator.task !== learner.task) {
      const message = `${place}_cls is ${estimatorName}, an estimator for ${estimator.task}; expected one for ${learner.task}.`;
      throw new CherenkitError('ESTIMATOR_UNSUITABLE', ExitCode.USAGE, message);
    }
    return { ...learner, estimator, parameters: estimator.parametersOf(`${place}_config`, parameters) };
  }

  /** Property of array events that its predictions are combined to. */
  get combinedProperty(): ReconstructionProperty {
    return this.property === 'DISP' ? 'GEOMETRY' : this.property;
  }

  /** @throws CherenkitError MODEL_NOT_GIVEN (2) without `load_path` */
  get model(): Model {
    if (this.#model) return this.#model;
    const message = `${this.name} has no model: set ${this.name}.load_path to an ONNX file, which cherenkit train writes.`;
    throw new CherenkitError('MODEL_NOT_GIVEN', ExitCode.USAGE, message);
  }

  /** Computes the generated features. */
  get generator(): FeatureGenerator {
    return this.#generator;
  }

  /** Selects the rows to which models are applied. */
  get query(): MLQualityQuery {
    return this.#query;
  }

  override get combiner(): StereoCombiner {
    return this.#combiner ?? super.combiner;
  }

  override get statistics(): QualityStatistics {
    return this.#query.statistics;
  }

  override get inputColumns(): readonly string[] {
    return (this.#columns ??= inputColumns(this.model.description));
  }

  /** @throws CherenkitError MODEL_NOT_GIVEN, MODEL_TELESCOPE_UNKNOWN (2) */
  override checkReady(): void {
    checkTelescopes(this.model, this.context.subarray, this.traits.loadPath ?? this.name);
  }

  protected override tableKeyOf(telId: number): string {
    return this.context.subarray.typeOf(telId);
  }

  override predictTable(table: Table, telId: number): Table {
    const extended = this.#generator.generate(table);
    const isUsed = this.#query.passingRows(extended);
    return predictRows(this.model, extended, this.context.subarray.typeOf(telId), isUsed, this.prefix);
  }
}

function otherKind(name: string, path: string, reconstructor: string): CherenkitError {
  const message = `${path} is a model of ${reconstructor}, expected one of ${name}. Set ${reconstructor}.load_path, or give another model.`;
  return new CherenkitError('MODEL_OTHER_KIND', ExitCode.USAGE, message);
}
