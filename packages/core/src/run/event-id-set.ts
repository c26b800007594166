/** Ids per page. */
const PAGE = 2 ** 16;
/** Number of ids from which a page is a bit map, which has the size of a list of so many. */
const MAX_LISTED = PAGE / 16;
/** Estimated memory of a page in addition to its ids, bytes. */
const BYTES_PER_PAGE = 512;
const NO_BITS = new Uint8Array(0);
/** Default limit of the memory, bytes: a billion consecutive ids, or some 30 million if one of a thousand is there. */
const MAX_MEMORY = 2 ** 27;

/**
 * Set of event ids in bounded memory: two bytes per id and, where many ids are close together, less than a bit each. If the
 * limit is exceeded, the ids that were added first are forgotten.
 *
 * Source: roaring bitmaps (Chambi et al. 2016).
 */
export class EventIdSet {
  /** By observation and high digits of the ids, in the order in which they were added. */
  readonly #pages = new Map<string, IdPage>();
  #memory = 0;
  /** The latest page, since consecutive events usually have one. */
  #latest: { readonly obsId: number; readonly high: number; readonly page: IdPage } | undefined;
  #isComplete = true;

  /** @param maxMemory - bytes */
  constructor(private readonly maxMemory = MAX_MEMORY) {}

  /** Whether no id was forgotten. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Adds an event id of an observation. Returns false if it is there already. */
  add(obsId: number, eventId: number): boolean {
    const high = Math.floor(eventId / PAGE);
    const page = this.#pageOf(obsId, high);
    const before = page.memory;
    if (!page.add(eventId - high * PAGE)) return false;
    this.#memory += page.memory - before;
    this.#forget(page);
    return true;
  }

  #pageOf(obsId: number, high: number): IdPage {
    if (this.#latest?.obsId === obsId && this.#latest.high === high) return this.#latest.page;
    const key = `${obsId} ${high}`;
    let page = this.#pages.get(key);
    if (page === undefined) {
      page = new IdPage();
      this.#pages.set(key, page);
      this.#memory += BYTES_PER_PAGE + page.memory;
    }
    this.#latest = { obsId, high, page };
    return page;
  }

  /** Removes an eighth of the pages at once, since each removal has to skip the entries that were removed before. */
  #forget(latest: IdPage): void {
    if (this.#memory <= this.maxMemory) return;
    for (const [key, page] of this.#pages) {
      if (this.#memory <= (7 / 8) * this.maxMemory || page === latest) return;
      this.#pages.delete(key);
      this.#memory -= BYTES_PER_PAGE + page.memory;
      this.#isComplete = false;
    }
  }
}

/** Set of numbers below {@link PAGE}: an ascending list, or a bit map once there are many. */
class IdPage {
  #list: Uint16Array | undefined = new Uint16Array(4);
  #count = 0;
  #bits = NO_BITS; // not an array of its own, since there may be many pages

  /** Bytes. */
  get memory(): number {
    return this.#list?.byteLength ?? this.#bits.byteLength;
  }

  /** Adds a number. Returns false if it is there already. */
  add(value: number): boolean {
    if (this.#list === undefined) return this.#mark(value);
    const at = this.#positionOf(this.#list, value);
    if (at < this.#count && this.#list[at] === value) return false;
    if (this.#count === MAX_LISTED) {
      this.#bits = new Uint8Array(PAGE / 8);
      for (const listed of this.#list) this.#mark(listed);
      this.#list = undefined;
      return this.#mark(value);
    }
    if (this.#count === this.#list.length) {
      const longer = new Uint16Array(2 * this.#list.length);
      longer.set(this.#list);
      this.#list = longer;
    }
    this.#list.copyWithin(at + 1, at, this.#count);
    this.#list[at] = value;
    this.#count++;
    return true;
  }

  /** Number of listed values below a value. */
  #positionOf(list: Uint16Array, value: number): number {
    let [begin, end] = [0, this.#count];
    while (begin < end) {
      const middle = end === this.#count ? end - 1 : (begin + end) >> 1; // the last first, since ids usually ascend
      if ((list[middle] ?? 0) < value) begin = middle + 1;
      else end = middle;
    }
    return begin;
  }

  #mark(value: number): boolean {
    const [byte, bit] = [value >> 3, 1 << (value & 7)];
    const marked = this.#bits[byte] ?? 0;
    this.#bits[byte] = marked | bit;
    return (marked & bit) === 0;
  }
}
