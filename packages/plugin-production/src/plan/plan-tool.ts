import {
  CherenkitError,
  configurationText,
  configuredValues,
  counted,
  ExitCode,
  filesOfShard,
  formatProductionManifest,
  MANIFEST_FORMAT,
  MANIFEST_VERSION,
  nameSome,
  objectLayer,
  OUTPUT_FILES,
  PROVENANCE,
  softwareOf,
  Tool,
  TOOL_RUNS,
  trait,
  type CommandDeclaration,
  type EventSource,
  type ProductionManifest,
  type Run,
  type Shard,
  type ShardFile,
  type ShardInput,
  type ShardResources,
  type ToolOptions,
} from '@cherenkit/core';
import { inputFiles, makeOutputFolder } from '@cherenkit/plugin-hdf5';
import { absolutePath, digestOrPath, digestText, folderOf, pathFrom, pathSeenFrom } from '#production-host';
import { describeInput, isUrl } from './describe-input.js';
import { countEvents, type EventCount } from './count-events.js';
import { divideInput, fractionOfShard, type DividedInput, type ShardSize } from './divide-input.js';
import { filesOfRuns, type RunFiles } from './files-of-run.js';
import { expectedSeconds, proposedResources, readRunReports, type EarlierRuns } from './run-reports.js';
import { inputNames, shardName } from './shard-names.js';

const SIZE = 'SIZE OF SHARDS';
const OUTPUT = 'OUTPUT';
/** Inputs described between reports of the progress. */
const REPORT_INTERVAL = 500;
/** Number and mean size from which on a plan without a size of shards advises to join short inputs, which take seconds. */
const MANY_SHARDS = 100;
const SHORT_BYTES = 2e7;
/** Most observation ids that are named. */
const MOST_WARNINGS = 5;

/** An input, described and divided. */
interface PlannedInput extends DividedInput {
  readonly name: string;
  readonly input: ShardInput;
  /** Size of all of its files; undefined for a URL without bytes. */
  readonly bytes: number | undefined;
}

