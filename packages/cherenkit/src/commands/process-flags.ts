import type { LogLevel, TraitOption } from '@cherenkit/core';
import { CLIError } from '@oclif/core/errors';
import * as Flags from '@oclif/core/flags';
import type { InferredFlags } from '@oclif/core/interfaces';
import { PLUGIN_FLAGS } from './plugin-flags.js';

const repeated = { multiple: true, multipleNonGreedy: true } as const;
const DATA = { helpGroup: 'DATA' };
const CONFIGURATION = { helpGroup: 'CONFIGURATION' };
const OUTPUT = { helpGroup: 'OUTPUT' };
const ALGORITHM = { helpGroup: 'ALGORITHM' };
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
    throw new CLIError(`${JSON.stringify(input)} is no level; expected DEBUG, INFO, WARN or ERROR`);
  },
});

/** The flags of `cherenkit process`: names, letters and defaults are those of ctapipe-process. */
export const PROCESS_FLAGS = {
  input: Flags.string({ ...DATA, char: 'i', helpValue: 'FILE', summary: 'The input: a path or a URL.' }),
  'max-events': Flags.string({ ...DATA, char: 'm', helpValue: 'N', summary: 'Stop after so many events.' }),
  'allowed-tels': Flags.string({
    ...DATA,
    ...repeated,
    char: 't',
    helpValue: '1,2,5-9',
    summary: 'Keep these telescopes only; may be repeated: -t 1 -t 2.',
  }),
  'focal-length-choice': Flags.string({
    ...DATA,
    helpValue: 'EFFECTIVE|EQUIVALENT',
    summary: 'The focal length by which cameras are projected on the sky. [default: EFFECTIVE]',
  }),
  'fail-fast': Flags.boolean({
    ...DATA,
    summary: 'End at the first event for which a component fails, instead of doing without its result.',
  }),
  'allow-truncated': Flags.boolean({ ...DATA, summary: 'Keep what came before when the input breaks off.' }),

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

  ...PLUGIN_FLAGS,

  output: Flags.string({
    ...OUTPUT,
    char: 'o',
    helpValue: 'OUT',
    summary: 'The HDF5 file to write. [default: events.dl1.h5]',
  }),
  overwrite: Flags.boolean({ ...OUTPUT, summary: 'Replace the output if it is there.' }),
  'write-images': Flags.boolean({ ...OUTPUT, allowNo: true, summary: 'Write the images. [default: no]' }),
  'write-parameters': Flags.boolean({
    ...OUTPUT,
    allowNo: true,
    summary: 'Write the parameters of the images. [default: yes]',
  }),
  'write-muon-parameters': Flags.boolean({
    ...OUTPUT,
    allowNo: true,
    summary: 'Find muons and write their rings. [default: no]',
  }),
  'write-showers': Flags.boolean({
    ...OUTPUT,
    allowNo: true,
    summary: 'Reconstruct showers and write them. [default: no]',
  }),

  'image-cleaner-type': Flags.string({ ...ALGORITHM, helpValue: 'NAME', summary: 'The image cleaner.' }),
  reconstructor: Flags.string({
    ...ALGORITHM,
    ...repeated,
    helpValue: 'NAME',
    summary: 'A reconstructor; may be repeated.',
  }),
  'camera-frame': Flags.boolean({
    ...ALGORITHM,
    summary: 'Parametrize images in the camera frame (metres) instead of the telescope frame (degrees).',
  }),

  progress: Flags.boolean({
    ...REPORTING,
    allowNo: true,
    summary: 'Show how far the run is. [default: yes on a terminal]',
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

/** The flags as the parser hands them out; what was not given is undefined. */
export type ProcessFlags = InferredFlags<typeof PROCESS_FLAGS>;

type FlagValue = ProcessFlags[keyof ProcessFlags];

/** For each such flag its trait and, where that is not what was typed, its value. */
const TRAITS: readonly { flag: keyof ProcessFlags; key: string; literal?: (value: FlagValue) => string }[] = [
  { flag: 'input', key: 'EventSource.input_url' },
  { flag: 'max-events', key: 'EventSource.max_events' },
  { flag: 'allowed-tels', key: 'EventSource.allowed_tels', literal: (value) => [value].flat().join(',') },
  { flag: 'focal-length-choice', key: 'EventSource.focal_length_choice' },
  { flag: 'allow-truncated', key: 'EventSource.allow_truncated' },
  { flag: 'output', key: 'DataWriter.output_path' },
  { flag: 'overwrite', key: 'DataWriter.overwrite' },
  { flag: 'write-images', key: 'DataWriter.write_dl1_images' },
  { flag: 'write-parameters', key: 'DataWriter.write_dl1_parameters' },
  { flag: 'write-muon-parameters', key: 'DataWriter.write_muon_parameters' },
  { flag: 'write-showers', key: 'DataWriter.write_dl2' },
  { flag: 'image-cleaner-type', key: 'ImageProcessor.image_cleaner_type' },
  { flag: 'reconstructor', key: 'ShowerProcessor.reconstructor_types', literal: (value) => JSON.stringify(value) },
  { flag: 'camera-frame', key: 'ImageProcessor.use_telescope_frame', literal: () => 'false' },
];

/** The traits that the flags set. */
export function flagOptions(flags: ProcessFlags): TraitOption[] {
  return TRAITS.flatMap(({ flag, key, literal = String }) => {
    const value = flags[flag];
    return value === undefined ? [] : [{ source: typedForm(flag, value), key, value: literal(value) }];
  });
}

/** `--max-events 5`, `--no-write-images`, `--reconstructor A --reconstructor B` */
function typedForm(flag: string, value: FlagValue): string {
  if (value === true) return `--${flag}`;
  if (value === false) return `--no-${flag}`;
  return [value]
    .flat()
    .map((item) => `--${flag} ${item}`)
    .join(' ');
}
