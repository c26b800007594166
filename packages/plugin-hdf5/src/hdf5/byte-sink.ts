/**
 * Where the bytes of a file go: they arrive in order, and at the end a few at the start are replaced.
 *
 * A sink is published or discarded; after either it takes nothing more. Disposing one that was not published discards it.
 */
export interface ByteSink extends AsyncDisposable {
  /** Adds bytes at the end. They may be reused by the caller afterwards. */
  append(bytes: Uint8Array): void;
  /** Replaces bytes that were appended earlier. */
  overwrite(position: number, bytes: Uint8Array): void;
  /** Makes what was written visible under its name. */
  publish(): Promise<void>;
  /** Drops what was written. Without effect after `publish`. */
  discard(): Promise<void>;
}

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
