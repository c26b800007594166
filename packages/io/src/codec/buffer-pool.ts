/** Buffers to be used again: allocating large ones makes the garbage collector run. */
export class BufferPool {
  readonly #free = new Map<number, Uint8Array[]>();

  /** @param maxFree - number of buffers of each size to keep */
  constructor(private readonly maxFree = 8) {}

  /** Returns a buffer of a size in bytes, with any content. */
  take(size: number): Uint8Array {
    return this.#free.get(size)?.pop() ?? new Uint8Array(size);
  }

  /** Takes a buffer that the caller no longer uses. */
  give(buffer: Uint8Array): void {
    let free = this.#free.get(buffer.length);
    if (free === undefined) this.#free.set(buffer.length, (free = []));
    if (free.length < this.maxFree) free.push(buffer);
  }
}
