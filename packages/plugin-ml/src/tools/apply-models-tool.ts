import {
  CherenkitError,
  counted,
  dataModel,
  ExitCode,
  PROVENANCE,
  Tool,
  trait,
  type CommandDeclaration,
  type ComponentContext,
  type ComponentKind,
  type EventSource,
  type SubarrayDescription,
  type ToolOptions,
} from '@cherenkit/core';
import {
  HDF5Merger,
  readTable,
  TableLoader,
  type AddedTables,
  type TelescopeEventOptions,
} from '@cherenkit/plugin-hdf5';
import { AppliedModel } from '../application/applied-model.js';
import { applyToChunk } from '../application/apply-to-chunk.js';
import { PredictionTables } from '../application/prediction-tables.js';
import { GraphRunner } from '../graphs/graph-runner.js';
import { MODEL_FILES } from '../model/model-files.js';

/** What is read of telescope events: image parameters, showers and pointing. */
const CONTENTS = { dl1Images: false, simulated: false, trueParameters: false };

/** What is read of array events: their ids. */
const IDS = { dl2: false, simulated: false, observationInfo: false };

const [INPUT, OUTPUT, CONTENT] = ['INPUT', 'OUTPUT', 'CONTENT'];

/** Applies models to an HDF5 file: `cherenkit apply-models`. Source: ctapipe 0.32 `ApplyModels`. */
export class ApplyModels extends Tool.withTraits({
  inputUrl: trait.path({ default: '', help: 'The input, an HDF5 file with image parameters and showers.' }),
  outputPath: trait.path({ default: '', help: 'The output: a copy of the input with the predictions.' }),
  reconstructorPaths: trait.list(trait.path(), {
    default: [],
    help: 'Models, ONNX files, in the order in which they are applied: models may use predictions of those before them.',
  }),
  chunkSize: trait.integer({
    default: 10_000,
    minimum: 1,
    help: 'Number of array events that are in memory at once. Has no effect on the results.',
  }),
  overwrite: trait.boolean({ default: false, help: 'Replace an existing output file.' }),
  skipMissingModels: trait.boolean({
    default: false,
    help: 'Leave out telescopes of types for which a model has no estimator, with a warning, as ctapipe does.',
  }),
  graphRunner: trait.componentName(GraphRunner, {
    default: 'NoGraphRunner',
    help: 'Component that evaluates models that are no tree ensembles.',
  }),
  nJobs: trait.optional(
    trait.integer({ minimum: -1, help: 'Number of threads of ctapipe; has no effect on results, and is not used.' }),
  ),
  progressBar: trait.boolean({ default: true, help: 'Accepted for ctapipe.' }),
}) {
  static override readonly help = 'Applies models to all events of an HDF5 file: energy, particle type, direction.';
  static override readonly children: readonly ComponentKind[] = [HDF5Merger, TableLoader];
  static override readonly command: CommandDeclaration = {
    name: 'apply-models',
    description:
      'Copies the input and adds the predictions of each model for telescopes and for array events, which later models may use. Predictions of the same name in the input are replaced. Models are ONNX files that cherenkit train writes or that are converted from models of ctapipe. The output file is created atomically.',
    examples: [
      'apply-models -i gamma.dl2.h5 -r energy.onnx -r classifier.onnx -r disp.onnx -o gamma.ml.dl2.h5',
      'apply-models -i gamma.dl2.h5 -r energy.onnx -o energies.dl2.h5 --no-dl1-images --no-true-images',
    ],
    flags: {
      input: { trait: 'ApplyModels.input_url', letter: 'i', group: INPUT },
      reconstructor: { trait: 'ApplyModels.reconstructor_paths', letter: 'r', group: INPUT },
      'chunk-size': { trait: 'ApplyModels.chunk_size', group: INPUT },
      'graph-runner': { trait: 'ApplyModels.graph_runner', group: INPUT },
      'skip-missing-models': { trait: 'ApplyModels.skip_missing_models', group: INPUT },
      output: { trait: 'ApplyModels.output_path', letter: 'o', group: OUTPUT },
      overwrite: { trait: 'ApplyModels.overwrite', group: OUTPUT },
      'dl1-parameters': { trait: 'HDF5Merger.dl1_parameters', group: CONTENT },
      'dl1-images': { trait: 'HDF5Merger.dl1_images', group: CONTENT },
      'true-parameters': { trait: 'HDF5Merger.true_parameters', group: CONTENT },
      'true-images': { trait: 'HDF5Merger.true_images', group: CONTENT },
    },
  };

  readonly #merger = this.context.create(HDF5Merger, 'HDF5Merger');
  readonly #loader = this.context.create(TableLoader, 'TableLoader');

  override async run(_source: EventSource | undefined, { signal, onProgress }: ToolOptions = {}): Promise<string> {
    const { inputUrl, outputPath, overwrite, reconstructorPaths, chunkSize } = this.traits;
    if (inputUrl === '') throw notNamed('INPUT_NOT_NAMED', 'No input: give --input FILE.');
    if (reconstructorPaths.length === 0) throw notNamed('MODEL_NOT_GIVEN', 'No model: give --reconstructor FILE.');
    const files = this.context.service(MODEL_FILES);
    const runner = this.context.create(GraphRunner, this.traits.graphRunner);
    const read = reconstructorPaths.map((path) => ({ path, model: files.read(path, runner) }));
    await using loader = this.#loader;
    await loader.open(inputUrl);
    const provenance = this.context.service(PROVENANCE);
    provenance.addInput({ url: inputUrl, role: 'DL2/Event' });
    for (const { path } of read) provenance.addInput({ url: path, role: 'model' });
    // A tool that reads no events has no array: its getter would throw.
    const context = Object.create(this.context, { subarray: { value: loader.subarray } }) as ComponentContext;
    const models = read.map(({ path, model }) => new AppliedModel(model, path, context));
    checkPrefixes(models);
    const contents = contentsOf(models, loader.subarray);
    await this.#checkModels(models, contents);
    const { nEvents: total } = loader;
    const added: AddedTables = {
      levels: ['DL2'],
      replaced: models.flatMap((model) => PredictionTables.pathsOf(model)),
      write: async (file) => {
        const tables = new PredictionTables(file);
        for await (const { start, stop, data } of loader.readTelescopeEventsByIdChunked(chunkSize, contents)) {
          signal?.throwIfAborted();
          applyToChunk(models, await loader.readSubarrayEvents({ ...IDS, start, stop }), data, tables);
          await tables.drain();
          onProgress?.({ fraction: 0.5 + stop / (2 * total), text: `${stop}/${total} events` });
        }
      },
    };
    const { nEvents } = await this.#merger.merge([inputUrl], { outputPath, overwrite, signal, onProgress, added });
    for (const model of models) model.reportRanges();
    return `${counted(nEvents, 'event')}, ${counted(models.length, 'model')}`;
  }

  /**
   * Checks before the input is copied that the models have estimators for its telescopes and that it has their columns.
   *
   * @throws CherenkitError MODEL_TELESCOPE_UNKNOWN, FEATURE_MISSING (2); HDF5_TABLE_MISSING (65) without telescope events
   */
  async #checkModels(models: readonly AppliedModel[], contents: TelescopeEventOptions): Promise<void> {
    const loader = this.#loader;
    if (loader.nEvents === 0) return;
    const { path } = dataModel.TELESCOPE_TRIGGER;
    if (!(await loader.file.has(path))) {
      const message = `${loader.file.name} has no table ${path}, which lists the telescope events that models are applied to. Process the original data again, with image parameters.`;
      throw new CherenkitError('HDF5_TABLE_MISSING', ExitCode.BAD_INPUT, message);
    }
    const triggers = await readTable(loader.file, path, { columns: ['tel_id'] });
    const telIds = [...new Set(triggers.numbers('tel_id'))];
    for (const model of models) model.checkTelescopes(telIds, this.traits.skipMissingModels);
    const range = { start: 0, stop: 1 };
    const telescopes = await loader.readTelescopeEventsById({ ...contents, ...range });
    applyToChunk(models, await loader.readSubarrayEvents({ ...IDS, ...range }), telescopes);
  }
}

