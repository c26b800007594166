import { checkOptions, optionRules } from '@cherenkit/core';

/** Range of array events, and their data. */
export interface TableChunk<T> {
  /** Index in the file of the first array event. */
  readonly start: number;
  /** Index in the file after the last array event. */
  readonly stop: number;
  readonly data: T;
}

/**
 * Reads ranges of array events one after the other: `for await (const { start, stop, data } of chunks)`. Only one chunk is in
 * memory. Can be iterated several times. Source: ctapipe 0.32 `ChunkIterator`.
 */
export class TableChunks<T> implements AsyncIterable<TableChunk<T>> {
  readonly #read: (start: number, stop: number) => Promise<T>;
  readonly #start: number;
  readonly #stop: number;
  readonly #chunkSize: number;

  /**
   * @param chunkSize - array events per chunk, except the last
   * @throws CherenkitError OPTION_INVALID (2) unless `chunkSize` is a positive integer
   */
  constructor(
    chunkSize: number,
    [start, stop]: readonly [start: number, stop: number],
    read: (start: number, stop: number) => Promise<T>,
  ) {
    checkOptions('TableLoader', { chunkSize }, { chunkSize: optionRules.size });
    this.#chunkSize = chunkSize;
    this.#start = start;
    this.#stop = stop;
    this.#read = read;
  }

  /** Number of chunks. */
  get length(): number {
    return Math.ceil((this.#stop - this.#start) / this.#chunkSize);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TableChunk<T>, void, undefined> {
    for (let start = this.#start; start < this.#stop; start += this.#chunkSize) {
      const stop = Math.min(start + this.#chunkSize, this.#stop);
      yield { start, stop, data: await this.#read(start, stop) };
    }
  }
}
