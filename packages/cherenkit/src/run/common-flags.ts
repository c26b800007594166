import type { LogLevel } from '@cherenkit/core';
import { CLIError } from '@oclif/core/errors';
import * as Flags from '@oclif/core/flags';
import type { InferredFlags } from '@oclif/core/interfaces';
import { PLUGIN_FLAGS } from '../commands/plugin-flags.js';

const repeated = { multiple: true, multipleNonGreedy: true } as const;
const CONFIGURATION = { helpGroup: 'CONFIGURATION' };
const REPORTING = { helpGroup: 'REPORTING' };

const LEVELS: Readonly<Record<string, LogLevel>> = {
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warning',
  WARNING: 'warning',
  ERROR: 'error',
};

const level = Flags.custom<LogLevel>({
  helpValue: 'DEBUG|INFO|WARN|ERROR',
  parse: (input) => {
    const found = LEVELS[input.toUpperCase()];
    if (found) return Promise.resolve(found);
    throw new CLIError(`${JSON.stringify(input)} is not a level; expected DEBUG, INFO, WARN or ERROR`);
  },
});

/** The flags of every tool that set no trait; names, letters and defaults are those of ctapipe. */
export const COMMON_FLAGS = {
  config: Flags.string({
    ...CONFIGURATION,
    ...repeated,
    char: 'c',
    helpValue: 'FILE',
    summary:
      'A configuration: YAML, JSON, TOML, or an output file for the one it was made with. May be repeated; the later one wins, key by key.',
  }),
  set: Flags.string({
    ...CONFIGURATION,
    ...repeated,
    helpValue: 'Component.trait=VALUE',
    summary: 'Set a trait; as with ctapipe, --Component.trait=VALUE does so, too.',
  }),
  'strict-patterns': Flags.boolean({
    ...CONFIGURATION,
    summary: 'Refuse patterns that match no telescope of the input, instead of warning of them.',
  }),
  'fail-fast': Flags.boolean({
    ...CONFIGURATION,
    summary: 'End at the first event for which a component fails, instead of continuing without its result.',
  }),

  ...PLUGIN_FLAGS,

  progress: Flags.boolean({
    ...REPORTING,
    allowNo: true,
    summary: 'Show the progress of the run. [default: yes on a terminal]',
  }),
  'log-level': level({ ...REPORTING, summary: 'Least severe messages to show. [default: WARN]' }),
  verbose: Flags.boolean({ ...REPORTING, char: 'v', summary: 'Show all messages; the same as --log-level DEBUG.' }),
  quiet: Flags.boolean({
    ...REPORTING,
    char: 'q',
    summary: 'Show no messages, no progress and no summary; errors are still shown.',
  }),
  'log-file': Flags.string({ ...REPORTING, char: 'l', helpValue: 'PATH', summary: 'Append messages to a file, too.' }),
  'log-file-level': level({ ...REPORTING, summary: 'Least severe messages for that file. [default: INFO]' }),
  'provenance-log': Flags.string({
    ...REPORTING,
    helpValue: 'PATH',
    summary: "Append a record of the run to this file, in ctapipe's format. [default: none]",
  }),
};

/** The common flags as the parser returns them; undefined for those that were not given. */
export type CommonFlags = InferredFlags<typeof COMMON_FLAGS>;
