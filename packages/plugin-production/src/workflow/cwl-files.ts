import { type Json, type ProductionManifest, type ShardInput, type ToolCommand } from '@cherenkit/core';
import type { GivenValue } from './command-line.js';
import {
  cwlName,
  cwlShardTool,
  cwlTool,
  HDF5_FORMAT,
  JSON_FORMAT,
  JSON_IRI,
  NAMESPACES,
  optionInput,
} from './cwl-tool.js';
import type { GeneratedFile, LaterStep, Production, Workflow } from './workflow.js';
import { yamlText } from './yaml-text.js';

type JsonObject = Readonly<Record<string, Json>>;

/** Parts of a CWL workflow. */
interface Parts {
  readonly inputs: Record<string, Json>;
  readonly steps: Record<string, Json>;
  readonly outputs: Record<string, Json>;
  /** Values of the inputs. */
  readonly job: Record<string, Json>;
}

/** All files of several sources, without those that optional outputs do not have. */
const ALL = { linkMerge: 'merge_flattened', pickValue: 'all_non_null' } as const;

/** Name of the description of a call that processes a shard. */
const SHARD_TOOL = 'process_shard';

const URL = /^[a-z][a-z0-9+.-]+:/i;

/**
 * Generates a CWL workflow of version 1.2: a description of each command, made of its options, a workflow that scatters over the
 * shards, and the values of its inputs. Unlike other engines, CWL copies or links the files of a job to a folder of its own: the
 * manifests have names instead of paths.
 */
export function cwlFiles(workflow: Workflow): GeneratedFile[] {
  const parts: Parts = { inputs: {}, steps: {}, outputs: {}, job: {} };
  const files: GeneratedFile[] = [];
  const tools = new Map<string, ToolCommand>([
    ['process', workflow.process],
    ['merge', workflow.merge],
  ]);
  for (const production of workflow.productions) {
    const manifest = `${production.name}.manifest.json`;
    files.push({ path: manifest, text: `${JSON.stringify(localManifest(production))}\n` });
    addProduction(parts, production, manifest);
  }
  for (const step of workflow.later) {
    tools.set(step.command.name, step.command);
    addLaterStep(parts, step, workflow);
  }
  for (const [name, command] of tools) {
    const tool = cwlTool(command, workflow, name === 'process' || name === 'merge' ? HDF5_FORMAT : undefined);
    files.push({ path: `${cwlName(name)}.cwl`, text: cwlText(tool) });
  }
  const resources = workflow.productions[0]?.resources ?? workflow.resources;
  files.push({ path: `${SHARD_TOOL}.cwl`, text: cwlText(cwlShardTool(workflow.process, { ...workflow, resources })) });
  const content = {
    cwlVersion: 'v1.2',
    class: 'Workflow',
    $namespaces: NAMESPACES,
    requirements: { ScatterFeatureRequirement: {}, MultipleInputFeatureRequirement: {} },
    inputs: parts.inputs,
    steps: parts.steps,
    outputs: parts.outputs,
  };
  return [...files, { path: 'workflow.cwl', text: cwlText(content) }, { path: 'job.yml', text: yamlText(parts.job) }];
}

/**
 * The manifest of a production whose inputs and outputs are in the folder of the job, with a name of their own for each shard:
 * what identifies shards is the same.
 */
function localManifest({ content }: Production): ProductionManifest {
  const local = ({ path, ...input }: ShardInput): ShardInput => ({
    ...input,
    path: input.bytes === undefined ? path : baseName(path),
  });
  const shards = content.shards.map((shard) => ({
    ...shard,
    inputs: shard.inputs.map(local),
    output: baseName(shard.output),
  }));
  return { ...content, shards };
}

