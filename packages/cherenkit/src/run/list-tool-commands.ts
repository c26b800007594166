import { flagForm, type ComponentCatalog } from '@cherenkit/core/internal';
import type { CommandOption, ToolCommand, ToolCommands } from '@cherenkit/core';
import type { FlagInput } from '@oclif/core/interfaces';
import { ownVersion } from '../package-root.js';
import { ownProgram } from './own-program.js';
import { commandName } from '../plugins/tool-list.js';
import { commandFlags } from './command-flags.js';
import { usesThreads } from './thread-flags.js';
import { argumentInput, toolFlags, type ToolFlag } from './tool-flags.js';

/** Lists the commands of tools with their options, from the manifests of plugins, for tools that generate calls of them. */
export function toolCommands(catalog: ComponentCatalog): ToolCommands {
  return {
    version: ownVersion(),
    get program() {
      return ownProgram();
    },
    get names() {
      return catalog.idsOfKind('Tool').map((id) => nameOf(catalog, id));
    },
    find(name) {
      const id = catalog.idsOfKind('Tool').find((each) => nameOf(catalog, each) === name);
      return id === undefined ? undefined : commandOf(catalog, id, name);
    },
  };
}

function nameOf(catalog: ComponentCatalog, id: string): string {
  const found = catalog.find(id);
  return found ? commandName(found.className, found.entry) : id;
}

function commandOf(catalog: ComponentCatalog, id: string, name: string): ToolCommand {
  const [positional] = Object.entries(argumentInput(catalog, id));
  return {
    name,
    help: catalog.find(id)?.entry.help ?? '',
    options: [
      ...toolFlags(catalog, id).map(optionOfTrait),
      ...Object.entries(commandFlags(catalog, id)).map(optionOfAllTools),
    ],
    positional: positional && { name: positional[0], isMultiple: positional[1].multiple === true },
    usesThreads: usesThreads(catalog, id),
  };
}

function optionOfTrait({ name, flag, declaration }: ToolFlag): CommandOption {
  const { isBoolean, isMultiple } = flagForm(declaration);
  const isSwitch = flag.value !== undefined || isBoolean;
  return {
    name,
    letter: flag.letter,
    help: flag.help ?? declaration.help ?? '',
    isSwitch,
    hasOpposite: isSwitch && flag.value === undefined,
    isMultiple: !isSwitch && isMultiple,
    declaration,
  };
}

function optionOfAllTools([name, flag]: readonly [name: string, flag: FlagInput[string]]): CommandOption {
  const isSwitch = flag.type === 'boolean';
  return {
    name,
    letter: flag.char,
    help: flag.summary ?? '',
    isSwitch,
    hasOpposite: isSwitch && flag.allowNo === true,
    isMultiple: !isSwitch && flag.multiple === true,
  };
}
