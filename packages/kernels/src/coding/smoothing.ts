/**
 * Undoes the smoothing of 16-bit values, in place: each value was stored as its difference to the mean of the two before
 * it, truncated towards zero. The values can be passed in parts.
 */
export class SmoothingDecoder {
  #before = 0;
  #last = 0;
  /** Number of values so far, up to 2: the first two are stored as they are. */
  #seen = 0;

  /** The last but one value. */
  get before(): number {
    return this.#before;
  }

  /** The last value. */
  get last(): number {
    return this.#last;
  }

  /** Number of the next values that are stored as they are. */
  get nUnchanged(): number {
    return 2 - this.#seen;
  }

  /** Takes the last two of values that were decoded elsewhere. */
  setLast(before: number, last: number): void {
    this.#before = before;
    this.#last = last;
  }

  /** Replaces the stored values, which follow those of the previous call, by the original ones. */
  decode(values: Int16Array): void {
    let [before, last] = [this.#before, this.#last];
    let i = 0;
    for (; i < values.length && this.#seen < 2; i++, this.#seen++) {
      before = last;
      last = values[i];
    }
    for (; i < values.length; i++) {
      const sum = before + last;
      // Half of the sum, truncated towards zero. Sums are hardly ever negative, and the next value waits for this one.
      const mean = sum < 0 ? (sum + 1) >> 1 : sum >> 1;
      const value = ((values[i] + mean) << 16) >> 16;
      values[i] = value;
      before = last;
      last = value;
    }
    this.#before = before;
    this.#last = last;
  }
}
