/** The bytes of an input, in order and from its beginning, as they are stored: compressed, if they are. */
export interface ByteSource {
  /** Path or address, for messages. */
  readonly name: string;
  /** Bytes in all; undefined where nobody can tell. */
  readonly size: number | undefined;
  /** Bytes handed out since `chunks` was called last; with `size` the progress of a reader. */
  readonly position: number;
  /** From the first byte on, each time it is called. A chunk belongs to whoever got it and is never empty. */
  chunks(): AsyncGenerator<Uint8Array>;
}

/**
 * A byte source over anything that can be opened again and again.
 *
 * @param open - begins a new pass over the bytes; ended early, its iterator's `return` is called
 */
export function byteSource(
  name: string,
  size: number | undefined,
  open: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): ByteSource {
  let position = 0;
  return {
    name,
    size,
    get position() {
      return position;
    },
    async *chunks() {
      position = 0;
      for await (const chunk of open()) {
        if (chunk.length === 0) continue;
        position += chunk.length;
        yield chunk;
      }
    },
  };
}

/** A byte source over bytes in memory, or over a file that a user chose in a page. */
export function byteSourceFrom(
  data: Uint8Array | Blob,
  name = data instanceof File ? data.name : 'memory',
): ByteSource {
  return data instanceof Uint8Array
    ? byteSource(name, data.length, () => [data])
    : byteSource(name, data.size, () => chunksOf(data));
}

/** Not `blob.stream()` itself: Safari cannot iterate over streams. */
async function* chunksOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
