import {
  CherenkitError,
  counted,
  ExitCode,
  nameSome,
  OUTPUT_FILES,
  PROVENANCE,
  Reconstructor,
  Tool,
  trait,
  type ComponentContext,
  type EventSource,
  type FlagDeclarations,
  type Json,
  type ToolOptions,
} from '@cherenkit/core';
import { ByteOutput } from '@cherenkit/io';
import { TableLoader } from '@cherenkit/plugin-hdf5';
import type { Table } from '@cherenkit/tables';
import { fileSize, programVersion } from '#model-host';
import type { ModelReconstructor as ModelClass } from '../model/model-description.js';
import { writeModel, type DescribedType, type WritableModel } from '../model/write-model.js';
import type { ModelReconstructor } from '../reconstruction/model-reconstructor.js';
import { CrossValidator, type Validation } from '../training/cross-validator.js';
import { describeReconstructor, fitEstimators } from '../training/fit-model.js';
import { readTrainingEvents, sampleRows, type TrainingInput } from '../training/training-events.js';
import { metricText, type EnergyBinMetrics, type Metrics } from '../training/validation-metrics.js';

/** Groups of flags. */
export const [INPUT, TRAINING] = ['INPUT', 'TRAINING'];
const OUTPUT = 'OUTPUT';

/** Flags that all tools for training have. */
export const trainingFlags = (tool: string): FlagDeclarations => ({
  output: { trait: `${tool}.output_path`, letter: 'o', group: OUTPUT },
  overwrite: { trait: `${tool}.overwrite`, group: OUTPUT },
  'cv-output': { trait: 'CrossValidator.output_path', group: OUTPUT },
  'report-page': { trait: `${tool}.report_path`, group: OUTPUT },
  'n-events': { trait: `${tool}.n_events`, group: TRAINING },
  'max-events': {
    trait: 'EventSource.max_events',
    letter: 'm',
    group: TRAINING,
    help: 'Number of array events to read from each input, from the first. None: all.',
  },
  'random-seed': { trait: `${tool}.random_seed`, group: TRAINING },
  'event-weights': { trait: `${tool}.event_weights`, group: TRAINING },
  'chunk-size': { trait: `${tool}.chunk_size`, group: TRAINING },
  'n-jobs': { trait: `${tool}.n_jobs`, group: TRAINING },
  folds: { trait: 'CrossValidator.n_cross_validations', group: TRAINING },
});

/** A file of events for training, open. */
export interface TrainingFile {
  readonly path: string;
  readonly loader: TableLoader;
}

/** The estimators of a telescope type, and their quality; undefined without cross-validation. */
interface TrainedType {
  readonly described: DescribedType;
  readonly validation: Validation | undefined;
}

