import { CherenkitError, ExitCode } from '@cherenkit/errors';
import type { ByteSource } from '@cherenkit/io';
import type { ArrayEvent } from '../event/index.js';
import { Component, serviceToken, trait } from '../framework/component/index.js';
import type { SubarrayDescription } from '../instrument/index.js';
import type { EventBlocks } from './event-block.js';
import { DEFAULT_SOURCE_OUTCOME, type RunDescription, type SourceOutcome } from './run-description.js';

/**
 * Reads an input and yields its events in order. Source: ctapipe 0.32 `EventSource`.
 *
 * A source is created before the subarray is known, so its constructor must not use `context.subarray`. `open` reads the
 * subarray, and iteration continues from there; a source can be iterated once. Traits per telescope, and the children that
 * they name, are available in `prepare` and when the iteration starts.
 *
 * @example
 * ```ts
 * import { EventSource } from 'cherenkit';
 *
 * await using source = await EventSource.open('toymodel:?events=2'); // or gamma.simtel.zst
 * console.log(source.subarray.info());
 * for await (const event of source) console.log(event.index.eventId, event.trigger.telsWithTrigger);
 * ```
 */
export abstract class EventSource
  extends Component.withTraits({
    inputUrl: trait.path({ default: '', help: 'The input: a path or a URL.' }),
    maxEvents: trait.optional(trait.integer({ minimum: 1, help: 'Stop after this many events.' })),
    allowedTels: trait.optional(
      trait.integerSet({ minimum: 0, help: 'Telescopes to read, such as 1,2,5-9. Default: all.' }),
    ),
    allowTruncated: trait.boolean({
      default: false,
      help: 'Accept truncated input; keep the events before the truncation.',
    }),
  })
  implements AsyncIterable<ArrayEvent>, AsyncDisposable
{
  static override readonly kind: string = 'EventSource';
  static override readonly asynchronousMethods: readonly (string | symbol)[] = [
    'open',
    Symbol.asyncIterator,
    Symbol.asyncDispose,
  ];

  /**
   * Whether the class reads an input that several event sources recognise by their signatures, as files of different telescopes
   * may begin with the same bytes. Default: true. It does not dispose the input.
   */
  static accepts?(input: ByteSource): Promise<boolean>;

  /**
   * Lets the source reuse the waveform buffers of an event for the next one, for callers that process one event at a time.
   * Set it before the first event.
   */
  reusesWaveforms = false;

  /**
   * Limits the events of the iteration and of `blocks` to a range, for sources that skip events faster than by yielding them;
   * otherwise the caller skips them. It is called after `open`, before the first event. The run description and the outcome are
   * those of the whole input as far as they are known at the end of the range: the events of consecutive ranges, merged, make
   * the same file as all events at once.
   *
   * @param first - number of events before the range, of those that the source would yield
   * @param end - number of events up to its end; Infinity for all
   */
  selectEvents?(first: number, end: number): void;

  /** Description of the run, available after `open`. */
  abstract readonly run: RunDescription;

  /** Outcome of reading the input; final after the last event. */
  get outcome(): SourceOutcome {
    return DEFAULT_SOURCE_OUTCOME;
  }

  /** The subarray of the run, available after `open`. */
  get subarray(): SubarrayDescription {
    return this.run.subarray;
  }

  /**
   * Returns the input of a source that reads files.
   *
   * @param format - what is expected, for example `an HDF5 file`
   * @throws CherenkitError INPUT_MISSING (66) for a URL without bytes
   */
  requireFile(input: ByteSource | undefined, format: string): ByteSource {
    if (input !== undefined) return input;
    const message = `${this.name}: expected ${format} as input_url, found ${this.traits.inputUrl}.`;
    throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, message);
  }

  /** Returns the telescopes of an array that are read: those of `allowed_tels` in ascending order, or all. */
  selectAllowedTels(array: SubarrayDescription): SubarrayDescription {
    const { allowedTels } = this.traits;
    return allowedTels === undefined ? array : array.selectSubarray([...allowedTels].sort((a, b) => a - b));
  }

  /**
   * The events in blocks that other threads can read, available after `open`. Undefined for a source whose events are read by
   * one thread.
   */
  get blocks(): EventBlocks | undefined {
    return undefined;
  }

  /** Number of events of the input, available after `open`; undefined if it is not known in advance. */
  get nEvents(): number | undefined {
    return undefined;
  }

  /**
   * Files that are read besides the input, such as the other streams of a run, available after `open`: paths relative to the
   * folder of the input, in the order in which they are read. Undefined for a source that reads no other files of events.
   */
  get otherFiles(): readonly string[] | undefined {
    return undefined;
  }

  /**
   * Opens the input and reads the run description.
   *
   * @param input - undefined for a URL without bytes, such as `toymodel:`
   */
  abstract open(input: ByteSource | undefined): Promise<void>;

  /**
   * Reads what depends on traits per telescope, such as calibration files. Called once after `open`, before the run description
   * is used.
   */
  prepare?(): Promise<void>;

  /**
   * Why a run has to process all events of the input, from the first one: corrections that depend on the events before, for
   * example. Available after `prepare`; undefined if runs over ranges of the events have the same results.
   */
  get reasonForAllEvents(): string | undefined {
    return undefined;
  }

  abstract [Symbol.asyncIterator](): AsyncIterator<ArrayEvent>;

  abstract [Symbol.asyncDispose](): Promise<void>;
}

/** Opens further inputs, for components that read a file of their own. */
export interface EventSourceOpener {
  /**
   * Opens an input.
   *
   * @param traits - trait values of the source, by their names in code; unknown traits are ignored
   * @returns the open source, which the caller must dispose
   */
  open(url: string, traits: Readonly<Record<string, unknown>>): Promise<EventSource>;
}

/** The opener of further inputs. */
export const EVENT_SOURCE_OPENER = serviceToken<EventSourceOpener>('cherenkit.EventSourceOpener');
