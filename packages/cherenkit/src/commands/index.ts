import type { Command } from '@oclif/core/command';

/** The subcommands by their names; oclif reads this table. None of them imports the library before it runs. */
export const COMMANDS: Readonly<Record<string, typeof Command>> = {};
