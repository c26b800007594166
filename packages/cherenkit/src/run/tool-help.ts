import type { ComponentCatalog } from '@cherenkit/core/internal';
import { PluginRegistry } from '@cherenkit/core';
import { Command } from '@oclif/core/command';
import { Config } from '@oclif/core/config';
import { Help } from '@oclif/core/help';
import type { FlagInput } from '@oclif/core/interfaces';
import { builtInPlugins } from '../plugins/built-in-plugins.js';
import { commandName } from '../plugins/tool-list.js';
import { COMMON_FLAGS } from './common-flags.js';
import { flagInput, toolFlags } from './tool-flags.js';

/**
 * Prints the help of a tool.
 *
 * @param id - of its class
 * @param name - of its command
 * @param root - the folder of cherenkit
 */
export async function showToolHelp(catalog: ComponentCatalog, id: string, name: string, root: string): Promise<void> {
  const command = toolCommand(catalog, id, name);
  // Help reads what a class has as well as what a manifest has; its type covers manifests only.
  await new Help(await Config.load({ root })).showCommandHelp(command as unknown as Command.Loadable);
}

/** The commands of the tools that come with cherenkit, for the manifest of all commands. */
export function builtInToolCommands(): Command.Class[] {
  const { catalog } = new PluginRegistry(builtInPlugins());
  return catalog.idsOfKind('Tool').flatMap((id) => {
    const found = catalog.find(id);
    return found ? [toolCommand(catalog, id, commandName(found.className, found.entry))] : [];
  });
}

/** The command of a tool as oclif describes one. It is not run: see `runToolCommand`. */
function toolCommand(catalog: ComponentCatalog, id: string, name: string): Command.Class {
  const { entry, plugin = '' } = catalog.find(id) ?? {};
  const { description, examples = [] } = entry?.command ?? {};
  return class ToolCommand extends Command {
    static override readonly id = name;
    static override readonly summary = entry?.help ?? `The tool ${id}.`;
    static override readonly description =
      description ?? `${id}, a tool of plugin ${plugin}. Its flags set its traits and win over configuration files.`;
    static override readonly examples = examples.map((line) => `<%= config.bin %> ${line}`);
    static override readonly flags: FlagInput = { ...flagInput(toolFlags(catalog, id), catalog), ...COMMON_FLAGS };

    override run(): Promise<void> {
      return Promise.reject(new Error(`${name} is described here, and run by runToolCommand`));
    }
  };
}
