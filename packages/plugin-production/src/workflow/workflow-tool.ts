import {
  CherenkitError,
  counted,
  ExitCode,
  nameSome,
  OUTPUT_FILES,
  PROVENANCE,
  readingReason,
  TOOL_COMMANDS,
  Tool,
  trait,
  type CommandDeclaration,
  type EventSource,
  type Shard,
  type ShardFile,
  type ToolCommand,
  type ToolCommands,
} from '@cherenkit/core';
import { makeOutputFolder, readManifestFile } from '@cherenkit/plugin-hdf5';
import { absolutePath, fileName, folderOf, pathExists, pathFrom, readText } from '#production-host';
import { shellCommand, splitWords } from './shell-words.js';
import {
  checkOutputs,
  laterSteps,
  missingInputs,
  type GeneratedFile,
  type Production,
  type StepResources,
  type Workflow,
} from './workflow.js';

const RESOURCES = 'RESOURCES';
const OUTPUT = 'OUTPUT';
const MEGABYTE = 1e6;
/** Time limit of short jobs: the start of a job may take minutes. */
const LEAST_MINUTES = 10;
/** What jobs get if the manifest proposes nothing: MB, minutes. */
const DEFAULT_MEMORY = 2000;
const DEFAULT_MINUTES = 240;

/**
 * The command of a tool that generates the files of an engine.
 *
 * @param tool - its class
 * @param files - what it writes, for the description
 */
export function workflowCommand(tool: string, engine: string, files: string): CommandDeclaration {
  return {
    name: `workflow ${engine}`,
    description: `Writes ${files} that process the shards of productions, merge each production, and run further commands. Each manifest NAME.json, of cherenkit plan, is a production, merged to NAME.h5 beside it. Further commands are ordered by the files that they read and write. Engines repeat jobs after temporary failures only.`,
    examples: [
      `workflow ${engine} gamma.json -o ${engine}`,
      `workflow ${engine} gamma.json proton.json -o ${engine} --steps steps.txt`,
    ],
    positional: { trait: `${tool}.manifests`, name: 'MANIFEST' },
    flags: {
      steps: { trait: `${tool}.steps_file` },
      program: { trait: `${tool}.program` },
      image: { trait: `${tool}.image` },
      'job-threads': { trait: `${tool}.n_threads`, group: RESOURCES },
      memory: { trait: `${tool}.memory`, group: RESOURCES },
      minutes: { trait: `${tool}.minutes`, group: RESOURCES },
      output: { trait: `${tool}.output_dir`, letter: 'o', required: true, group: OUTPUT },
      overwrite: { trait: `${tool}.overwrite`, group: OUTPUT },
    },
  };
}

