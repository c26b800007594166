import * as Flags from '@oclif/core/flags';
import type { InferredFlags } from '@oclif/core/interfaces';
import { PLUGIN_FLAGS } from './plugin-flags.js';
import { PROCESS_FLAGS } from './process-flags.js';

const SHOWERS = { helpGroup: 'SHOWERS' };
const OUTPUT = { helpGroup: 'OUTPUT' };

/** What stands for an option of the toy model, by the names that it has there. */
export const TOYMODEL_FLAGS = {
  array: Flags.string({
    ...SHOWERS,
    helpValue: 'NAME',
    summary: 'The telescopes: north, south, or four of one kind: lst, nectarcam, flashcam, chec.',
  }),
  particle: Flags.string({ ...SHOWERS, helpValue: 'gamma|proton|muon', summary: 'What makes the showers.' }),
  events: Flags.string({ ...SHOWERS, char: 'n', helpValue: 'N', summary: 'How many events to write.' }),
  showers: Flags.string({
    ...SHOWERS,
    helpValue: 'N',
    summary: 'How many showers to simulate, instead of how many events; then the run header tells their number.',
  }),
  calibration: Flags.string({ ...SHOWERS, helpValue: 'N', summary: 'How many calibration events come before them.' }),
  seed: Flags.string({ ...SHOWERS, helpValue: 'N', summary: 'Other seeds give other events.' }),
};

/** The flags of `cherenkit simulate`. */
export const SIMULATE_FLAGS = {
  input: Flags.string({
    ...SHOWERS,
    char: 'i',
    helpValue: 'URL',
    default: 'toymodel:',
    summary: 'Where the events come from; toymodel:?energy_min=1&altitude=80 gives further options.',
  }),
  ...TOYMODEL_FLAGS,
  config: PROCESS_FLAGS.config,
  set: PROCESS_FLAGS.set,
  ...PLUGIN_FLAGS,
  output: Flags.string({
    ...OUTPUT,
    char: 'o',
    helpValue: 'OUT',
    required: true,
    summary: 'The file to write: .simtel, or .simtel.zst and .simtel.gz, which are compressed.',
  }),
  overwrite: PROCESS_FLAGS.overwrite,
  progress: PROCESS_FLAGS.progress,
  'log-level': PROCESS_FLAGS['log-level'],
  verbose: PROCESS_FLAGS.verbose,
  quiet: PROCESS_FLAGS.quiet,
};

/** The flags as the parser hands them out. */
export type SimulateFlags = InferredFlags<typeof SIMULATE_FLAGS>;