/** Trains the models of a reconstructor, one per telescope type. */
export abstract class TrainTool extends Tool.withTraits({
  outputPath: trait.path({ default: '', help: 'The model: an ONNX file.' }),
  reportPath: trait.optional(
    trait.path({
      help: 'A page about the training (.html): plots and metrics of the cross-validation, importances, settings.',
    }),
  ),
  overwrite: trait.boolean({ default: false, help: 'Replace existing output files.' }),
  nEvents: trait.perTelescope(
    trait.optional(
      trait.integer({
        minimum: 1,
        help: 'Number of telescope events of each telescope type, sampled at random. None: all.',
      }),
    ),
  ),
  chunkSize: trait.integer({
    default: 10_000,
    minimum: 1,
    help: 'Number of array events that are in memory at once. Has no effect on the results.',
  }),
  randomSeed: trait.integer({ default: 0, minimum: 0, help: 'Seed of the sampling of events.' }),
  eventWeights: trait.optional(
    trait.expression({
      help: 'Weights of events as an expression over columns, such as true_energy**-1. None: equal weights.',
    }),
  ),
  nJobs: trait.optional(
    trait.integer({
      minimum: -1,
      help: 'Number of threads, at most twice the CPUs of the machine; has no effect on results. None, 0 or -1: as many as the process may use.',
    }),
  ),
}) {
  /** Class of the reconstructor that is trained. */
  static readonly modelClass: ModelClass = 'EnergyRegressor';

  /** The reconstructor that is trained. */
  protected readonly reconstructor: ModelReconstructor;
  readonly #validator: CrossValidator;

  constructor(context: ComponentContext) {
    super(context);
    const { modelClass } = this.constructor as typeof TrainTool;
    this.reconstructor = context.create(Reconstructor, modelClass) as ModelReconstructor;
    this.#validator = context.create(CrossValidator, 'CrossValidator');
    const { learners, name } = this.reconstructor;
    if (this.reconstructor.traits.features.length > 0 && learners.size > 0) return;
    const message = `${name}.features is empty; expected the names of columns or generated features.`;
    throw new CherenkitError('FEATURE_MISSING', ExitCode.USAGE, message);
  }

  /** Whether true disp is the distance along the image axis. */
  protected get projectsDisp(): boolean {
    return false;
  }

  /** Opens the files, the first of which is that of the source. Default: that file alone. */
  protected async open({ traits }: EventSource): Promise<TrainingFile[]> {
    return [await openTrainingFile(this.context, traits.inputUrl)];
  }

  /**
   * Selects the events of a telescope type. Default: those of the first file.
   *
   * @param read - reads all events of a file
   * @param nEvents - number of events to select; undefined for all
   * @param index - of the telescope type
   */
  protected async select(
    read: (file: TrainingFile) => Promise<Table>,
    [file]: readonly TrainingFile[],
    nEvents: number | undefined,
    index: number,
  ): Promise<Table> {
    const table = await read(file);
    return nEvents === undefined ? table : sampleRows(table, nEvents, this.traits.randomSeed, index);
  }

  override async run(source: EventSource, { signal, onProgress }: ToolOptions = {}): Promise<string> {
    const { outputPath, reportPath, overwrite, nEvents } = this.traits;
    if (outputPath === '')
      throw new CherenkitError('OUTPUT_NOT_NAMED', ExitCode.USAGE, 'No output: give --output FILE.');
    const outputs = this.context.service(OUTPUT_FILES);
    await using output = await ByteOutput.open(outputs.create(outputPath, { overwrite }), outputPath);
    await using predictions = this.#validator.createOutput(overwrite);
    await using page = reportPath === undefined ? undefined : outputs.create(reportPath, { overwrite });
    const { subarray } = this.context;
    const files = await this.open(source);
    const maxEvents = source.traits.maxEvents ?? undefined;
    try {
      const types = [...new Set(subarray.telescopeTypes.map(String))];
      const trained: TrainedType[] = [];
      let [units, nTotal] = [new Map<string, string>(), 0];
      for (const [index, type] of types.entries()) {
        signal?.throwIfAborted();
        const telIds = subarray.getTelIdsForType(type);
        const table = await this.select(
          (file) => readTrainingEvents(this.#inputOf(file, maxEvents), type, telIds),
          files,
          nEvents.for(telIds[0]) ?? undefined,
          index,
        );
        if (table.nRows === 0) throw tooFew(type, files);
        units = unitsOf(table, this.reconstructor.traits.features);
        trained.push(await this.#train(type, index, table, units));
        nTotal += table.nRows;
        onProgress?.({
          fraction: (index + 1) / types.length,
          text: `${index + 1}/${types.length} telescope types trained`,
        });
      }
      const array = this.#validator.validateArrayEvents(this.reconstructor);
      if (array) this.context.logger.info(`array events: ${metricsText(array.metrics)}`);
      const model: WritableModel = {
        ...describeReconstructor(this.reconstructor, units),
        telescopeTypes: trained.map(({ described }) => described),
        details: { ...this.#details(files, maxEvents), ...(array && { array_cross_validation: arrayJson(array) }) },
      };
      await output.append(writeModel(model, this.context.service(PROVENANCE).activity?.softwareVersion ?? ''));
      if (predictions) await this.#validator.write(this.reconstructor, predictions);
      if (page) {
        page.append(new TextEncoder().encode(await this.#report(model, trained, array)));
        await page.publish();
      }
      await output.publish();
      this.#addProvenance(files);
      return `${counted(types.length, 'telescope type')}, ${counted(nTotal, 'telescope event')}`;
    } finally {
      for (const { loader } of files) await loader[Symbol.asyncDispose]();
    }
  }

  #inputOf({ path, loader }: TrainingFile, maxEvents: number | undefined): TrainingInput {
    const { reconstructor, projectsDisp } = this;
    const { chunkSize, eventWeights: weights } = this.traits;
    const isJudged = this.#validator.traits.nCrossValidations > 0;
    const { logger } = this.context;
    return { path, loader, reconstructor, chunkSize, maxEvents, projectsDisp, weights, isJudged, logger };
  }

  async #train(type: string, index: number, table: Table, units: ReadonlyMap<string, string>): Promise<TrainedType> {
    const { reconstructor } = this;
    const folds = this.#validator.divide(reconstructor, type, index, table);
    const sets = [...(folds?.training ?? []), { table: () => table, place: type }];
    const { nJobs = 0 } = this.traits;
    const { logger } = this.context;
    const fitted = await fitEstimators(reconstructor, sets, units, { nThreads: nJobs > 0 ? nJobs : undefined, logger });
    const validation = folds && this.#validator.validate(reconstructor, folds, fitted.slice(0, -1), units);
    const shown = Object.entries(validation?.metrics ?? {}).map(([name, { mean, standard_deviation: spread }]) =>
      metricText(name, mean, spread),
    );
    this.context.logger.info(`${type}: ${[counted(table.nRows, 'telescope event'), ...shown].join(', ')}`);
    const roles = fitted[fitted.length - 1];
    const telescope = this.context.subarray.telescope(this.context.subarray.getTelIdsForType(type)[0]);
    const described: DescribedType = {
      type,
      nPixels: telescope.camera.geometry.nPixels,
      featureRanges: reconstructor.traits.features.map((name) => rangeOf(table.numbers(name, units.get(name)))),
      roles,
      details: {
        camera: telescope.cameraName,
        optics: telescope.opticsName,
        n_events: table.nRows,
        true_energy_range_tev: rangeOf(table.numbers('true_energy', 'TeV')),
        ...(validation && {
          cross_validation: validation.metrics,
          cross_validation_by_energy: validation.byEnergy.map(binJson),
        }),
      },
    };
    return { described, validation };
  }

  /** The report page. The code that draws plots is loaded only for it. */
  async #report(
    model: WritableModel,
    trained: readonly TrainedType[],
    array: Validation<Metrics> | undefined,
  ): Promise<string> {
    const { trainingReport } = await import('../report/training-report.js');
    const { activity, configuration } = this.context.service(PROVENANCE);
    return trainingReport({
      name: fileName(this.traits.outputPath),
      software: `cherenkit ${activity?.softwareVersion ?? ''}`.trim(),
      model,
      telescopes: new Map(
        trained.flatMap(({ described: { type }, validation }) => (validation ? [[type, validation]] : [])),
      ),
      array,
      configuration: JSON.stringify(configuration, undefined, 2) ?? '',
    });
  }

  #details(files: readonly TrainingFile[], maxEvents: number | undefined): Readonly<Record<string, Json>> {
    const { randomSeed, eventWeights = null } = this.traits;
    const { nCrossValidations, rngSeed, groupBy } = this.#validator.traits;
    const isDisp = this.reconstructor.modelClass === 'DispReconstructor';
    return {
      subarray: this.context.subarray.name,
      training: {
        inputs: files.map(({ path }) => ({ name: fileName(path), bytes: fileSize(path) })),
        ...(maxEvents !== undefined && { max_events: maxEvents }),
        random_seed: randomSeed,
        event_weights: eventWeights,
        folds: nCrossValidations,
        fold_groups: groupBy,
        fold_seed: rngSeed,
        ...(isDisp && { project_disp: this.projectsDisp }),
      },
      made_by: { cherenkit: this.context.service(PROVENANCE).activity?.softwareVersion ?? '', node: programVersion() },
    };
  }

  #addProvenance(files: readonly TrainingFile[]): void {
    const provenance = this.context.service(PROVENANCE);
    for (const { path } of files) provenance.addInput({ url: path, role: 'DL2/Event' });
    const { outputPath, reportPath } = this.traits;
    provenance.addOutput({ url: outputPath, role: `${this.reconstructor.modelClass}-model` });
    if (reportPath !== undefined) provenance.addOutput({ url: reportPath, role: 'report' });
  }
}