/** Reads instrument and observation only if a model needs them: they are repeated for each telescope event. */
function contentsOf(models: readonly AppliedModel[], subarray: SubarrayDescription): TelescopeEventOptions {
  const needed = new Set(models.flatMap(({ columns }) => columns));
  return {
    ...CONTENTS,
    instrument: dataModel.instrumentTable(subarray).names.some((name) => name !== 'tel_id' && needed.has(name)),
    observationInfo: dataModel.OBSERVATION_BLOCK.columns.some(({ name }) => name !== 'obs_id' && needed.has(name)),
  };
}

function notNamed(code: string, message: string): CherenkitError {
  return new CherenkitError(code, ExitCode.USAGE, message);
}

/** @throws CherenkitError RECONSTRUCTOR_TWICE (2) if two models would write the same tables */
function checkPrefixes(models: readonly AppliedModel[]): void {
  const names = models.map(({ prefix, property }) => `${property} ${prefix}`);
  const repeated = models.findIndex((_, i) => names.indexOf(names[i]) < i);
  if (repeated < 0) return;
  const message = `${models[repeated].path}: an earlier model has results of the same name, ${names[repeated]}, too. Leave one of them out.`;
  throw new CherenkitError('RECONSTRUCTOR_TWICE', ExitCode.USAGE, message);
}
