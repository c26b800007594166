import { serviceToken } from './service.js';
import type { TraitDeclaration } from './traits/trait-types.js';

/** An option of a command, as plain data. */
export interface CommandOption {
  /** Name without dashes: `write-images`. */
  readonly name: string;
  /** One-letter form: `i` for `-i`. */
  readonly letter?: string | undefined;
  readonly help: string;
  /** Whether it takes no value; `--no-NAME` is the opposite if `hasOpposite` is set. */
  readonly isSwitch: boolean;
  readonly hasOpposite: boolean;
  /** Whether it may be given several times. */
  readonly isMultiple: boolean;
  /** Declaration of the trait that it sets; undefined for options of all tools. */
  readonly declaration?: TraitDeclaration | undefined;
}

/** The command of a tool, with all of its options. */
export interface ToolCommand {
  /** `process`, `train energy`. */
  readonly name: string;
  readonly help: string;
  readonly options: readonly CommandOption[];
  /** Arguments without option; undefined for a command that accepts none. */
  readonly positional?: { readonly name: string; readonly isMultiple: boolean } | undefined;
  readonly usesThreads: boolean;
}

/** The commands of all tools of the program. */
export interface ToolCommands {
  /** Version of the program. */
  readonly version: string;
  /** Words that run the program from any folder: `cherenkit` if that is it, else absolute paths of Node.js and of its script. */
  readonly program: readonly string[];
  /** Names of all commands of tools. */
  readonly names: readonly string[];
  /** Returns a command; undefined if there is none of this name. */
  find(name: string): ToolCommand | undefined;
}

/** The commands of the program that runs a tool, from the manifests of plugins. The command `cherenkit` provides it. */
export const TOOL_COMMANDS = serviceToken<ToolCommands>('cherenkit.ToolCommands');
