import { InspectCommand } from './inspect-command.js';

/** The subcommands by their names; oclif reads this table. None of them imports the library before it runs. */
export const COMMANDS = {
  inspect: InspectCommand,
};
