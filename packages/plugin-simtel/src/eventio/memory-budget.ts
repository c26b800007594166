import type { EventioObject } from './eventio-object.js';

/** Memory of an object that is kept, in addition to its content, bytes: it counts even if the content is empty. */
const BYTES_PER_OBJECT = 256;

/** Limit of the memory for what is kept of many objects, however small each of them is. */
export class MemoryBudget {
  #used = 0;

  /**
   * @param limit - bytes
   * @param purpose - what the objects are kept for, as a noun
   */
  constructor(
    private readonly limit: number,
    private readonly purpose: string,
  ) {}

  /**
   * Counts what is kept of an object.
   *
   * @param bytes - estimated memory, bytes
   * @throws SimtelError SIMTEL_OBJECT_TOO_LARGE (65) if the limit is exceeded
   */
  spend(object: EventioObject, bytes: number): void {
    this.#used += BYTES_PER_OBJECT + bytes;
    if (this.#used <= this.limit) return;
    throw object.tooLarge(`is one too many: ${this.purpose} would exceed ${this.limit} bytes of memory`);
  }
}
