import type { ComponentCatalog } from '@cherenkit/core/internal';
import { PluginRegistry } from '@cherenkit/core';
import { Command } from '@oclif/core/command';
import { Config } from '@oclif/core/config';
import { Help } from '@oclif/core/help';
import type { ArgInput, FlagInput } from '@oclif/core/interfaces';
import { builtInPlugins } from '../plugins/built-in-plugins.js';
import { commandName } from '../plugins/tool-list.js';
import { commandFlags } from './command-flags.js';
import { argumentInput, flagInput, toolFlags } from './tool-flags.js';

/**
 * Prints the help of a tool.
 *
 * @param id - class id of the tool
 * @param name - command name
 * @param root - package folder of cherenkit
 */
export async function showToolHelp(catalog: ComponentCatalog, id: string, name: string, root: string): Promise<void> {
  const command = toolCommand(catalog, id, name);
  // Help accepts command classes as well as manifest entries, but its type covers the latter only.
  await new Help(await Config.load({ root })).showCommandHelp(command as unknown as Command.Loadable);
}

/** Commands of the built-in tools, for the oclif manifest. */
export function builtInToolCommands(): Command.Class[] {
  const { catalog } = new PluginRegistry(builtInPlugins());
  return catalog.idsOfKind('Tool').flatMap((id) => {
    const found = catalog.find(id);
    return found ? [toolCommand(catalog, id, commandName(found.className, found.entry))] : [];
  });
}

const EXIT_CODES =
  'Exit codes: 0 success; 2 invalid command line or configuration; 65 invalid input; 66 missing input; 70 a bug; 73, 74 the output ' +
  'cannot be written; 75 a failure that a repetition may overcome (full disk, I/O error, lack of memory, SIGTERM). Only 75 is worth ' +
  'repeating.';

/** Command of a tool, for help only: `runToolCommand` runs it. */
function toolCommand(catalog: ComponentCatalog, id: string, name: string): Command.Class {
  const { entry, plugin = '' } = catalog.find(id) ?? {};
  const { description, examples = [] } = entry?.command ?? {};
  return class ToolCommand extends Command {
    static override readonly id = name.replace(' ', ':');
    static override readonly summary = entry?.help ?? `The tool ${id}.`;
    static override readonly description = `${
      description ?? `${id}, a tool of plugin ${plugin}. Its flags set traits and override configuration files.`
    }\n\n${EXIT_CODES}`;
    static override readonly examples = examples.map((line) => `<%= config.bin %> ${line}`);
    static override readonly args: ArgInput = argumentInput(catalog, id);
    static override readonly flags: FlagInput = {
      ...flagInput(toolFlags(catalog, id), catalog),
      ...commandFlags(catalog, id),
    };

    override run(): Promise<void> {
      return Promise.reject(new Error(`${name} must be run by runToolCommand`));
    }
  };
}