/** Divides a production into shards: `cherenkit plan`. */
export class PlanTool extends Tool.withTraits({
  inputs: trait.list(trait.path(), {
    default: [],
    help: 'Inputs of cherenkit process: files, URLs, directories, quoted patterns. @LIST reads them from a file, one per line.',
  }),
  filePattern: trait.string({ default: '*', help: 'Pattern of the names of files in directories.' }),
  outputPath: trait.path({ default: '', help: 'The manifest, JSON. Its directory is created.' }),
  overwrite: trait.boolean({ default: false, help: 'Replace an existing manifest.' }),
  outputDir: trait.optional(
    trait.path({ help: 'Directory of the outputs of the shards, which is created. Default: that of the manifest.' }),
  ),
  targetEvents: trait.optional(
    trait.integer({
      minimum: 1,
      help: 'Number of events per shard; short inputs are joined. The events of all inputs are counted, which reads them.',
    }),
  ),
  targetBytes: trait.optional(
    trait.integer({
      minimum: 1,
      help: 'Bytes of input per shard; short inputs are joined. Only the events of inputs that are divided are counted.',
    }),
  ),
  targetSeconds: trait.optional(
    trait.number({
      exclusiveMinimum: 0,
      unit: 's',
      help: 'Expected wall time of a shard, by the reports of earlier runs; short inputs are joined.',
    }),
  ),
  reports: trait.list(trait.path(), {
    default: [],
    help: 'Reports of earlier runs, of cherenkit process --report: files, directories, quoted patterns. The manifest proposes memory and time of shards by them.',
  }),
  digest: trait.oneOf(['ends', 'content'], {
    default: 'ends',
    help: 'What the digests of inputs cover: size, beginning and end of each file, or its whole content, which reads it.',
  }),
}) {
  static override readonly help = 'Divides a production of many or long files into shards, and writes its manifest.';
  static override readonly command: CommandDeclaration = {
    name: 'plan',
    description:
      'Writes a manifest: the configuration of cherenkit process from the files given with --config, and a list of shards, each an input, a range of its events, or several short inputs. cherenkit process --shard MANIFEST#N processes one of them, cherenkit verify finds those without a valid output, and cherenkit merge --manifest merges their outputs to what a single run writes. Without a size of shards, each input is one.',
    examples: [
      "plan 'runs/*.simtel.zst' -o production/manifest.json -c dl2.yaml",
      'plan @files.txt -o manifest.json -c dl2.yaml --target-bytes 2000000000',
      "plan 'runs/*.simtel.zst' -o manifest.json -c dl2.yaml --target-seconds 3600 --reports trial.json",
      'plan long.simtel.zst -o manifest.json --target-events 10000 --output-dir shards',
    ],
    positional: { trait: 'PlanTool.inputs', name: 'INPUT' },
    flags: {
      pattern: { trait: 'PlanTool.file_pattern', letter: 'p' },
      digest: { trait: 'PlanTool.digest' },
      'target-events': { trait: 'PlanTool.target_events', group: SIZE },
      'target-bytes': { trait: 'PlanTool.target_bytes', group: SIZE },
      'target-seconds': { trait: 'PlanTool.target_seconds', group: SIZE },
      reports: { trait: 'PlanTool.reports', group: SIZE },
      output: { trait: 'PlanTool.output_path', letter: 'o', required: true, group: OUTPUT },
      overwrite: { trait: 'PlanTool.overwrite', group: OUTPUT },
      'output-dir': { trait: 'PlanTool.output_dir', group: OUTPUT },
    },
  };

  #nShards = 0;
  #nBytes = 0;
  /** Simulated inputs whose events were counted, by their observation ids. */
  readonly #inputsOf = new Map<number, string[]>();
  /** Files of directories that are no events. */
  readonly #leftOut: string[] = [];
  /** Expected time of the largest shard so far. */
  #mostSeconds = 0;

  override async run(_source: EventSource | undefined, options: ToolOptions = {}): Promise<string> {
    const { inputs: files, filePattern: pattern, outputPath, outputDir, overwrite } = this.traits;
    if (outputPath !== '') makeOutputFolder(folderOf(outputPath), '--output');
    if (outputDir) makeOutputFolder(outputDir, '--output-dir');
    await using sink = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite });
    const paths = inputFiles({ files, pattern, expands: true });
    const runs = await filesOfRuns(paths, (path) => this.#otherFiles(path));
    this.#reportLeftOut(runs.length);
    const earlier = this.#earlierRuns();
    await using run = await this.context.service(TOOL_RUNS).prepare('ProcessorTool');
    const head: Omit<ProductionManifest, 'shards'> = {
      format: MANIFEST_FORMAT,
      version: MANIFEST_VERSION,
      software: softwareOf(run, this.context.service(PROVENANCE).activity?.softwareVersion ?? 'unknown'),
      configuration: configuredValues(run, absolutePath),
      configurationDigest: digestText(configurationText(run, digestOrPath)),
    };
    const needed = (): ShardResources | undefined => earlier && proposedResources(earlier, this.#mostSeconds);
    const encoder = new TextEncoder();
    for await (const part of formatProductionManifest(head, this.#shards(run, runs, options, earlier), needed)) {
      sink.append(encoder.encode(part));
    }
    this.#warnOfShards();
    await sink.publish();
    this.context.service(PROVENANCE).addOutput({ url: outputPath, role: 'Production Manifest' });
    const nOthers = runs.reduce((sum, { others }) => sum + others.length, 0);
    const others = nOthers === 0 ? '' : `, with ${counted(nOthers, 'more file')}`;
    return `${counted(this.#nShards, 'shard')} of ${counted(runs.length, 'input')}${others}`;
  }

  /** @throws CherenkitError INPUT_NOT_NAMED (2), REPORT_UNUSABLE (65) */
  #earlierRuns(): EarlierRuns | undefined {
    const { reports, targetSeconds } = this.traits;
    if (reports.length > 0) return readRunReports(inputFiles({ files: reports, pattern: '*.json', expands: true }));
    if (!targetSeconds) return undefined;
    const message =
      '--target-seconds needs the reports of earlier runs. Give --reports FILE, of cherenkit process --report FILE.';
    throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
  }

  /** The shards of all inputs, in their order: an input, a range of its events, or several short inputs. */
  async *#shards(
    run: Run,
    runs: readonly RunFiles[],
    options: ToolOptions,
    earlier: EarlierRuns | undefined,
  ): AsyncGenerator<Shard> {
    const extension = extensionOf(run);
    const size = this.#size;
    let short: PlannedInput[] = [];
    let filled = 0;
    for await (const planned of this.#inputs(runs, options, earlier)) {
      const fraction = fractionOfShard(planned, size, earlier);
      if (short.length > 0 && (fraction >= 1 || filled + fraction > 1)) {
        yield this.#shard(short, undefined, extension, earlier);
        [short, filled] = [[], 0];
      }
      if (fraction < 1) {
        short.push(planned);
        filled += fraction;
      } else {
        for (const events of planned.ranges ?? [undefined]) yield this.#shard([planned], events, extension, earlier);
      }
    }
    if (short.length > 0) yield this.#shard(short, undefined, extension, earlier);
  }

  /** Describes and divides the inputs. */
  async *#inputs(
    runs: readonly RunFiles[],
    { signal, onProgress }: ToolOptions,
    earlier: EarlierRuns | undefined,
  ): AsyncGenerator<PlannedInput> {
    const { outputPath, digest } = this.traits;
    const folder = folderOf(outputPath);
    const size = this.#size;
    const names = inputNames(runs.map(({ path }) => path));
    const pathOf = new Map<string, string>();
    for (const [i, { path, others }] of runs.entries()) {
      if (i % REPORT_INTERVAL === 0) {
        signal?.throwIfAborted();
        onProgress?.({ fraction: i / runs.length, text: `${i}/${runs.length} inputs` });
      }
      const described = describeInput(path, digest);
      const twin = pathOf.get(described.digest ?? path);
      if (twin !== undefined) throw sameContent(path, twin, digest);
      pathOf.set(described.digest ?? path, path);
      const [first, ...rest] = [described, ...others.map((each) => describeInput(each, digest))].map((each) => ({
        ...each,
        path: placeOf(each, folder),
      }));
      const input: ShardInput = { ...(first ?? described), ...(rest.length > 0 && { others: rest }) };
      const bytes =
        described.bytes && filesOfShard({ inputs: [input] }).reduce((sum, each) => sum + (each.bytes ?? 0), 0);
      this.#nBytes += bytes ?? 0;
      const divided = await divideInput(bytes, size, earlier, () => this.#countEvents(path));
      if (divided.reasonForAllEvents !== undefined) {
        this.context.logger.warning(`${path} is one shard, since ${divided.reasonForAllEvents}.`);
      }
      yield { name: names[i] ?? '', input, bytes, ...divided };
    }
  }

  #shard(
    planned: readonly PlannedInput[],
    events: readonly [first: number, end: number] | undefined,
    extension: string,
    earlier: EarlierRuns | undefined,
  ): Shard {
    const { outputDir, outputPath } = this.traits;
    const folder = folderOf(outputPath);
    const seconds = planned.map(({ bytes, nEvents }) =>
      expectedSeconds(earlier, bytes, events ? events[1] - events[0] : nEvents, nEvents),
    );
    this.#mostSeconds = Math.max(
      this.#mostSeconds,
      seconds.reduce((sum, each) => sum + each, 0),
    );
    const name = shardName(planned[0]?.name ?? '', events, planned.length);
    const file = `${name}${extension}`;
    const output = outputDir ? pathSeenFrom(folder, pathFrom(outputDir, file)) : file;
    this.#nShards++;
    return { name, inputs: planned.map(({ input }) => input), ...(events && { events }), output };
  }

  get #size(): ShardSize {
    const { targetEvents, targetBytes, targetSeconds } = this.traits;
    return { events: targetEvents, bytes: targetBytes, seconds: targetSeconds };
  }

  /** Names simulated inputs with the same observation id, whose events a merge would refuse, and many short shards. */
  #warnOfShards(): void {
    const repeated = [...this.#inputsOf].filter(([, paths]) => paths.length > 1);
    for (const [obsId, paths] of repeated.slice(0, MOST_WARNINGS)) {
      this.context.logger.warning(
        `${nameSome(paths)} have the observation id ${obsId}: if they also have events of the same ids, they cannot be processed in one shard, nor merged. Leave one of them out, or simulate them with different ids, such as those of cherenkit simulate --obs-id.`,
      );
    }
    const perShard = this.#nBytes / this.#nShards;
    const { events, bytes, seconds } = this.#size;
    if (events || bytes || seconds || this.#nShards < MANY_SHARDS || perShard === 0 || perShard > SHORT_BYTES) return;
    this.context.logger.warning(
      `${this.#nShards} shards have ${(perShard / 1e6).toPrecision(2)} MB of input each, which take seconds: the start of a job may take longer. --target-bytes 1000000000 joins short inputs.`,
    );
  }

  async #countEvents(path: string): Promise<EventCount> {
    await using run = await this.#runOf(path);
    const count = await countEvents(run);
    const { isSimulation, observationBlocks } = run.source.run;
    for (const obsId of isSimulation ? observationBlocks.keys() : []) {
      this.#inputsOf.set(obsId, [...(this.#inputsOf.get(obsId) ?? []), path]);
    }
    return count;
  }

  /** The files that are read with an input; undefined for none, and for an input that cannot be read, which its shard reports. */
  async #otherFiles(path: string): Promise<EventSource['otherFiles'] | 'no events'> {
    if (isUrl(path)) return undefined;
    await using run = await this.#runOf(path);
    try {
      return (await run.open()).otherFiles;
    } catch (error) {
      if (!CherenkitError.is(error)) throw error;
      if (error.code !== 'INPUT_UNKNOWN' || this.#isNamed(path)) return undefined;
      this.#leftOut.push(path);
      return 'no events';
    }
  }

  /** Whether an input is given by its own path, a list or a pattern, and not found in a directory. */
  #isNamed(path: string): boolean {
    const { inputs } = this.traits;
    return inputs.includes(path) || inputs.some((each) => each.startsWith('@') || /[*?[]/.test(each));
  }

  /** @throws CherenkitError INPUT_NOT_NAMED (2) if no input is left */
  #reportLeftOut(nInputs: number): void {
    if (this.#leftOut.length === 0) return;
    const found = `No event source can read ${nameSome(this.#leftOut)}`;
    if (nInputs === 0) {
      const message = `${found}: there is no other input. Give files of events.`;
      throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
    }
    this.context.logger.warning(
      `${found}: the manifest has ${this.#leftOut.length === 1 ? 'no shard of it' : 'no shards of them'}.`,
    );
  }

  #runOf(path: string): Promise<Run> {
    const layer = objectLayer({ EventSource: { input_url: path } }, 'input of the plan');
    return this.context.service(TOOL_RUNS).prepare('ProcessorTool', [layer]);
  }
}

/** The place of an input as seen from the folder of the manifest. */
function placeOf({ path, bytes }: ShardFile, folder: string): string {
  return bytes === undefined ? path : pathSeenFrom(folder, path);
}

/** Extension of the outputs of a run, by the data levels that it writes. */
function extensionOf({ plan }: Run): string {
  const writers = [...plan.children.values()].map(({ settings }) => settings.get('write_dl2'));
  return writers.some((setting) => setting?.value === true) ? '.dl2.h5' : '.dl1.h5';
}

function sameContent(path: string, twin: string, digest: string): CherenkitError {
  const remedy =
    digest === 'ends' ? 'Leave one of them out, or compare all bytes with --digest content.' : 'Leave one of them out.';
  const message = `${path} has the same content as ${twin}: its events would occur twice. ${remedy}`;
  return new CherenkitError('INPUT_TWICE', ExitCode.USAGE, message);
}
