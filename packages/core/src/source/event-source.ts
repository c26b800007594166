import type { ByteSource } from '@cherenkit/io';
import type { ArrayEvent } from '../event/index.js';
import { Component, serviceToken, trait } from '../framework/component/index.js';
import type { SubarrayDescription } from '../instrument/index.js';
import { DEFAULT_SOURCE_OUTCOME, type RunDescription, type SourceOutcome } from './run-description.js';

/**
 * Yields the events of one input, in the order they have there.
 *
 * It is made before the array is known, so its constructor may not ask the context for the subarray. `open` reads up to
 * where the array is known; iterating continues from there, once. Values per telescope, and the children that they name,
 * are available when iterating begins.
 */
export abstract class EventSource
  extends Component.withTraits({
    inputUrl: trait.path({ default: '', help: 'The input: a path or a URL.' }),
    maxEvents: trait.optional(trait.integer({ minimum: 1, help: 'Stop after this many events.' })),
    allowedTels: trait.optional(
      trait.integerSet({ minimum: 0, help: 'The telescopes to keep, such as 1,2,5-9; by default all.' }),
    ),
    allowTruncated: trait.boolean({
      default: false,
      help: 'Accept truncated input; keep the events before the truncation.',
    }),
  })
  implements AsyncIterable<ArrayEvent>, AsyncDisposable
{
  static override readonly kind: string = 'EventSource';

  /**
   * Whether the waveforms of an event may be overwritten by those of the next one: for a caller that is done with an event
   * before it asks for another. To be set before the first event.
   */
  reusesWaveforms = false;

  /** What holds for all events; after `open`. */
  abstract readonly run: RunDescription;

  /** What the input turned out to be; final after the last event. */
  get outcome(): SourceOutcome {
    return DEFAULT_SOURCE_OUTCOME;
  }

  /** The array of the run. */
  get subarray(): SubarrayDescription {
    return this.run.subarray;
  }

  /** Reads up to where the array is known. `input` is undefined where the URL names no bytes (`toymodel:`). */
  abstract open(input: ByteSource | undefined): Promise<void>;

  abstract [Symbol.asyncIterator](): AsyncIterator<ArrayEvent>;

  abstract [Symbol.asyncDispose](): Promise<void>;
}

/** Opens another input than that of the run: for components that read one of their own. */
export interface EventSourceOpener {
  /**
   * @param traits - values for the source, by their names in code; those that it does not have are left out
   * @returns the source, open; it belongs to the caller
   */
  open(url: string, traits: Readonly<Record<string, unknown>>): Promise<EventSource>;
}

export const EVENT_SOURCE_OPENER = serviceToken<EventSourceOpener>('cherenkit.EventSourceOpener');
