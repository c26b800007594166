import type { CommandOption, Json, ToolCommand } from '@cherenkit/core';
import { isDirectoryOption, isOutputOption } from './command-line.js';
import { TEMPORARY_CODES } from './workflow.js';

type JsonObject = Readonly<Record<string, Json>>;

/** Prefixes of the IRIs of formats. */
export const NAMESPACES: JsonObject = { edam: 'http://edamontology.org/' };

/** IRIs of formats. */
export const HDF5_FORMAT = 'edam:format_3590';
export const JSON_FORMAT = 'edam:format_3464';
/** Where prefixes are not known. */
export const JSON_IRI = 'http://edamontology.org/format_3464';

/** Options that are not inputs of a CWL tool: those of reports to a person. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'progress',
  'verbose',
  'log-file',
  'log-file-level',
  'log-format',
  'threads',
  'report',
]);

/** How a generated tool is run. */
export interface CwlRuntime {
  /** Version of cherenkit. */
  readonly version: string;
  /** The program: `cherenkit`, or several words. */
  readonly program: readonly string[];
  /** Image of a container; undefined for none. */
  readonly image?: string | undefined;
  readonly resources: { readonly threads: number; readonly memory: number };
}

/** Name of an option or a command as an identifier of CWL: `write_images`. */
export function cwlName(name: string): string {
  return name.replaceAll(/[- ]/g, '_');
}

/**
 * Describes a command as a CWL CommandLineTool of version 1.2: each option is an input of the same name. Switches are booleans; one
 * that is on by default has the input `no_NAME`. The output and the report are files; they are optional, since for cwltool a job
 * without an output that is required has failed finally, whatever its exit code is.
 *
 * @param outputFormat - IRI of the format of the output
 */
export function cwlTool(command: ToolCommand, runtime: CwlRuntime, outputFormat?: string): JsonObject {
  const { positional } = command;
  const options = command.options.filter(({ name }) => !LEFT_OUT.has(name));
  const outputs = options.filter(isOutputOption);
  return {
    cwlVersion: 'v1.2',
    class: 'CommandLineTool',
    $namespaces: NAMESPACES,
    label: command.help,
    baseCommand: [...runtime.program, ...command.name.split(' ')],
    hints: {
      ResourceRequirement: { coresMin: runtime.resources.threads, ramMin: runtime.resources.memory },
      SoftwareRequirement: { packages: { cherenkit: { version: [runtime.version] } } },
      ...(runtime.image !== undefined && { DockerRequirement: { dockerPull: runtime.image } }),
    },
    requirements: { NetworkAccess: { networkAccess: false } },
    arguments: [
      ...(command.usesThreads ? [{ prefix: '--threads', valueFrom: '$(runtime.cores)' }] : []),
      { prefix: '--report', valueFrom: '$(inputs.report)' },
      '--log-format=json',
    ],
    inputs: {
      ...Object.fromEntries(options.map(namedInput)),
      ...(positional && { [cwlName(positional.name.toLowerCase())]: positionalInput(positional.isMultiple) }),
      report: { type: 'string', default: 'report.json', doc: 'Name of the report of the run.' },
    },
    outputs: {
      ...Object.fromEntries(outputs.map((option) => [outputName(option.name), outputOf(option, outputFormat)])),
      report_file: { type: 'File?', format: JSON_FORMAT, outputBinding: { glob: '$(inputs.report)' } },
    },
    successCodes: [0],
    temporaryFailCodes: TEMPORARY_CODES,
  };
}

/**
 * Describes a call that processes a shard of a manifest whose files are in the folder of the job.
 *
 * @param command - `process`
 */
export function cwlShardTool(command: ToolCommand, runtime: CwlRuntime): JsonObject {
  const whole = cwlTool(command, runtime, HDF5_FORMAT);
  return {
    ...whole,
    label: 'Processes a shard of a production.',
    requirements: {
      NetworkAccess: { networkAccess: false },
      InitialWorkDirRequirement: { listing: ['$(inputs.manifest)', '$(inputs.inputs)'] },
    },
    arguments: [
      { prefix: '--shard', valueFrom: '$(inputs.manifest.basename)#$(inputs.number)' },
      ...(whole['arguments'] as readonly Json[]),
    ],
    inputs: {
      manifest: { type: 'File', format: JSON_FORMAT, doc: 'Manifest, with names instead of paths.' },
      number: { type: 'int', doc: 'Number of the shard, from 0.' },
      inputs: { type: 'File[]', doc: 'Inputs of the shard, without URLs.' },
      output: { type: 'string', doc: 'Name of the output in the manifest.' },
      report: { type: 'string', default: 'report.json', doc: 'Name of the report of the run.' },
    },
  };
}

/** Name of the output of a CWL tool for an option. */
export function outputName(option: string): string {
  return `${cwlName(option)}_file`;
}

function outputOf(option: CommandOption, format: string | undefined): JsonObject {
  const outputBinding = { glob: `$(inputs.${cwlName(option.name)})` };
  if (isDirectoryOption(option)) return { type: 'Directory?', outputBinding };
  return { type: 'File?', ...(option.name === 'output' && format !== undefined && { format }), outputBinding };
}

function positionalInput(isMultiple: boolean): JsonObject {
  const type = isMultiple ? { type: 'array', items: ['File', 'string'] } : ['File', 'string'];
  return { type: ['null', ...[type].flat()], inputBinding: { position: 1 } };
}

function namedInput(option: CommandOption): [name: string, input: Json] {
  const { name, isSwitch, hasOpposite, declaration } = option;
  return [cwlName(isSwitch && hasOpposite && declaration?.default === true ? `no-${name}` : name), optionInput(option)];
}

/** The input of a CWL tool for an option. */
export function optionInput(option: CommandOption): { readonly type: Json; readonly [part: string]: Json } {
  const { name, help, isSwitch, hasOpposite, isMultiple, declaration } = option;
  if (isSwitch) {
    const prefix = hasOpposite && declaration?.default === true ? `--no-${name}` : `--${name}`;
    return { type: 'boolean?', doc: help, inputBinding: { prefix } };
  }
  const prefix = `--${name}`;
  const type = typeOf(option);
  if (!isMultiple) return { type: ['null', ...type], doc: help, inputBinding: { prefix } };
  const items = { type: 'array', items: type.length === 1 ? (type[0] ?? 'string') : type, inputBinding: { prefix } };
  return { type: ['null', items], doc: help };
}

/** Types of the values of an option. Paths of inputs may be URLs such as `toymodel:`. */
function typeOf(option: CommandOption): string[] {
  const { name, declaration } = option;
  if (name === 'config') return ['File'];
  if (declaration === undefined || declaration.perTelescope) return ['string'];
  const { type } = declaration.type === 'list' ? declaration.items : declaration;
  if (type === 'integer') return ['int'];
  if (type === 'number') return ['double'];
  if (type !== 'path' || isOutputOption(option)) return ['string'];
  return [isDirectoryOption(option) ? 'Directory' : 'File', 'string'];
}
