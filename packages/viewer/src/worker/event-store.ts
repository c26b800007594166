import { R0Container, type ArrayEvent, type Run } from '@cherenkit/core';
import type { EventPlace } from '../protocol.js';

/** Memory for events that may be shown again, bytes. */
const BUDGET = 96 * 2 ** 20;
/** Passes over the file that are kept open: one of the list of events, and one of the event that is shown. */
const MAX_PASSES = 2;

/** Options of reading an event. */
export interface ReadOptions {
  /** Called after each event that was read from the file; throws to end the search. */
  readonly onRead?: ((nRead: number) => Promise<void>) | undefined;
  /** Whether the event replaces others if memory is full, as it is shown. Default: true. */
  readonly isShown?: boolean;
}

/**
 * The events of a file by their position. Events are kept up to a limit of memory, those that were shown rather than those
 * that were only read; for the others, the file is read again from its beginning, as compressed files cannot be read from
 * elsewhere.
 */
export class EventStore implements AsyncDisposable {
  readonly #passes: Pass[] = [];
  /** By position, the one that was used last at the end. */
  readonly #events = new Map<number, { readonly event: ArrayEvent; readonly bytes: number }>();
  readonly #places = new Map<string, number>();
  #bytes = 0;
  #count: number | undefined;

  /**
   * @param openRun - opens the file
   * @param first - the file, opened before
   */
  constructor(
    private readonly openRun: () => Promise<Run>,
    first: Run,
    private readonly budget = BUDGET,
  ) {
    this.#passes.push(new Pass(first));
    this.#count = first.source.nEvents;
  }

  /** Number of events; undefined while it is not known. */
  get count(): number | undefined {
    return this.#count;
  }

  /** Fraction of the file that the furthest pass has read; undefined if it is not known. */
  get fraction(): number | undefined {
    if (this.#count !== undefined) return Math.min(1, this.#furthest / this.#count);
    const fractions = this.#passes.flatMap(({ run: { input } }) => (input?.size ? [input.position / input.size] : []));
    return fractions.length > 0 ? Math.min(1, Math.max(...fractions)) : undefined;
  }

  /** Position of an event by its ids; undefined if it was not read yet. */
  indexOf(place: EventPlace): number | undefined {
    if ('index' in place) return place.index;
    const { obsId, eventId } = place;
    return this.#places.get(obsId === undefined ? `${eventId}` : `${obsId} ${eventId}`);
  }

  /** The event at a position; undefined beyond the last one. */
  async at(index: number, { onRead, isShown = true }: ReadOptions = {}): Promise<ArrayEvent | undefined> {
    const kept = this.#events.get(index);
    if (kept && !isShown) return kept.event;
    if (kept) {
      this.#events.delete(index);
      this.#events.set(index, kept);
      return kept.event;
    }
    if (index < 0 || (this.#count !== undefined && index >= this.#count)) return undefined;
    const pass = await this.#passBefore(index);
    for (;;) {
      const next = await pass.read();
      if (next === undefined) {
        this.#count = pass.next;
        return undefined;
      }
      const isWanted = pass.next > index;
      this.#keep(pass.next - 1, next, isWanted && isShown);
      if (isWanted) return next;
      await onRead?.(pass.next);
    }
  }

  /** Searches an event by its ids from the beginning; undefined if the file does not have it. */
  async find(place: EventPlace, options: ReadOptions = {}): Promise<number | undefined> {
    for (let index = this.#places.size === 0 ? 0 : this.#furthest; ; index++) {
      const known = this.indexOf(place);
      if (known !== undefined) return known;
      if ((await this.at(index, options)) === undefined) return undefined;
      await options.onRead?.(index + 1);
    }
  }

  get #furthest(): number {
    return Math.max(...this.#passes.map(({ next }) => next));
  }

  async #passBefore(index: number): Promise<Pass> {
    const before = this.#passes.filter(({ next }) => next <= index);
    const nearest = before.sort((a, b) => b.next - a.next)[0];
    if (nearest) return nearest;
    if (this.#passes.length >= MAX_PASSES) {
      // The one that is behind is that of the event that is shown.
      const behind = this.#passes.reduce((a, b) => (a.next < b.next ? a : b));
      this.#passes.splice(this.#passes.indexOf(behind), 1);
      await behind[Symbol.asyncDispose]();
    }
    const pass = new Pass(await this.openRun());
    this.#passes.push(pass);
    return pass;
  }

  #keep(index: number, event: ArrayEvent, isShown: boolean): void {
    const { obsId, eventId } = event.index;
    for (const key of [`${eventId}`, `${obsId} ${eventId}`]) if (!this.#places.has(key)) this.#places.set(key, index);
    // The samples before the calibration are not shown.
    event.r0 = new R0Container();
    const bytes = memoryOf(event);
    const before = this.#events.get(index);
    if (before) this.#bytes -= before.bytes;
    this.#events.delete(index);
    // Events that live shortly are collected early: those that are only listed do not replace others.
    if (!isShown && this.#bytes + bytes > this.budget) return;
    this.#events.set(index, { event, bytes });
    this.#bytes += bytes;
    for (const [other, { bytes: freed }] of this.#events) {
      if (this.#bytes <= this.budget || other === index) break;
      this.#events.delete(other);
      this.#bytes -= freed;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const pass of this.#passes.splice(0)) await pass[Symbol.asyncDispose]();
  }
}

/** A pass over the file. */
class Pass implements AsyncDisposable {
  /** Position of the event that is read next. */
  next = 0;
  readonly #events: AsyncGenerator<ArrayEvent>;
  /** Why nothing more can be read: the generator throws it once only. */
  #failure: { readonly error: unknown } | undefined;

  constructor(readonly run: Run) {
    this.#events = run.events();
  }

  async read(): Promise<ArrayEvent | undefined> {
    if (this.#failure) throw this.#failure.error;
    try {
      const next = await this.#events.next();
      if (next.done === true) return undefined;
      this.next++;
      return next.value;
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#events.return(undefined);
    await this.run[Symbol.asyncDispose]();
  }
}

/** Estimated size of the arrays of an event, bytes. */
function memoryOf(event: ArrayEvent): number {
  let bytes = 10_000;
  for (const level of [event.r1, event.dl0]) {
    for (const { waveform } of level.tel.values()) {
      if (waveform) bytes += 4 * waveform.nChannels * waveform.nPixels * waveform.nSamples;
    }
  }
  for (const { image } of event.dl1.tel.values()) bytes += 9 * (image?.length ?? 0);
  for (const { trueImage } of event.simulation?.tel.values() ?? []) bytes += 4 * (trueImage?.length ?? 0);
  return bytes;
}
