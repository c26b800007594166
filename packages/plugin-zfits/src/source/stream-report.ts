import { PROVENANCE, type ComponentContext, type SourceOutcome } from '@cherenkit/core';
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

  /** Counts events or telescope events that are left out. */
  count(kind: 'rejected' | 'skipped', reason: string): void {
    this[kind].set(reason, (this[kind].get(reason) ?? 0) + 1);
  }

  readonly #onTruncated = (error: ZfitsError): void => {
    this.truncated = true;
    this.#context.logger.warning(`${error.message} The events before it are kept.`);
  };
}
