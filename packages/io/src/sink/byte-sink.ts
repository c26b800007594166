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
