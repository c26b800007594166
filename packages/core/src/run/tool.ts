import { Component } from '../framework/component/index.js';
import type { ArrayEvent } from '../event/index.js';
import type { EventSource } from '../source/index.js';

/** What the caller of a run may want to do meanwhile. */
export interface RunOptions {
  /** Ends the run, without output. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each event after it was written, or not, as it was dropped; the next one waits for what it returns. */
  readonly onEvent?: ((event: ArrayEvent, isWritten: boolean) => void | Promise<void>) | undefined;
}

/**
 * A program made of components: the root of a configuration.
 *
 * That of a plugin becomes a command of `cherenkit`, `muon-rings` for a class `MuonRingsTool`, with a flag for each of
 * its traits. One that reads events has `EventSource` among its `children` and is made when the array is known.
 */
export abstract class Tool extends Component {
  static override readonly kind: string = 'Tool';

  /**
   * Does it all.
   *
   * @param source - the open input of a tool that has `EventSource` among its children, undefined for any other
   */
  abstract run(source: EventSource | undefined, options?: RunOptions): Promise<void>;
}
