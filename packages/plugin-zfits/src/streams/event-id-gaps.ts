/** Counts the ids that are missing among those of the events of a camera: files are missing, or it did not record them. */
export class EventIdGaps {
  #first = 0n;
  #last = 0n;
  #count = 0n;

  /** Adds the id of an event; ids may come in any order, each once. */
  add(eventId: bigint): void {
    if (this.#count === 0n || eventId < this.#first) this.#first = eventId;
    if (this.#count === 0n || eventId > this.#last) this.#last = eventId;
    this.#count++;
  }

  /** Number of missing ids between the smallest and the largest one. */
  get nMissing(): bigint {
    const expected = this.#count === 0n ? 0n : this.#last - this.#first + 1n;
    return expected > this.#count ? expected - this.#count : 0n;
  }

  /** Describes the gaps, for a warning. */
  describe(): string {
    const [verb, them] = this.nMissing === 1n ? ['is', 'this event'] : ['are', 'these events'];
    return (
      `${this.nMissing} of the events ${this.#first} to ${this.#last} ${verb} missing: ` +
      `files of the run are missing in the folder of the input, or the camera did not record ${them}.`
    );
  }
}
