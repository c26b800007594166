import type { ArrayEvent } from '../event/index.js';

/** Consecutive events of an input, to be read by another thread: a plain object, which is not changed. */
export interface EventBlock {
  readonly nEvents: number;
  /**
   * What {@link EventBlocks.read} needs in addition to the input itself. It survives `structuredClone`. Undefined for events
   * that only the source which made the block can read, such as those before the damage of a file.
   */
  readonly data: unknown;
  /**
   * Memory to which the data refer by index, such as the bytes of the events. It is moved, not copied, to the thread that reads the
   * block, and back with the results: the buffers of the block are detached then, and `EventWorkers.process` yields a copy of the
   * block with the buffers that came back. None by default.
   */
  readonly memory?: readonly ArrayBuffer[] | undefined;
}

/**
 * The events of an input in blocks. Sources in other threads that opened the same input, with the same traits, read the
 * blocks.
 */
export interface EventBlocks {
  /** Cuts the events of the source, instead of iterating over them. It limits them to `maxEvents`. */
  cut(options: BlockOptions): AsyncGenerator<EventBlock>;
  /**
   * Reads the events of a block. They are those that the iteration of the source yields, with the same log messages.
   *
   * @param block - a block of `cut`, its copy in another thread, or its copy with the memory that came back
   */
  read(block: EventBlock): Iterable<ArrayEvent> | AsyncIterable<ArrayEvent>;
  /**
   * Called by the thread that cut a block after its events were processed, in the order of the blocks: outcome and run
   * description become those after these events. It takes the memory of the block back, for another block.
   *
   * @param block - a block of `cut`, or its copy with the memory that came back
   */
  done?(block: EventBlock): void;
}

/** Size of blocks. */
export interface BlockOptions {
  /** Size from which a block is complete, bytes. */
  readonly bytes: number;
}
