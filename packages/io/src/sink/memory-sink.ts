import type { ByteSink } from './byte-sink.js';

/** A file in memory, for pages and tests. */
export class MemorySink implements ByteSink {
  #parts: Uint8Array[] = [];
  #published: Uint8Array | undefined;

  /** The whole file, once it is published. */
  get bytes(): Uint8Array | undefined {
    return this.#published;
  }

  append(bytes: Uint8Array): void {
    this.#parts.push(bytes.slice());
  }

  overwrite(position: number, bytes: Uint8Array): void {
    const whole = concatenated(this.#parts);
    whole.set(bytes, position);
    this.#parts = [whole];
  }

  publish(): Promise<void> {
    this.#published = concatenated(this.#parts);
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

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