function addProduction(parts: Parts, { name, shards, merged }: Production, file: string): void {
  const names = {
    manifest: `${name}_manifest`,
    number: `${name}_numbers`,
    input: `${name}_inputs`,
    output: `${name}_outputs`,
  };
  Object.assign(parts.inputs, {
    [names.manifest]: { type: 'File', format: JSON_FORMAT, doc: 'Manifest, with names instead of paths.' },
    [names.number]: { type: 'int[]', doc: 'Number of each shard.' },
    [names.input]: {
      type: { type: 'array', items: ['null', 'File'] },
      doc: 'Input of each shard, unless it is a URL.',
    },
    [names.output]: { type: 'string[]', doc: 'Name of the output of each shard.' },
  });
  Object.assign(parts.job, {
    [names.manifest]: { class: 'File', path: file, format: JSON_IRI },
    [names.number]: shards.map((_, number) => number),
    [names.input]: shards.map(({ inputs: [input, ...others] }) =>
      input?.bytes === undefined ? null : fileValue(input.path, others),
    ),
    [names.output]: shards.map(({ output }) => baseName(output)),
  });
  parts.steps[`process_${name}`] = {
    run: `${SHARD_TOOL}.cwl`,
    scatter: ['number', 'input', 'output'],
    scatterMethod: 'dotproduct',
    in: names,
    out: ['output_file', 'report_file'],
  };
  parts.steps[`merge_${name}`] = {
    run: 'merge.cwl',
    in: {
      manifest: names.manifest,
      file: { source: [`process_${name}/output_file`], ...ALL },
      output: { default: baseName(merged) },
    },
    out: ['output_file'],
  };
  parts.outputs[`${name}_merged`] = { type: 'File?', outputSource: `merge_${name}/output_file` };
  parts.outputs[`${name}_reports`] = {
    type: 'File[]',
    outputSource: [`process_${name}/report_file`],
    ...ALL,
  };
}

/** Adds a step whose files come from other steps or are inputs of the workflow, and whose other options are values. */
function addLaterStep(parts: Parts, step: LaterStep, { productions, later, folder }: Workflow): void {
  const sources = new Map(productions.map(({ name, merged }) => [merged, `merge_${name}/output_file`]));
  for (const other of later) for (const path of other.outputs) sources.set(path, `${other.name}/output_file`);
  const absolute = (path: string): string => (path.startsWith('/') || URL.test(path) ? path : `${folder}/${path}`);
  const fileSource = (input: string, path: string): string => {
    const known = sources.get(absolute(path));
    if (known !== undefined) return known;
    const name = `${step.name}_${input}_${Object.keys(parts.inputs).length}`;
    parts.inputs[name] = { type: ['File', 'string'] };
    parts.job[name] = fileValue(absolute(path));
    return name;
  };
  const inputs: Record<string, Json> = {};
  for (const [name, values] of grouped(step.values)) {
    const [{ option, value } = { option: undefined, value: '' }] = values;
    if (option === undefined) continue;
    const { type } = optionInput(option);
    const isFile = JSON.stringify(type).includes('"File"');
    if (!isFile)
      inputs[name] = { default: literal(option.isMultiple ? values.map((each) => each.value) : value, name, type) };
    else {
      const found = values.map((each) => fileSource(name, String(each.value)));
      inputs[name] = option.isMultiple ? { source: found, ...ALL } : (found[0] ?? '');
    }
  }
  const { positional } = step.command;
  if (positional && step.positional.length > 0) {
    const name = cwlName(positional.name.toLowerCase());
    inputs[name] = {
      source: step.positional.map((path) => fileSource(name, path)),
      linkMerge: 'merge_flattened',
      pickValue: 'all_non_null',
    };
  }
  const hasOutput = step.values.some(({ option }) => option.name === 'output');
  parts.steps[step.name] = {
    run: `${cwlName(step.command.name)}.cwl`,
    in: inputs,
    out: hasOutput ? ['output_file'] : [],
  };
  if (hasOutput) parts.outputs[`${step.name}_result`] = { type: 'File?', outputSource: `${step.name}/output_file` };
}

/** Values by the name of the input of the CWL tool. */
function grouped(values: readonly GivenValue[]): Map<string, GivenValue[]> {
  const groups = new Map<string, GivenValue[]>();
  for (const given of values) {
    const isNegated = given.option.isSwitch && given.value === false;
    const name = cwlName(isNegated ? `no-${given.option.name}` : given.option.name);
    groups.set(name, [...(groups.get(name) ?? []), given]);
  }
  return groups;
}

/** The value of an input of the CWL tool. Outputs are named without their folder: CWL puts them into its own. */
function literal(value: string | boolean | readonly (string | boolean)[], name: string, type: Json): Json {
  if (typeof value === 'boolean') return true;
  if (typeof value !== 'string') return value.map(String);
  if (name === 'output') return baseName(value);
  return /"(?:int|double)"/.test(JSON.stringify(type)) ? Number(value) : value;
}

function cwlText(content: JsonObject): string {
  return `#!/usr/bin/env cwl-runner\n${yamlText(content)}`;
}

function fileValue(path: string, others: readonly ShardInput[] = []): JsonObject | string {
  if (URL.test(path)) return path;
  const secondaryFiles = others.map((each) => ({ class: 'File', path: each.path }));
  return { class: 'File', path, ...(secondaryFiles.length > 0 && { secondaryFiles }) };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
