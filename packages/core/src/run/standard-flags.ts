import type { FlagDeclarations } from '../framework/component/index.js';

const DATA = 'DATA';
const OUTPUT = 'OUTPUT';

/** The flags of every tool that reads events. */
export const READING_FLAGS: FlagDeclarations = {
  input: { trait: 'EventSource.input_url', letter: 'i', group: DATA },
  'max-events': { trait: 'EventSource.max_events', letter: 'm', group: DATA },
  'allowed-tels': { trait: 'EventSource.allowed_tels', letter: 't', group: DATA },
  'focal-length-choice': { trait: 'EventSource.focal_length_choice', group: DATA },
  'allow-truncated': { trait: 'EventSource.allow_truncated', group: DATA },
};

/** The flags of every tool with a data writer. */
export const WRITING_FLAGS: FlagDeclarations = {
  output: { trait: 'DataWriter.output_path', letter: 'o', group: OUTPUT },
  overwrite: { trait: 'DataWriter.overwrite', group: OUTPUT },
};
