import type { ArrayEvent } from '../event/index.js';
import { Component, type FlagDeclarations } from '../framework/component/index.js';
import type { DisplayedFile, RunOutcome } from '../output/index.js';
import type { EventBlock, EventSource } from '../source/index.js';
import type { EventPart, EventWorkers } from './event-part.js';

/** Progress of a tool that processes no events. */
export interface ToolProgress {
  /** Fraction of the work that is done, 0 to 1. */
  readonly fraction: number;
  /** What was done last, such as `12/100 files merged`. */
  readonly text: string;
}

/** Options of `Tool.run`. */
export interface ToolOptions {
  /** Aborts the run; no output is left. */
  readonly signal?: AbortSignal | undefined;
  /** Events to process. Default: all events of the source. */
  readonly events?: AsyncIterable<ArrayEvent> | undefined;
  /** Called with the number of events that were written or rejected since the last call, and awaited before the next event. */
  readonly onEvents?: ((count: number) => void | Promise<void>) | undefined;
  /** Threads that process events, for tools with a `blockProcessor`. Default: only this thread processes events. */
  readonly workers?: EventWorkers | undefined;
  /** Called by tools that process no events, after each part of their work. */
  readonly onProgress?: ((progress: ToolProgress) => void) | undefined;
  /** Input of a tool with `FileDisplay` in `children`, if it is a file without events; there is no source then. */
  readonly file?: DisplayedFile | undefined;
}

/** Processes a block of events. Calls `onEvent` after each event. */
export type BlockProcessor = (block: EventBlock, onEvent: () => void) => Promise<EventPart>;

/**
 * A program made of components: the root of a configuration and a command of `cherenkit`. A class `MuonRingsTool` becomes the
 * command `muon-rings`. Source: ctapipe 0.32 `Tool`.
 *
 * Each trait of the tool is a flag of the command; `static command` adds flags for traits of other components, a description
 * and examples. A tool with `EventSource` in `children` reads events: it is created once the subarray is known.
 *
 * @example
 * ```ts
 * class CountEventsTool extends Tool.withTraits({
 *   minTelescopes: trait.integer({ default: 1, help: 'Minimum number of telescopes.' }),
 * }) {
 *   static override readonly help = 'Counts events.';
 *   static override readonly children = [EventSource];
 *
 *   override async run(source: EventSource | undefined): Promise<void> {
 *     let count = 0;
 *     for await (const { trigger } of source ?? []) {
 *       if (trigger.telsWithTrigger.length >= this.traits.minTelescopes) count++;
 *     }
 *     process.stdout.write(`${count} events\n`);
 *   }
 * }
 * ```
 */
export abstract class Tool extends Component {
  static override readonly kind: string = 'Tool';
  static override readonly asynchronousMethods: readonly (string | symbol)[] = ['run'];

  /**
   * Returns why the tool has created no component of a kind, for the message about an option of such a component:
   * `is not used, since no showers are written (see --write-showers)`. Undefined if such options are accepted.
   *
   * @param _kind - kind of a component that the tool may create
   */
  reasonUnused?(_kind: string): string | undefined;

  /**
   * Returns why the tool does not use the components of a kind for this input, for warnings and errors about their values:
   * `is not used, since images of the input are used (see --recompute-dl1)`. Undefined if it uses them.
   *
   * @param _kind - kind of a component that the tool has created
   * @param _source - the open event source
   */
  reasonIdle?(_kind: string, _source: EventSource): string | undefined;

  /**
   * Returns why a run of the tool has to process all events of an input, so that a range of them is refused:
   * `PlaneFit declares no resultClasses`. Undefined if ranges can be processed one by one and merged.
   */
  reasonForAllEvents?(): string | undefined;

  /**
   * Prepares a worker to process blocks of events, for tools whose events several threads can process: `run` of another thread
   * adds the parts.
   *
   * @param _source - the source of the worker, which has opened the same input
   */
  blockProcessor?(_source: EventSource): Promise<BlockProcessor>;

  /**
   * Runs the tool.
   *
   * @param source - open event source, if the tool has `EventSource` in `children`; undefined otherwise, and for a file without
   *   events (see `ToolOptions.file`)
   * @returns the outcome of a tool that processes events, printed as the summary of the command; of another tool, what its
   *   output contains, such as `3 files, 200 events`, or nothing
   */
  abstract run(source: EventSource | undefined, options?: ToolOptions): Promise<RunOutcome | string | void>;
}

const DATA = 'DATA';
const OUTPUT = 'OUTPUT';

/** Flags of all tools that read events. */
export const READING_FLAGS: FlagDeclarations = {
  input: { trait: 'EventSource.input_url', letter: 'i', group: DATA },
  'max-events': { trait: 'EventSource.max_events', letter: 'm', group: DATA },
  'allowed-tels': { trait: 'EventSource.allowed_tels', letter: 't', group: DATA },
  'focal-length-choice': { trait: 'EventSource.focal_length_choice', group: DATA },
  'allow-truncated': { trait: 'EventSource.allow_truncated', group: DATA },
};

/** Flags of all tools with a data writer. */
export const WRITING_FLAGS: FlagDeclarations = {
  output: { trait: 'DataWriter.output_path', letter: 'o', group: OUTPUT },
  overwrite: { trait: 'DataWriter.overwrite', group: OUTPUT },
};