/** Generates the files of an engine that runs productions: base of the tools `cherenkit workflow ENGINE`. */
export abstract class WorkflowTool extends Tool.withTraits({
  manifests: trait.list(trait.path(), {
    default: [],
    help: 'Manifests of productions, as cherenkit plan writes them.',
  }),
  outputDir: trait.path({ default: '', help: 'Directory of the generated files, which is created.' }),
  overwrite: trait.boolean({ default: false, help: 'Replace existing files.' }),
  stepsFile: trait.optional(
    trait.path({
      help: 'Text file with further commands, one per line, such as: train energy -i gamma.h5 -o energy.onnx. Paths are relative to the working directory.',
    }),
  ),
  program: trait.optional(
    trait.string({
      help: 'How jobs run cherenkit: its path, or a command such as "apptainer exec cherenkit.sif cherenkit". Default: cherenkit if that is the program which writes the workflow, or with --image; else the paths of Node.js and of that program.',
    }),
  ),
  image: trait.optional(
    trait.string({ help: 'Image of a container with cherenkit, for engines that run containers.' }),
  ),
  nThreads: trait.integer({ default: 1, minimum: 1, help: 'Threads of each job.' }),
  memory: trait.optional(
    trait.integer({
      minimum: 1,
      help: 'Memory of each job, MB. Default: that in the manifest, which plan takes from reports; else 2000.',
    }),
  ),
  minutes: trait.optional(
    trait.integer({
      minimum: 1,
      help: 'Time limit of each job, minutes. Default: that in the manifest, at least 10; else 240.',
    }),
  ),
}) {
  /** Generates the files. */
  protected abstract filesOf(workflow: Workflow): GeneratedFile[];

  /** The command that starts the workflow. */
  protected abstract startOf(folder: string): string[];

  override async run(_source: EventSource | undefined): Promise<string> {
    const { outputDir, overwrite } = this.traits;
    if (outputDir === '') {
      throw new CherenkitError('OUTPUT_NOT_NAMED', ExitCode.USAGE, 'No output: give --output DIRECTORY.');
    }
    const workflow = await this.#workflow();
    const files = this.filesOf(workflow);
    for (const folder of ['logs', 'reports', ...files.map(({ path }) => folderOf(path))]) {
      makeOutputFolder(pathFrom(outputDir, folder), '--output');
    }
    for (const { path, text } of files) {
      const name = pathFrom(outputDir, path);
      await using sink = this.context.service(OUTPUT_FILES).create(name, { overwrite });
      sink.append(new TextEncoder().encode(text));
      await sink.publish();
      this.context.service(PROVENANCE).addOutput({ url: name, role: 'Workflow' });
    }
    const { productions, later } = workflow;
    const nShards = productions.reduce((sum, { shards }) => sum + shards.length, 0);
    const content = `${counted(productions.length, 'production')}, ${counted(nShards, 'shard')}, ${counted(later.length, 'further step')}`;
    return `${content} (start: ${shellCommand(this.startOf(outputDir))})`;
  }

  async #workflow(): Promise<Workflow> {
    const { manifests, outputDir, stepsFile, program, image } = this.traits;
    const commands = this.context.service(TOOL_COMMANDS);
    if (manifests.length === 0) {
      throw new CherenkitError(
        'INPUT_NOT_NAMED',
        ExitCode.USAGE,
        'No manifest: give the files that cherenkit plan has written.',
      );
    }
    const productions: Production[] = [];
    for (const path of manifests) productions.push(await this.#production(path));
    checkNames(productions);
    checkOutputs(productions);
    const later = laterSteps(
      stepsFile == null ? [] : commandsIn(readSteps(stepsFile)),
      productions,
      commands,
      absolutePath,
    );
    this.#warnOfMissing(missingInputs(later, productions, pathExists));
    return {
      program:
        program == null ? (image == null ? commands.program : ['cherenkit']) : (splitWords(program) ?? [program]),
      image: image ?? undefined,
      version: commands.version,
      folder: absolutePath('.'),
      output: absolutePath(outputDir),
      productions,
      later,
      resources: this.#resources(),
      process: requiredCommand(commands, 'process'),
      merge: requiredCommand(commands, 'merge'),
    };
  }

  #warnOfMissing(paths: readonly string[]): void {
    if (paths.length === 0) return;
    const verb = paths.length === 1 ? 'does' : 'do';
    this.context.logger.warning(
      `${this.traits.stepsFile ?? ''}: ${nameSome(paths)} ${verb} not exist, and no step before writes it. Check the paths.`,
    );
  }

  async #production(path: string): Promise<Production> {
    const content = await readManifestFile(path);
    const manifest = absolutePath(path);
    const folder = folderOf(manifest);
    const stem = fileName(manifest).replace(/\.json$/, '');
    const shards = content.shards.map((shard): Shard => {
      const placed = <T extends ShardFile>(file: T): T =>
        file.bytes === undefined ? file : { ...file, path: pathFrom(folder, file.path) };
      const inputs = shard.inputs.map(({ others, ...input }) => ({
        ...placed(input),
        ...(others && { others: others.map(placed) }),
      }));
      return { ...shard, inputs, output: pathFrom(folder, shard.output) };
    });
    const { memoryBytes, seconds } = content.resources ?? {};
    return {
      name: stem.replaceAll(/[^A-Za-z0-9_]/g, '_'),
      manifest,
      content,
      shards,
      merged: pathFrom(folder, `${stem}.h5`),
      resources: this.#resources(memoryBytes, seconds),
    };
  }

  #resources(memoryBytes?: number, seconds?: number): StepResources {
    const { nThreads, memory, minutes } = this.traits;
    const proposed = memoryBytes === undefined ? DEFAULT_MEMORY : Math.ceil(memoryBytes / MEGABYTE);
    const time = seconds === undefined ? DEFAULT_MINUTES : Math.max(LEAST_MINUTES, Math.ceil(seconds / 60));
    return { threads: nThreads, memory: memory ?? proposed, minutes: minutes ?? time };
  }
}

/** @throws CherenkitError INPUT_MISSING (66) */
function readSteps(path: string): string {
  try {
    return readText(path);
  } catch (cause) {
    const message = `Cannot read the steps ${path}: ${readingReason(cause)}. Check the path of --steps.`;
    throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, message, { cause });
  }
}

/** Lines without comments; a line that ends with a backslash goes on. */
function commandsIn(text: string): string[] {
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/);
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

/** @throws CherenkitError INPUT_TWICE (2) */
function checkNames(productions: readonly Production[]): void {
  const names = productions.map(({ name }) => name);
  const repeated = names.filter((name, i) => names.indexOf(name) < i);
  if (repeated.length === 0) return;
  const message = `Several manifests have the name ${nameSome(repeated)}, which would be that of their steps. Rename them.`;
  throw new CherenkitError('INPUT_TWICE', ExitCode.USAGE, message);
}

function requiredCommand(commands: ToolCommands, name: string): ToolCommand {
  const found = commands.find(name);
  if (found) return found;
  throw new CherenkitError('COMMAND_UNKNOWN', ExitCode.USAGE, `There is no tool ${name}, which the workflow runs.`);
}
