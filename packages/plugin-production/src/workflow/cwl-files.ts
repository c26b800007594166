import { type Json, type ProductionManifest, type Shard, type ShardFile, type ToolCommand } from '@cherenkit/core';
import { isOutputOption, type GivenValue } from './command-line.js';
import {
  cwlName,
  cwlShardTool,
  cwlTool,
  HDF5_FORMAT,
  JSON_FORMAT,
  JSON_IRI,
  NAMESPACES,
  optionInput,
  outputName,
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
  const local = <T extends ShardFile>(file: T, name = baseName(file.path)): T =>
    file.bytes === undefined ? file : { ...file, path: name };
  const names = localNames(content.shards);
  const shards = content.shards.map((shard) => {
    const inputs = shard.inputs.map(({ others, ...input }) => ({
      ...local(input, names.get(input.path)),
      ...(others && { others: others.map((other) => local(other)) }),
    }));
    return { ...shard, inputs, output: baseName(shard.output) };
  });
  return { ...content, shards };
}

/** Names of the inputs of a production in the folders of jobs, by their paths: each has one of its own, which identifies it. */
function localNames(shards: readonly Shard[]): ReadonlyMap<string, string> {
  const paths = new Set(shards.flatMap(({ inputs }) => inputs.map(({ path }) => path)));
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const path of paths) {
    const name = baseName(path);
    names.set(path, taken.has(name) ? `${names.size}-${name}` : name);
    taken.add(name);
  }
  return names;
}

function addProduction(parts: Parts, { name, shards, merged }: Production, file: string): void {
  const names = {
    manifest: `${name}_manifest`,
    number: `${name}_numbers`,
    inputs: `${name}_inputs`,
    output: `${name}_outputs`,
  };
  Object.assign(parts.inputs, {
    [names.manifest]: { type: 'File', format: JSON_FORMAT, doc: 'Manifest, with names instead of paths.' },
    [names.number]: { type: 'int[]', doc: 'Number of each shard.' },
    [names.inputs]: {
      type: { type: 'array', items: { type: 'array', items: 'File' } },
      doc: 'Inputs of each shard, without URLs.',
    },
    [names.output]: { type: 'string[]', doc: 'Name of the output of each shard.' },
  });
  const local = localNames(shards);
  Object.assign(parts.job, {
    [names.manifest]: { class: 'File', path: file, format: JSON_IRI },
    [names.number]: shards.map((_, number) => number),
    [names.inputs]: shards.map(({ inputs }) =>
      inputs.flatMap(({ path, bytes, others = [] }) =>
        bytes === undefined ? [] : [inputValue(path, local.get(path) ?? '', others)],
      ),
    ),
    [names.output]: shards.map(({ output }) => baseName(output)),
  });
  parts.steps[`process_${name}`] = {
    run: `${SHARD_TOOL}.cwl`,
    scatter: ['number', 'inputs', 'output'],
    scatterMethod: 'dotproduct',
    in: names,
    out: ['output_file', 'report_file'],
  };
  parts.steps[`merge_${name}`] = {
    run: 'merge.cwl',
    in: {
      manifest: names.manifest,
      file: { source: [`process_${name}/output_file`], ...ALL },
      output: { default: outputFile(merged) },
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
  const absolute = (path: string): string => (path.startsWith('/') || URL.test(path) ? path : `${folder}/${path}`);
  for (const other of later) {
    for (const { name, path } of outputsOf(other)) sources.set(absolute(path), `${other.name}/${name}`);
  }
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
      inputs[name] = {
        default: isOutputOption(option)
          ? outputFile(String(value))
          : literal(option.isMultiple ? values.map((each) => each.value) : value, type),
      };
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
  const outputs = outputsOf(step);
  parts.steps[step.name] = {
    run: `${cwlName(step.command.name)}.cwl`,
    in: inputs,
    out: outputs.map(({ name }) => name),
  };
  for (const { name, path } of outputs) {
    const type = step.directories.includes(absolute(path)) ? 'Directory?' : 'File?';
    parts.outputs[`${step.name}_${name}`] = { type, outputSource: `${step.name}/${name}` };
  }
}

/** Outputs of a step, by the names that they have in the CWL tool. */
function outputsOf({ values }: LaterStep): { readonly name: string; readonly path: string }[] {
  return values.flatMap(({ option, value }) =>
    isOutputOption(option) ? [{ name: outputName(option.name), path: String(value) }] : [],
  );
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

/** The value of an input of the CWL tool. */
function literal(value: string | boolean | readonly (string | boolean)[], type: Json): Json {
  if (typeof value === 'boolean') return true;
  if (typeof value !== 'string') return value.map(String);
  return /"(?:int|double)"/.test(JSON.stringify(type)) ? Number(value) : value;
}

function cwlText(content: JsonObject): string {
  return `#!/usr/bin/env cwl-runner\n${yamlText(content)}`;
}

function fileValue(path: string): JsonObject | string {
  return URL.test(path) ? path : { class: 'File', path };
}

/** The input of a shard, with the name that it has in the folder of the job. */
function inputValue(path: string, name: string, others: readonly ShardFile[]): JsonObject {
  const secondaryFiles = others.map((each) => ({ class: 'File', path: each.path }));
  return {
    class: 'File',
    path,
    ...(name !== baseName(path) && { basename: name }),
    ...(secondaryFiles.length > 0 && { secondaryFiles }),
  };
}

/** Name of an output: without its folder, since CWL puts it into its own, and without characters of patterns, by which CWL finds it. */
function outputFile(path: string): string {
  return baseName(path.replace(/\/+$/, '')).replaceAll(/[*?[\]]/g, '_');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
