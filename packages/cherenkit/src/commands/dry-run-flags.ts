import * as Flags from '@oclif/core/flags';
import { PLUGIN_FLAGS } from './plugin-flags.js';

const repeated = { multiple: true, multipleNonGreedy: true } as const;

/** Flags of the commands that perform a dry run. */
export const DRY_RUN_FLAGS = {
  config: Flags.string({
    ...repeated,
    char: 'c',
    helpValue: 'FILE',
    summary:
      'Configuration file: YAML, JSON, TOML, an output file, or - for standard input. May be repeated; later files take precedence, key by key.',
  }),
  set: Flags.string({
    ...repeated,
    helpValue: 'Component.trait=VALUE',
    summary: 'Set a trait, as in process. Short form: --Component.trait=VALUE.',
  }),
  input: Flags.string({
    char: 'i',
    helpValue: 'FILE',
    summary: 'Input file or URL. Values per telescope are resolved for its telescopes.',
  }),
  ...PLUGIN_FLAGS,
};
