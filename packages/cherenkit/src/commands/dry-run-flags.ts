import * as Flags from '@oclif/core/flags';
import { PLUGIN_FLAGS } from './plugin-flags.js';

const repeated = { multiple: true, multipleNonGreedy: true } as const;

/** The flags of commands that make a dry run. */
export const DRY_RUN_FLAGS = {
  config: Flags.string({
    ...repeated,
    char: 'c',
    helpValue: 'FILE',
    summary: 'A configuration: YAML, JSON, TOML, or an output file. May be repeated; the later one wins, key by key.',
  }),
  set: Flags.string({
    ...repeated,
    helpValue: 'Component.trait=VALUE',
    summary: 'Set a trait, as process would; --Component.trait=VALUE does so, too.',
  }),
  input: Flags.string({
    char: 'i',
    helpValue: 'FILE',
    summary: 'An input, for the values of its telescopes.',
  }),
  ...PLUGIN_FLAGS,
};
