import { areAdjacent, concatenate, type DecompressedChunks } from '@cherenkit/io';

const NO_BYTES = new Uint8Array(0);

/** Memory of bytes that were read. */
interface UsedMemory {
  readonly bytes: Uint8Array;
  /** Position in the stream where they end. */
  end: number;
  readonly free: (bytes: Uint8Array) => void;
}

/** Sliding window over a byte stream: reads ahead as needed and drops what has been consumed. */
export class ByteWindow {
  readonly #chunks: AsyncGenerator<Uint8Array>;
  readonly #freeChunk: DecompressedChunks['free'];
  /** Memory to free; undefined before the first call of `free`, since it would never be released without one. */
  #used: UsedMemory[] | undefined;
  /** Memory of the latest chunk. */
  #latest: UsedMemory | undefined;
  /** Position in the stream where the latest chunk ends. */
  #end = 0;
  /** The first buffered bytes: at least as many as the latest `fill` asked for. */
  #head: Uint8Array = NO_BYTES;
  /** The buffered bytes after them, if they are elsewhere in memory. */
  #tail: Uint8Array = NO_BYTES;
  /** Memory for bytes of several chunks that is no longer used. */
  #spare: Uint8Array = NO_BYTES;
  /** Position of the window in the stream, bytes. */
  offset = 0;

  constructor({ chunks, free }: DecompressedChunks) {
    this.#chunks = chunks;
    this.#freeChunk = free;
  }

  /**
   * Frees the memory of bytes before a position in the stream, as far as that is possible. They must not be used any more. Calling
   * it is optional.
   */
  free(position: number): void {
    const before = Math.min(position, this.offset);
    const used = (this.#used ??= []);
    for (let i = used.length - 1; i >= 0; i--) {
      const { bytes, end, free } = used[i];
      if (end > before) continue;
      free(bytes);
      used.splice(i, 1);
    }
  }

  /** Number of buffered bytes. */
  get length(): number {
    return this.#head.length + this.#tail.length;
  }

  /**
   * Reads until at least `count` contiguous bytes are buffered. Returns false if the stream ends before.
   *
   * Bytes of several chunks are copied into one array as they arrive, so that memory is `count` bytes and one chunk.
   */
  async fill(count: number): Promise<boolean> {
    let joined: Uint8Array | undefined;
    while (this.#head.length < count) {
      const chunk = await this.#nextChunk();
      if (chunk === undefined) return false;
      if (joined === undefined && (this.#head.length === 0 || areAdjacent(this.#head, chunk))) {
        this.#head = concatenate(this.#head, chunk);
        continue;
      }
      const filled = this.#head.length;
      if (joined === undefined) {
        joined = this.#memoryFor(count);
        joined.set(this.#head);
      }
      const used = chunk.subarray(0, count - filled);
      joined.set(used, filled);
      this.#head = joined.subarray(0, filled + used.length);
      this.#tail = chunk.subarray(used.length);
    }
    return true;
  }

  /** Returns up to `count` of the contiguous bytes without consuming them. */
  peek(count: number): Uint8Array {
    return this.#head.subarray(0, count);
  }

  /** View of the contiguous bytes. */
  view(): DataView {
    return new DataView(this.#head.buffer, this.#head.byteOffset, this.#head.byteLength);
  }

  /** Consumes and returns `count` contiguous bytes. */
  read(count: number): Uint8Array {
    const bytes = this.#head.subarray(0, count);
    this.advance(count);
    return bytes;
  }

  /** Consumes `count` buffered bytes. */
  advance(count: number): void {
    if (count > this.length) throw new RangeError(`Cannot advance by ${count} bytes, ${this.length} are buffered.`);
    const ofTail = Math.max(0, count - this.#head.length);
    this.#head = ofTail > 0 ? NO_BYTES : this.#head.subarray(count);
    this.#tail = this.#tail.subarray(ofTail);
    this.offset += count;
  }

  /** Skips up to `count` bytes without buffering them all. Returns how many were skipped before the stream ended. */
  async skip(count: number): Promise<number> {
    let skipped = 0;
    while (skipped < count && (await this.fill(1))) {
      const step = Math.min(count - skipped, this.length);
      this.advance(step);
      skipped += step;
    }
    return skipped;
  }

  /** Memory for bytes of several chunks: that of others that were freed, if there is any. */
  #memoryFor(count: number): Uint8Array {
    const bytes = this.#spare.length >= count ? this.#spare : new Uint8Array(count);
    this.#spare = NO_BYTES;
    this.#used?.push({ bytes, end: this.offset + count, free: (freed) => (this.#spare = freed) });
    return bytes;
  }

  async #nextChunk(): Promise<Uint8Array | undefined> {
    const tail = this.#tail;
    this.#tail = NO_BYTES;
    if (tail.length > 0) return tail;
    const next = await this.#chunks.next();
    if (next.done) return undefined;
    const chunk = next.value;
    this.#end += chunk.length;
    if (this.#latest?.bytes.buffer !== chunk.buffer) {
      if (this.#latest) this.#used?.push(this.#latest);
      this.#latest = { bytes: chunk, end: 0, free: this.#freeChunk };
    }
    this.#latest.end = this.#end;
    return chunk;
  }
}
