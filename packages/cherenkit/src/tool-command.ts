import {
  CherenkitError,
  describePluginFailure,
  ExitCode,
  takeTraitOptions,
  type ComponentCatalog,
  type ConfigLayer,
  type PluginFailure,
  type PluginRegistry,
  type TraitDeclaration,
  type TraitOption,
} from '@cherenkit/core';
import { Command } from '@oclif/core/command';
import { Config } from '@oclif/core/config';
import * as Flags from '@oclif/core/flags';
import { Help } from '@oclif/core/help';
import type { FlagInput } from '@oclif/core/interfaces';
import { fileLayer } from './configuration-layers.js';
import { flagOptions, PROCESS_FLAGS, type ProcessFlags } from './commands/process-flags.js';
import { discoverPlugins } from './plugins/discover-plugins.js';
import { runTool } from './run-tool.js';
import { commandName, isProcessor } from './tool-name.js';

/** The flags of `process` that any tool has. */
const COMMON = [
  ...(['config', 'set', 'strict-patterns', 'plugin', 'no-discovery', 'fail-fast'] as const),
  ...(['log-level', 'verbose', 'quiet', 'log-file', 'log-file-level', 'provenance-log'] as const),
];
/** Those of a tool that reads events. */
const READING = ['input', 'max-events', 'allowed-tels', 'focal-length-choice', 'allow-truncated'] as const;
/** Those of a tool with a data writer. */
const WRITING = ['output', 'overwrite'] as const;

/**
 * Runs the tool of a plugin that a command names, or shows its help.
 *
 * @param argv - the arguments after the program's name, the command among them
 * @param root - the folder of cherenkit
 * @returns false if there is no such tool
 * @throws CherenkitError TOOL_TWICE if there are several; COMMAND_UNKNOWN if there may be one in a plugin that cannot be used
 */
export async function runToolCommand([name = '', ...argv]: readonly string[], root: string): Promise<boolean> {
  const { files, plugins, discovery } = namedInArguments(argv);
  const layers = await Promise.all(files.map(fileLayer));
  const registry = discoverPlugins({ layers, plugins, discovery });
  const { catalog } = registry;
  const [id, another] = catalog.idsOfKind('Tool').filter((each) => !isProcessor(each) && commandOf(each) === name);
  if (id === undefined) {
    const failed = registry.failures.filter((failure) => wouldHaveTool(failure, name)).map(describePluginFailure);
    if (failed.length === 0) return false;
    const message = `There is no command ${name}; ${failed.join('; ')}.`;
    throw new CherenkitError('COMMAND_UNKNOWN', ExitCode.USAGE, message);
  }
  if (another !== undefined) throw toolTwice(name, [id, another]);
  const config = await Config.load({ root });
  const command = commandFor({ id, name, registry, layers });
  if (argv.includes('--help') || argv.includes('-h')) {
    // Help reads what a class has as well as what a manifest has; its type knows of manifests only.
    await new Help(config).showCommandHelp(command as unknown as Command.Loadable);
  } else {
    await command.run(argv, config);
  }
  return true;
}

/** Whether a plugin that cannot be used has such a tool, as far as its manifest tells. */
function wouldHaveTool({ manifest }: PluginFailure, name: string): boolean {
  if (!manifest) return true;
  return Object.entries(manifest.components).some(([id, { kind }]) => kind === 'Tool' && commandOf(id) === name);
}

interface ToolOfPlugin {
  readonly id: string;
  readonly name: string;
  readonly registry: PluginRegistry;
  /** Those of the files that the arguments name. */
  readonly layers: readonly ConfigLayer[];
}

function commandFor({ id, name, registry, layers }: ToolOfPlugin): Command.Class {
  const { catalog } = registry;
  const own = traitFlags(catalog, id);
  const reads = catalog.children(id).includes('EventSource');
  const writes = hasWriter(catalog, id) && !own.some(({ flag }) => flag === 'output' || flag === 'output-path');
  const shared = [...COMMON, ...(reads ? READING : []), ...(writes ? WRITING : [])];
  const entry = catalog.find(id);

  return class ToolCommand extends Command {
    static override readonly id = name;
    static override readonly summary = entry?.entry.help ?? `The tool ${id}.`;
    static override readonly description = `${id}, a tool of plugin ${entry?.plugin}. Its flags set its traits and win over configuration files.`;
    static override readonly flags: FlagInput = {
      ...Object.fromEntries(shared.map((flag) => [flag, PROCESS_FLAGS[flag]])),
      ...Object.fromEntries(own.map(({ flag, definition }) => [flag, definition])),
    };

    override async run(): Promise<void> {
      const { rest, options } = takeTraitOptions(this.argv);
      const { flags } = await this.parse(ToolCommand, [...rest]);
      const given: Readonly<Record<string, unknown>> = flags;
      const traits = own.flatMap(({ flag, trait, letter }): TraitOption[] => {
        const value = given[flag];
        const source = letter === undefined ? `--${flag}` : `-${letter}, --${flag}`;
        return value === undefined ? [] : [{ source, key: `${id}.${trait}`, value: textOf(value) }];
      });
      const ownNames = new Set(own.map(({ flag }) => flag));
      const common = Object.fromEntries(Object.entries(given).filter(([flag]) => !ownNames.has(flag))) as ProcessFlags;
      const settings = [...flagOptions(common), ...traits, ...options];
      await runTool({ id, name, reads, registry, layers, settings, flags: common, version: this.config.version });
    }
  };
}

interface TraitFlag {
  readonly flag: string;
  /** Its name in files. */
  readonly trait: string;
  readonly letter: 'i' | 'o' | undefined;
  readonly definition: FlagInput[string];
}

/** A flag for each trait but those whose name is that of a flag that all tools have: `--set` is for these. */
function traitFlags(catalog: ComponentCatalog, id: string): TraitFlag[] {
  const taken: readonly string[] = COMMON;
  return [...catalog.traits(id)].flatMap(([trait, declaration]): TraitFlag[] => {
    const flag = trait.replaceAll('_', '-');
    if (taken.includes(flag)) return [];
    const letter = /^input(_path|_url)?$/.test(trait) ? 'i' : /^output(_path|_url)?$/.test(trait) ? 'o' : undefined;
    const summary = `${declaration.help ?? ''} [default: ${defaultText(declaration)}]`;
    const options = { summary, helpGroup: 'TRAITS', ...(letter && ({ char: letter } as const)) };
    const definition =
      declaration.type === 'boolean' && !declaration.perTelescope
        ? Flags.boolean({ ...options, allowNo: true })
        : Flags.string({ ...options, helpValue: (declaration.unit ?? declaration.type).toUpperCase() });
    return [{ flag, trait, letter, definition }];
  });
}

function defaultText({ default: value }: TraitDeclaration): string {
  return value === undefined ? 'none, it has to be given' : textOf(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function hasWriter(catalog: ComponentCatalog, id: string): boolean {
  const named = [...catalog.traits(id).values()].some(
    (trait) => trait.type === 'component' && trait.kind === 'DataWriter',
  );
  return named || catalog.children(id).some((child) => catalog.find(child)?.entry.kind === 'DataWriter');
}

function commandOf(id: string): string {
  return commandName(id.slice(id.lastIndexOf('/') + 1));
}

function toolTwice(name: string, ids: readonly string[]): CherenkitError {
  const message = `Several plugins have a tool ${name}: ${ids.join(' and ')}; name the one to use with --no-discovery --plugin.`;
  return new CherenkitError('TOOL_TWICE', ExitCode.USAGE, message);
}

/** What has to be known before the flags of the tool are: they come from the manifests of the plugins. */
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
