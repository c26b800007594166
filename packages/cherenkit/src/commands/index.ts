import { ConfigCheckCommand } from './config-check-command.js';
import { EventsCommand } from './events-command.js';
import { InspectCommand } from './inspect-command.js';
import { ProcessCommand } from './process-command.js';

/** The subcommands by their names; oclif reads this table. None of them imports the library before it runs. */
export const COMMANDS = {
  'config:check': ConfigCheckCommand,
  events: EventsCommand,
  inspect: InspectCommand,
  process: ProcessCommand,
};
