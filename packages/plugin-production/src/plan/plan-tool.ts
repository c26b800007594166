import {
  CherenkitError,
  configurationText,
  configuredValues,
  counted,
  ExitCode,
  formatProductionManifest,
  MANIFEST_FORMAT,
  MANIFEST_VERSION,
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
  type ShardInput,
  type ShardResources,
  type ToolOptions,
} from '@cherenkit/core';
import { inputFiles, makeOutputFolder } from '@cherenkit/plugin-hdf5';
import { absolutePath, digestOrPath, digestText, folderOf, pathFrom, pathSeenFrom } from '#production-host';
import { describeInput, isUrl } from './describe-input.js';
import { countEvents, type EventCount } from './count-events.js';
import { divideInput } from './divide-input.js';
import { filesOfRuns, type RunFiles } from './files-of-run.js';
import { expectedSeconds, proposedResources, readRunReports, type EarlierRuns } from './run-reports.js';
import { inputNames, shardName } from './shard-names.js';

const SIZE = 'SIZE OF SHARDS';
const OUTPUT = 'OUTPUT';
/** Inputs described between reports of the progress. */
const REPORT_INTERVAL = 500;

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
      help: 'Number of events per shard. The events of all inputs are counted, which reads them.',
    }),
  ),
  targetBytes: trait.optional(
    trait.integer({
      minimum: 1,
      help: 'Bytes of input per shard. Only the events of inputs that are divided are counted.',
    }),
  ),
  targetSeconds: trait.optional(
    trait.number({
      exclusiveMinimum: 0,
      unit: 's',
      help: 'Expected wall time of a shard, by the reports of earlier runs.',
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
      'Writes a manifest: the configuration of cherenkit process from the files given with --config, and a list of shards, each an input or a range of its events. cherenkit process --shard MANIFEST#N processes one of them, cherenkit verify finds those without a valid output, and cherenkit merge --manifest merges their outputs to what a single run writes. Without a size of shards, each input is one.',
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
  /** Expected time of the largest shard so far. */
  #mostSeconds = 0;

  override async run(_source: EventSource | undefined, options: ToolOptions = {}): Promise<string> {
    const { inputs: files, filePattern: pattern, outputPath, outputDir, overwrite } = this.traits;
    if (outputPath !== '') makeOutputFolder(folderOf(outputPath), '--output');
    if (outputDir) makeOutputFolder(outputDir, '--output-dir');
    await using sink = this.context.service(OUTPUT_FILES).create(outputPath, { overwrite });
    const paths = inputFiles({ files, pattern, expands: true });
    const runs = await filesOfRuns(paths, (path) => this.#otherFiles(path));
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

  async *#shards(
    run: Run,
    runs: readonly RunFiles[],
    { signal, onProgress }: ToolOptions,
    earlier: EarlierRuns | undefined,
  ): AsyncGenerator<Shard> {
    const { outputDir, outputPath, digest, targetEvents, targetBytes, targetSeconds } = this.traits;
    const folder = folderOf(outputPath);
    const extension = extensionOf(run);
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
      const files = [described, ...others.map((each) => describeInput(each, digest))];
      const inputs = files.map((each) => ({ ...each, path: placeOf(each, folder) }));
      const bytes = described.bytes && files.reduce((sum, each) => sum + (each.bytes ?? 0), 0);
      const size = { events: targetEvents, bytes: targetBytes, seconds: targetSeconds };
      const divided = await divideInput(bytes, size, earlier, () => this.#countEvents(path));
      const { ranges, nEvents, reasonForAllEvents } = divided;
      if (reasonForAllEvents !== undefined) {
        this.context.logger.warning(`${path} is one shard, since ${reasonForAllEvents}.`);
      }
      for (const events of ranges ?? [undefined]) {
        const part = events ? events[1] - events[0] : nEvents;
        this.#mostSeconds = Math.max(this.#mostSeconds, expectedSeconds(earlier, bytes, part, nEvents));
        const name = shardName(names[i] ?? '', events);
        const file = `${name}${extension}`;
        const output = outputDir ? pathSeenFrom(folder, pathFrom(outputDir, file)) : file;
        this.#nShards++;
        yield { name, inputs, ...(events && { events }), output };
      }
    }
  }

  async #countEvents(path: string): Promise<EventCount> {
    await using run = await this.#runOf(path);
    return await countEvents(run); // before the run is disposed
  }

  /** The files that are read with an input; undefined for none, and for an input that cannot be read, which its shard reports. */
  async #otherFiles(path: string): Promise<EventSource['otherFiles']> {
    if (isUrl(path)) return undefined;
    await using run = await this.#runOf(path);
    try {
      return (await run.open()).otherFiles;
    } catch (error) {
      if (CherenkitError.is(error)) return undefined;
      throw error;
    }
  }

  #runOf(path: string): Promise<Run> {
    const layer = objectLayer({ EventSource: { input_url: path } }, 'input of the plan');
    return this.context.service(TOOL_RUNS).prepare('ProcessorTool', [layer]);
  }
}

/** The place of an input as seen from the folder of the manifest. */
function placeOf({ path, bytes }: ShardInput, folder: string): string {
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
