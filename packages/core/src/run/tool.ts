import type { ArrayEvent } from '../event/index.js';
import { Component, type FlagDeclarations } from '../framework/component/index.js';
import type { RunOutcome } from '../output/index.js';
import type { EventSource } from '../source/index.js';

/** What the caller of a tool gives it. */
export interface ToolOptions {
  /** Ends the run, without output. */
  readonly signal?: AbortSignal | undefined;
  /** The events to process; by default all of the source. */
  readonly events?: AsyncIterable<ArrayEvent> | undefined;
  /** Called for each event after it was written or rejected; the next event waits for what it returns. */
  readonly onEvent?: ((event: ArrayEvent, isWritten: boolean) => void | Promise<void>) | undefined;
}

/**
 * A program made of components: the root of a configuration, and a command of `cherenkit`, `muon-rings` for a class
 * `MuonRingsTool`.
 *
 * Each of its traits is a flag of the command; `static command` adds flags for traits of other components, a description
 * and examples. A tool with `EventSource` among its `children` reads events: it is made when the array is known.
 */
export abstract class Tool extends Component {
  static override readonly kind: string = 'Tool';

  /**
   * Does the work.
   *
   * @param source - the open input of a tool that has `EventSource` among its `children`, undefined for any other
   * @returns what came of it, for a tool that processes events; it is printed as the summary of the command
   */
  abstract run(source: EventSource | undefined, options?: ToolOptions): Promise<RunOutcome | void>;
}

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
