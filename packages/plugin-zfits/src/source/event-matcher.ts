/** Number of events that are kept for triggers that come later: those of several streams may be out of order. */
const MAX_KEPT = 100;

/** Finds the events of a telescope for the triggers of the array. Both come in the order of their ids, or nearly so. */
export class EventMatcher<E extends { readonly eventId: bigint }> {
  /** Number of events that no trigger asked for. */
  unmatched = 0;
  readonly #kept = new Map<bigint, E>();
  #isEnded = false;
  /** Largest id so far. */
  #last = -1n;

  constructor(private readonly events: AsyncGenerator<E, void, undefined>) {}

  /** Whether all events were read. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** The event of an id; undefined if the telescope has none. */
  async find(eventId: bigint): Promise<E | undefined> {
    while (this.#last < eventId && !this.#isEnded) await this.#readNext();
    const found = this.#kept.get(eventId);
    this.#kept.delete(eventId);
    return found;
  }

  async #readNext(): Promise<void> {
    const next = await this.events.next();
    if (next.done) {
      this.#isEnded = true;
      return;
    }
    const { eventId } = next.value;
    this.#kept.set(eventId, next.value);
    if (eventId > this.#last) this.#last = eventId;
    if (this.#kept.size <= MAX_KEPT) return;
    const [oldest] = this.#kept.keys();
    this.#kept.delete(oldest);
    this.unmatched++;
  }

  /** Reads the rest of the events, which no trigger asked for. */
  async finish(): Promise<void> {
    while (!this.#isEnded) await this.#readNext();
    this.unmatched += this.#kept.size;
    this.#kept.clear();
  }
}
