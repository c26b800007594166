/** Number of events that are named. */
const MAX_NAMED = 10;

/** Counts the triggers of which a telescope has no data, for one warning at the end of a run. */
export class MissingEvents {
  #nTriggers = 0;
  #nMissing = 0;
  readonly #first: bigint[] = [];

  constructor(private readonly telId: number) {}

  /** Adds a trigger of the telescope. */
  add(eventId: bigint, hasData: boolean): void {
    this.#nTriggers++;
    if (hasData) return;
    if (this.#nMissing++ < MAX_NAMED) this.#first.push(eventId);
  }

  /** Describes the missing events; undefined if there are none. */
  describe(): string | undefined {
    if (this.#nMissing === 0) return undefined;
    const rest = this.#nMissing - this.#first.length;
    const ids = `${this.#first.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    return (
      `Telescope ${this.telId} has no data of ${this.#nMissing} of its ${this.#nTriggers} triggers, those of the events ${ids}: ` +
      'files of the telescope are missing, or it did not record these events.'
    );
  }
}
