import {
  CherenkitError,
  ExitCode,
  type ProductionManifest,
  type Shard,
  type ToolCommand,
  type ToolCommands,
} from '@cherenkit/core';
import { parseCommandLine, type CommandLine } from './command-line.js';

/**
 * Exit codes after which the same job may succeed: that of temporary failures, and those of SIGTERM and SIGXCPU if they came while
 * the program started.
 */
export const TEMPORARY_CODES: readonly number[] = [ExitCode.TEMPORARY, 143, 152];

/** Exit codes after which the job may succeed with more memory: also those of jobs that were killed. */
export const REPEATED_CODES: readonly number[] = [...TEMPORARY_CODES, 134, 137].sort((a, b) => a - b);

/** What a job of a step may use. */
export interface StepResources {
  readonly threads: number;
  /** MB. */
  readonly memory: number;
  readonly minutes: number;
}

/** A production whose shards are processed and merged. */
export interface Production {
  /** `gamma`, of the manifest gamma.json: part of the names of its steps. */
  readonly name: string;
  /** Absolute path of the manifest. */
  readonly manifest: string;
  readonly content: ProductionManifest;
  /** Shards, with absolute paths. */
  readonly shards: readonly Shard[];
  /** Absolute path of the merged file. */
  readonly merged: string;
  readonly resources: StepResources;
}

/** A step after the merges: a command of `cherenkit`. */
export interface LaterStep extends CommandLine {
  readonly name: string;
  /** Names of productions whose merged files it reads, and of steps whose outputs it reads. */
  readonly after: readonly string[];
}

/** What engines run: productions, each processed shard by shard and merged, and then further commands. */
export interface Workflow {
  /** Words of the program: `cherenkit`, or `apptainer exec cherenkit.sif cherenkit`. */
  readonly program: readonly string[];
  readonly image: string | undefined;
  readonly version: string;
  /** Absolute path of the folder in which later steps run. */
  readonly folder: string;
  /** Absolute path of the folder of the generated files. */
  readonly output: string;
  readonly productions: readonly Production[];
  readonly later: readonly LaterStep[];
  /** Resources of merges and later steps. */
  readonly resources: StepResources;
  readonly process: ToolCommand;
  readonly merge: ToolCommand;
}

/** A generated file. */
export interface GeneratedFile {
  /** Relative to the folder of the workflow. */
  readonly path: string;
  readonly text: string;
}

/**
 * Requires each file to be written by one production: engines would make a file of two only once, or one would replace that of the other.
 *
 * @throws CherenkitError FILE_USED_TWICE (2)
 */
export function checkOutputs(productions: readonly Pick<Production, 'manifest' | 'shards' | 'merged'>[]): void {
  const manifestOf = new Map<string, string>();
  for (const { manifest, shards, merged } of productions) {
    const outputs = new Set([...shards.map(({ output }) => output), merged]);
    for (const output of outputs) {
      const other = manifestOf.get(output);
      if (other !== undefined) {
        const message = `${output} is an output of both ${other} and ${manifest}; expected different ones. Plan one of them with another --output-dir, such as --output-dir shards/NAME.`;
        throw new CherenkitError('FILE_USED_TWICE', ExitCode.USAGE, message);
      }
      manifestOf.set(output, manifest);
    }
  }
}

/**
 * Orders further commands by the files that they read and write.
 *
 * @param lines - commands without the program: `train energy -i gamma.h5 -o energy.onnx`
 * @param productions - whose merged files may be read
 * @param absolute - makes paths absolute
 * @throws CherenkitError STEP_INVALID (2) for a command that reads what a later one writes, or writes what another one does
 */
export function laterSteps(
  lines: readonly string[],
  productions: readonly Pick<Production, 'name' | 'merged'>[],
  commands: ToolCommands,
  absolute: (path: string) => string,
): LaterStep[] {
  const writers = new Map(productions.map(({ name, merged }) => [merged, name]));
  const parsed = lines.map((line) => parseCommandLine(line, commands));
  const laterOutputs = new Set(parsed.flatMap(({ outputs }) => outputs.map(absolute)));
  const names = stepNames(parsed.map(({ command }) => command.name));
  return parsed.map((line, i) => {
    const name = names[i] ?? '';
    const [inputs, outputs] = [line.inputs.map(absolute), line.outputs.map(absolute)];
    const early = inputs.find((path) => laterOutputs.has(path) && !writers.has(path));
    if (early !== undefined) throw stepOrder(lines[i] ?? '', `reads ${early}, which this or a later step writes`);
    const after = [...new Set(inputs.flatMap((path) => writers.get(path) ?? []))];
    for (const path of outputs) {
      if (writers.has(path)) throw stepOrder(lines[i] ?? '', `writes ${path}, which another step writes`);
      writers.set(path, name);
    }
    return { ...line, inputs, outputs, directories: line.directories.map(absolute), name, after };
  });
}

/** Names of steps: that of the command, `apply_models`; `apply_models_1` and `apply_models_2` if it is run twice. */
function stepNames(commands: readonly string[]): string[] {
  const bases = commands.map((command) => command.replaceAll(/[- ]/g, '_'));
  return bases.map((base, i) => {
    const isRepeated = bases.indexOf(base) !== bases.lastIndexOf(base);
    return isRepeated ? `${base}_${bases.slice(0, i + 1).filter((each) => each === base).length}` : base;
  });
}

/**
 * Files that further steps read, but which neither exist nor are written by a step or a merge.
 *
 * @param exists - whether there is a file or a directory
 */
export function missingInputs(
  steps: readonly Pick<LaterStep, 'inputs' | 'outputs'>[],
  productions: readonly Pick<Production, 'merged'>[],
  exists: (path: string) => boolean,
): string[] {
  const written = new Set([...productions.map(({ merged }) => merged), ...steps.flatMap(({ outputs }) => outputs)]);
  // Patterns and lists of files are read when the step runs.
  const isPlain = (path: string): boolean => !/[*?[]|(?:^|[\\/])@/.test(path);
  const inputs = new Set(steps.flatMap((step) => step.inputs));
  return [...inputs].filter((path) => isPlain(path) && !written.has(path) && !exists(path));
}

function stepOrder(line: string, problem: string): CherenkitError {
  const message = `The step "${line}" ${problem}. Give the steps in the order in which they run, each with a file of its own.`;
  return new CherenkitError('STEP_INVALID', ExitCode.USAGE, message);
}

/** The words of a later step: it replaces its outputs, since it runs again only if that is wanted. */
export function laterCommand({ program }: Workflow, { command, words, values }: LaterStep): string[] {
  const replaces = command.options.some(({ name }) => name === 'overwrite');
  const isGiven = values.some(({ option }) => option.name === 'overwrite');
  return [...program, ...command.name.split(' '), ...words, ...(replaces && !isGiven ? ['--overwrite'] : [])];
}
