import { joinParts } from '../codec/concatenate.js';
import type { ByteSink } from './byte-sink.js';

/** Sink that keeps the file in memory, for browsers and tests. */
export class MemorySink implements ByteSink {
  #parts: Uint8Array[] = [];
  #published: Uint8Array | undefined;

  /** The complete file after `publish`. */
  get bytes(): Uint8Array | undefined {
    return this.#published;
  }

  get size(): number {
    return (this.#published ?? { length: 0 }).length + this.#parts.reduce((sum, part) => sum + part.length, 0);
  }

  append(bytes: Uint8Array): void {
    this.#parts.push(bytes.slice());
  }

  overwrite(position: number, bytes: Uint8Array): void {
    let start = 0;
    for (const part of this.#parts) {
      // Headers are overwritten as a whole, so that large files are not copied.
      if (start <= position && position + bytes.length <= start + part.length) return part.set(bytes, position - start);
      start += part.length;
    }
    const whole = joinParts(this.#parts);
    whole.set(bytes, position);
    this.#parts = [whole];
  }

  complete(): Promise<void> {
    return Promise.resolve();
  }

  publish(): Promise<void> {
    this.#published = joinParts(this.#parts);
    this.#parts = [];
    return Promise.resolve();
  }

  discard(): Promise<void> {
    this.#parts = [];
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.discard();
  }
}

/** Creates the sink for a path. Without files, as in a browser, it is in memory. */
export function createSink(_path: string, _options: { readonly overwrite: boolean }): ByteSink {
  return new MemorySink();
}
