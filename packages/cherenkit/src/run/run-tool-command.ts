import { describePluginFailure, splitTraitOptions, type ComponentCatalog } from '@cherenkit/core/internal';
import {
  CherenkitError,
  ExitCode,
  objectLayer,
  optionLayer,
  type PluginRegistry,
  type PluginFailure,
} from '@cherenkit/core';
import { parse } from '@oclif/core/parser';
import { fileLayers } from '../configuration/file-layers.js';
import { ownVersion } from '../package-root.js';
import { discoverPlugins } from '../plugins/discover-plugins.js';
import { commandName } from '../plugins/tool-list.js';
import { commandFlags } from './command-flags.js';
import type { CommonFlags } from './common-flags.js';
import { checkStandardInput } from './distinct-files.js';
import { adaptGarbageCollector } from './garbage-collector.js';
import { readGivenShard, type GivenShard } from './given-shard.js';
import { runAndReport } from './run-and-report.js';
import { givenShardFlags } from './shard-flags.js';
import { threadsOf, usesThreads } from './thread-flags.js';
import { isUsageError, unknownFlags, type UsageError } from './usage-error.js';
import { argumentInput, argumentOptions, flagDefaults, flagInput, flagOptions, toolFlags } from './tool-flags.js';

/**
 * Runs a tool, or shows its help: `process`, `simulate`, or a tool of a plugin.
 *
 * @param words - command name, of one word or two such as `model show`, and arguments
 * @param root - package folder of cherenkit
 * @returns false if there is no such tool
 * @throws CherenkitError TOOL_TWICE if several plugins have such a tool; COMMAND_UNKNOWN if a plugin that cannot be used may
 *   have it; errors of the tool
 */
export async function runToolCommand(words: readonly string[], root: string): Promise<boolean> {
  const { files, inputs, ...choice } = scanArguments(words);
  checkStandardInput([
    ...files.map((path) => ({ use: '--config', path })),
    ...inputs.map((path) => ({ use: '--input', path })),
  ]);
  const layers = (await Promise.all(files.map(fileLayers))).flat();
  const registry = await discoverPlugins({ layers, ...choice });
  const [first = '', second = ''] = words;
  const pair = `${first} ${second}`;
  const isPair = registry.catalog.idsOfKind('Tool').some((each) => commandOf(registry.catalog, each) === pair);
  const name = isPair ? pair : first;
  const argv = words.slice(isPair ? 2 : 1);
  const id = findTool(name, registry);
  if (id === undefined) return false;
  if (argv.includes('--help') || argv.includes('-h')) {
    const { showToolHelp } = await import('./tool-help.js');
    await showToolHelp(registry.catalog, id, name, root);
    return true;
  }
  const traitFlags = toolFlags(registry.catalog, id);
  const { rest, options } = splitTraitOptions(argv);
  const known = new Set(traitFlags.map(({ name: flag }) => flag));
  const { argv: given, flags } = await parse(
    rest.map((each) => withDashes(each, known)),
    {
      args: argumentInput(registry.catalog, id),
      flags: { ...flagInput(traitFlags, registry.catalog), ...commandFlags(registry.catalog, id) },
    },
  ).catch((error: unknown) => {
    if (isUsageError(error)) addTraitHint(error, registry.catalog);
    throw error;
  });
  const common = flags as CommonFlags;
  const defaults = flagDefaults(traitFlags);
  const { events, shard: shardText, 'if-needed': ifNeeded = false } = givenShardFlags(flags, registry.catalog, id);
  if (shardText !== undefined && events !== undefined) throw twoRanges();
  const shard = shardText === undefined ? undefined : await readGivenShard(shardText);
  if (shard && shard.inputs.length > 1 && flags['input'] !== undefined) throw oneOfInputs(shard);
  using _collector = adaptGarbageCollector();
  await runAndReport(
    {
      tool: id,
      layers: [
        ...(defaults.length > 0 ? [{ ...optionLayer(defaults), name: `defaults of ${name}`, overrides: false }] : []),
        ...layers,
        ...(shard?.layers ?? []),
        ...(ifNeeded ? [{ ...objectLayer({ DataWriter: { overwrite: true } }, '--if-needed'), overrides: true }] : []),
        optionLayer([...argumentOptions(registry.catalog, id, given), ...flagOptions(traitFlags, flags), ...options]),
      ],
      plugins: choice,
      events: shard ? shard.shard.events : events,
      strictPatterns: common['strict-patterns'],
      failFast: common['fail-fast'],
      checkPlugins: common['check-plugins'],
    },
    {
      activity: `cherenkit-${name.replace(' ', '-')}`,
      version: ownVersion(),
      flags: common,
      registry,
      ...(usesThreads(registry.catalog, id) && { threads: threadsOf(flags['threads'] as number | undefined) }),
      shard,
      ifNeeded,
    },
  );
  return true;
}

