import { CherenkitError, ExitCode, PROVENANCE, type ComponentContext, type SourceOutcome } from '@cherenkit/core';
import type { ZfitsError } from '../container/zfits-error.js';
import type { EventStreamOptions } from '../streams/event-stream.js';

/** Records the files that an event source reads: for the provenance, and for the outcome of the run. */
export class StreamReport implements SourceOutcome {
  truncated = false;
  readonly rejected = new Map<string, number>();
  readonly skipped = new Map<string, number>();
  readonly simulatedShowerDistributions = new Map<number, never>();
  readonly #context: ComponentContext;
  readonly #role: string;
  #isRead = false;

  /** @param role - of the files in the provenance, such as `DL0/Event` */
  constructor(context: ComponentContext, role: string) {
    this.#context = context;
    this.#role = role;
  }

  /** What streams report. */
  streamOptions(allowTruncated: boolean): EventStreamOptions {
    return {
      onFile: ({ name }) => this.#context.service(PROVENANCE).addInput({ url: name, role: this.#role }),
      onTruncated: allowTruncated ? this.#onTruncated : undefined,
    };
  }

  /**
   * To be called before the first event is read: streams are read once, and corrections depend on the events before.
   *
   * @throws CherenkitError EVENTS_ALREADY_READ (2) the second time
   */
  beginReading(): void {
    if (this.#isRead) {
      const message =
        'The events of this source were read before, at least in part, and can be read once. Open the source again to start from the first event.';
      throw new CherenkitError('EVENTS_ALREADY_READ', ExitCode.USAGE, message);
    }
    this.#isRead = true;
  }

  /** Counts events or telescope events that are left out. */
  count(kind: 'rejected' | 'skipped', reason: string): void {
    this[kind].set(reason, (this[kind].get(reason) ?? 0) + 1);
  }

  readonly #onTruncated = (error: ZfitsError): void => {
    this.truncated = true;
    this.#context.logger.warning(`${error.statement} The events before it are kept.`);
  };
}