function fileName(path: string): string {
  return path.split('/').at(-1) ?? path;
}

function metricsText(metrics: Metrics): string {
  return Object.entries(metrics)
    .map(([name, value]) => metricText(name, value))
    .join(', ');
}

/** Metrics of array events as a model stores them. */
function arrayJson({ metrics, byEnergy, events }: Validation<Metrics>): Json {
  return { n_events: events.energy.length, metrics, by_energy: byEnergy.map(binJson) };
}

function binJson({ from, to, nEvents, metrics }: EnergyBinMetrics): Json {
  return { true_energy_range_tev: [from, to], n_events: nEvents, ...metrics };
}

/** Smallest and largest value. */
function rangeOf(values: Float64Array): [number, number] {
  return values.reduce<[number, number]>(
    ([least, largest], value) => [Math.min(least, value), Math.max(largest, value)],
    [Infinity, -Infinity],
  );
}

/** Units of the columns that have one. */
function unitsOf(table: Table, names: readonly string[]): Map<string, string> {
  return new Map(
    names.flatMap((name) => {
      const { unit } = table.column(name);
      return unit === undefined ? [] : [[name, unit] as const];
    }),
  );
}

function tooFew(type: string, files: readonly TrainingFile[]): CherenkitError {
  const message =
    `${nameSome(files.map(({ path }) => path))}: no telescope event of type ${type} meets the quality criteria and has all features. ` +
    'Give more events, change the criteria, or leave these telescopes out with --allowed-tels.';
  return new CherenkitError('TOO_FEW_EVENTS', ExitCode.BAD_INPUT, message);
}

/** Opens a file of events. */
export async function openTrainingFile(context: ComponentContext, path: string): Promise<TrainingFile> {
  const loader = context.create(TableLoader, 'TableLoader');
  await loader.open(path);
  return { path, loader };
}
