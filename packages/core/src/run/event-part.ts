import type { EventNotes, LogLevel } from '../framework/component/index.js';
import type { RowsPart, RunOutcome } from '../output/index.js';
import type { EventBlock } from '../source/index.js';

/** Log message of a component. */
export interface LogRecord {
  /** Number of events of the part that had been processed. */
  readonly event: number;
  readonly level: LogLevel;
  readonly message: string;
  /** Name of the logger. */
  readonly name: string;
}

/** What processing a block of events gave in another thread, as plain data. */
export interface EventPart {
  /** `obs_id` and `event_id` of each event, one after the other. */
  readonly ids: Float64Array;
  readonly rows: RowsPart;
  /** Counts and statistics of these events. */
  readonly outcome: RunOutcome;
  readonly notes: EventNotes;
  /** Reconstructors of the input whose results were removed. */
  readonly removed: readonly string[];
}

/** A part and the log messages of its events. */
export interface LoggedPart {
  readonly part: EventPart;
  readonly log: readonly LogRecord[];
}

/** Processes blocks of events in other threads. */
export interface EventWorkers {
  /** Size from which a block is complete, bytes. */
  readonly blockBytes: number;
  /** Called instead of `process` for a run whose events one thread has to process. */
  decline(reason: string): void;
  /**
   * Yields the blocks in their order, each with the part that a worker made of it. Blocks without a part are processed by the
   * caller: those for which no worker was ready, and those that a worker could not process. A block whose memory was moved to a
   * worker is yielded as a copy, with the memory that came back.
   */
  process(blocks: AsyncIterable<EventBlock>): AsyncIterable<readonly [block: EventBlock, made: LoggedPart | undefined]>;
}
