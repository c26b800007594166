/**
 * Destination of a file's bytes, which are written sequentially; a few of them may be replaced later.
 *
 * A sink is either published or discarded and cannot be used afterwards. Disposing an unpublished sink discards it.
 */
export interface ByteSink extends AsyncDisposable {
  /** Appends bytes. The caller may reuse the buffer afterwards. */
  append(bytes: Uint8Array): void;
  /** Replaces bytes that were already appended. */
  overwrite(position: number, bytes: Uint8Array): void;
  /** Number of bytes appended. */
  readonly size: number;
  /** Where the bytes are until they are published: a temporary file; undefined for a sink in memory. */
  readonly temporaryPath?: string | undefined;
  /** Finishes writing, so that `publish` only gives the file its name. Nothing can be appended afterwards. */
  complete(): Promise<void>;
  /** Makes the complete file visible under its name. */
  publish(): Promise<void>;
  /** Deletes what was written. No-op after `publish`. */
  discard(): Promise<void>;
}
