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
    throw new CLIError(`${JSON.stringify(input)} is not a log level; expected DEBUG, INFO, WARN or ERROR`);
  },
});

/** Flags of all tools that do not set traits. Names, short forms and defaults are those of ctapipe. */
export const COMMON_FLAGS = {
  config: Flags.string({
    ...CONFIGURATION,
    ...repeated,
    char: 'c',
    helpValue: 'FILE',
    summary:
      'Configuration file: YAML, JSON, TOML, an output file, to use its stored configuration, or - for standard input. May be repeated; later files take precedence, key by key.',
  }),
  set: Flags.string({
    ...CONFIGURATION,
    ...repeated,
    helpValue: 'Component.trait=VALUE',
    summary: 'Set a trait. Short form, as in ctapipe: --Component.trait=VALUE.',
  }),
  'strict-patterns': Flags.boolean({
    ...CONFIGURATION,
    summary: 'Fail if a telescope pattern matches no telescope of the input, instead of printing a warning.',
  }),
  'fail-fast': Flags.boolean({
    ...CONFIGURATION,
    summary: 'Stop at the first event for which a component fails, instead of continuing without its result.',
  }),

  'failures-as-error': Flags.boolean({
    ...CONFIGURATION,
    summary: 'Exit with code 3 if a component failed for some events. The output is kept.',
  }),
  'check-plugins': Flags.boolean({
    ...CONFIGURATION,
    summary: 'For plugin authors: report components that change what is not their own. Slow.',
  }),

  ...PLUGIN_FLAGS,

  progress: Flags.boolean({
    ...REPORTING,
    allowNo: true,
    summary: 'Show a progress bar. [default: yes on a terminal]',
  }),
  report: Flags.string({
    ...REPORTING,
    helpValue: 'PATH',
    summary:
      'Write what the run used to this file, as JSON: memory, CPU time, bytes, events, threads, versions, exit code. [default: none]',
  }),
  'log-format': Flags.option({ options: ['text', 'json'] as const })({
    ...REPORTING,
    summary:
      'Format of messages. json: an object per line; the last one has the code of the error or OK, the exit code, and whether a repetition may succeed. [default: text]',
  }),
  'log-level': level({ ...REPORTING, summary: 'Minimum level of messages to show. [default: WARN]' }),
  verbose: Flags.boolean({ ...REPORTING, char: 'v', summary: 'Show all messages, like --log-level DEBUG.' }),
  quiet: Flags.boolean({
    ...REPORTING,
    char: 'q',
    summary: 'Show only errors: no messages, progress or summary.',
  }),
  'log-file': Flags.string({
    ...REPORTING,
    char: 'l',
    helpValue: 'PATH',
    summary: 'Append messages to this file as well.',
  }),
  'log-file-level': level({ ...REPORTING, summary: 'Minimum level of messages in the log file. [default: INFO]' }),
  'provenance-log': Flags.string({
    ...REPORTING,
    helpValue: 'PATH',
    summary: "Append a provenance record of the run to this file, in ctapipe's format. [default: none]",
  }),
};

/** Parsed common flags; undefined if not given. */
export type CommonFlags = InferredFlags<typeof COMMON_FLAGS>;