function oneOfInputs({ text, inputs }: GivenShard): CherenkitError {
  const message = `--shard ${text} has ${inputs.length} inputs, --input names one file. Put the files where the manifest says.`;
  return new CherenkitError('SHARD_INPUT_CHANGED', ExitCode.BAD_INPUT, message);
}

function twoRanges(): CherenkitError {
  const message =
    '--shard and --events exclude each other: a shard has a range of events of its own. Remove one of them.';
  return new CherenkitError('EVENT_RANGE_REFUSED', ExitCode.USAGE, message);
}

/** Flags spelled with underscores, as some of ctapipe's, `--chunk_size`, with dashes. */
function withDashes(argument: string, known: ReadonlySet<string>): string {
  const [, no = '', name = '', value = ''] = /^--(no-)?([a-z\d]\w*)(=.*)?$/s.exec(argument) ?? [];
  const dashed = name.replaceAll('_', '-');
  return dashed !== name && known.has(dashed) ? `--${no}${dashed}${value}` : argument;
}

/** Names the components with a trait of the name of an unknown flag: `--seed` is an option of `ToyModelEventSource`. */
function addTraitHint(error: UsageError, catalog: ComponentCatalog): void {
  const [flag] = unknownFlags(error);
  const trait = flag?.replaceAll('-', '_');
  if (trait === undefined) return;
  const owners = catalog.ids.filter((id) => catalog.find(id)?.entry.traits?.[trait] !== undefined);
  if (owners.length === 0) return;
  error.hint = `; traits of components are set as ${owners
    .slice(0, 3)
    .map((id) => `--${id}.${trait}=VALUE`)
    .join(' or ')}`;
}

/** @throws CherenkitError TOOL_TWICE, COMMAND_UNKNOWN */
function findTool(name: string, { catalog, failures }: PluginRegistry): string | undefined {
  const [id, another] = catalog.idsOfKind('Tool').filter((each) => commandOf(catalog, each) === name);
  if (another !== undefined) {
    const message = `Several plugins provide a tool ${name}: ${id} and ${another}; select one with --no-discovery --plugin PLUGIN.`;
    throw new CherenkitError('TOOL_TWICE', ExitCode.USAGE, message);
  }
  if (id !== undefined) return id;
  const failed = failures.filter((failure) => mayHaveTool(failure, name)).map(describePluginFailure);
  if (failed.length === 0) return undefined;
  throw new CherenkitError('COMMAND_UNKNOWN', ExitCode.USAGE, `There is no command ${name}; ${failed.join('; ')}.`);
}

function commandOf(catalog: ComponentCatalog, id: string): string {
  const found = catalog.find(id);
  return found ? commandName(found.className, found.entry) : id;
}

/** Whether a plugin that cannot be used may provide a tool; true if its manifest is unreadable. */
function mayHaveTool({ manifest }: PluginFailure, name: string): boolean {
  if (!manifest) return true;
  return Object.entries(manifest.components).some(
    ([className, entry]) => entry.kind === 'Tool' && commandName(className, entry) === name,
  );
}

/** Finds configuration files, inputs and plugins in the arguments before parsing: the flags of tools come from plugin manifests. */
function scanArguments(argv: readonly string[]): {
  readonly files: readonly string[];
  readonly inputs: readonly string[];
  readonly plugins: readonly string[];
  readonly discovery: boolean;
} {
  const valuesOf = (...names: readonly string[]): string[] =>
    argv.flatMap((argument, index) => {
      const [, flag = argument, value = argv[index + 1]] = /^(--[\w-]+)=(.*)$/s.exec(argument) ?? [];
      return names.includes(flag) && value !== undefined ? [value] : [];
    });
  return {
    files: valuesOf('-c', '--config'),
    inputs: valuesOf('-i', '--input'),
    plugins: valuesOf('--plugin'),
    discovery: !argv.includes('--no-discovery'),
  };
}
