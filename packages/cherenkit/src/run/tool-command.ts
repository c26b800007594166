import { setFlagsFromString } from 'node:v8';
import {
  CherenkitError,
  describePluginFailure,
  ExitCode,
  optionLayer,
  PluginRegistry,
  takeTraitOptions,
  type ComponentCatalog,
  type ConfigLayer,
  type PluginFailure,
} from '@cherenkit/core';
import { Command } from '@oclif/core/command';
import { Config } from '@oclif/core/config';
import { Help } from '@oclif/core/help';
import type { FlagInput } from '@oclif/core/interfaces';
import { fileLayer } from '../configuration/configuration-layers.js';
import { builtInPlugins } from '../plugins/built-in-plugins.js';
import { discoverPlugins, type PluginChoice } from '../plugins/discover-plugins.js';
import { commandName } from '../plugins/tool-list.js';
import { COMMON_FLAGS, type CommonFlags } from './common-flags.js';
import { reportedRun } from './reported-run.js';
import { flagDefaults, flagInput, flagOptions, toolFlags } from './tool-flags.js';

/**
 * Runs the tool that a command names, or shows its help: `process`, `simulate`, and those of plugins.
 *
 * @param argv - the arguments after the program's name, the command among them
 * @param root - the folder of cherenkit
 * @returns false if there is no such tool
 * @throws CherenkitError TOOL_TWICE if there are several; COMMAND_UNKNOWN if a plugin that cannot be used may have one
 */
export async function runToolCommand([name = '', ...argv]: readonly string[], root: string): Promise<boolean> {
  const { files, ...choice } = namedInArguments(argv);
  const layers = await Promise.all(files.map(fileLayer));
  const registry = await discoverPlugins({ layers, ...choice });
  const id = toolOfCommand(name, registry);
  if (id === undefined) return false;
  const config = await Config.load({ root });
  const command = toolCommand(id, name, { registry, layers, choice });
  if (argv.includes('--help') || argv.includes('-h')) {
    // Help reads what a class has as well as what a manifest has; its type covers manifests only.
    await new Help(config).showCommandHelp(command as unknown as Command.Loadable);
  } else {
    // The heap is small and the waveforms that pass by it are large: with V8's default it marks all of the heap every few
    // megabytes of them, which took a quarter of the time of a run.
    setFlagsFromString('--heap-growing-percent=400');
    await command.run(argv, config);
  }
  return true;
}

/** @throws CherenkitError TOOL_TWICE, COMMAND_UNKNOWN */
function toolOfCommand(name: string, { catalog, failures }: PluginRegistry): string | undefined {
  const [id, another] = catalog.idsOfKind('Tool').filter((each) => commandOf(catalog, each) === name);
  if (another !== undefined) {
    const message = `Several plugins have a tool ${name}: ${id} and ${another}; name the one to use with --no-discovery --plugin.`;
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

/** Whether a plugin that cannot be used has such a tool, as far as its manifest is readable. */
function mayHaveTool({ manifest }: PluginFailure, name: string): boolean {
  if (!manifest) return true;
  return Object.entries(manifest.components).some(
    ([className, entry]) => entry.kind === 'Tool' && commandName(className, entry) === name,
  );
}

/** What was found by the arguments of a command before its flags were known. */
interface FoundByArguments {
  readonly registry: PluginRegistry;
  /** Of the configuration files. */
  readonly layers: readonly ConfigLayer[];
  readonly choice: Omit<PluginChoice, 'layers'>;
}

/** The command of a tool, as oclif takes it. */
export function toolCommand(id: string, name: string, { registry, layers, choice }: FoundByArguments): Command.Class {
  const { catalog } = registry;
  const traitFlags = toolFlags(catalog, id);
  const { entry, plugin = '' } = catalog.find(id) ?? {};
  const { description, examples = [] } = entry?.command ?? {};

  return class ToolCommand extends Command {
    static override readonly id = name;
    static override readonly summary = entry?.help ?? `The tool ${id}.`;
    static override readonly description =
      description ?? `${id}, a tool of plugin ${plugin}. Its flags set its traits and win over configuration files.`;
    static override readonly examples = examples.map((line) => `<%= config.bin %> ${line}`);
    static override readonly flags: FlagInput = { ...flagInput(traitFlags, catalog), ...COMMON_FLAGS };

    override async run(): Promise<void> {
      const { rest, options } = takeTraitOptions(this.argv);
      const { flags } = await this.parse(ToolCommand, [...rest]);
      const common = flags as CommonFlags;
      const defaults = flagDefaults(traitFlags);
      await reportedRun(
        {
          tool: id,
          layers: [
            ...(defaults.length > 0
              ? [{ ...optionLayer(defaults), name: `defaults of ${name}`, overrides: false }]
              : []),
            ...layers,
            optionLayer([...flagOptions(traitFlags, flags), ...options]),
          ],
          plugins: choice,
          strictPatterns: common['strict-patterns'],
          failFast: common['fail-fast'],
        },
        { activity: `cherenkit-${name}`, version: this.config.version, flags: common, registry },
      );
    }
  };
}

/** What has to be known before the flags of a tool are: they come from the manifests of the plugins. */
function namedInArguments(argv: readonly string[]): {
  readonly files: readonly string[];
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
    plugins: valuesOf('--plugin'),
    discovery: !argv.includes('--no-discovery'),
  };
}

/** The commands of the tools that come with cherenkit, for the manifest of all commands. */
export function builtInToolCommands(): Command.Class[] {
  const registry = new PluginRegistry(builtInPlugins());
  const { catalog } = registry;
  const found: FoundByArguments = { registry, layers: [], choice: {} };
  return catalog.idsOfKind('Tool').map((id) => toolCommand(id, commandOf(catalog, id), found));
}
