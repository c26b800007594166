import { byteSource, type ByteSource } from './byte-source.js';

/**
 * A byte source over bytes in memory, or over a file that a user chose in a page. Nothing of a `Blob` is read before it
 * is asked for.
 */
export function byteSourceFrom(data: Uint8Array | Blob, name = defaultName(data)): ByteSource {
  if (data instanceof Uint8Array) {
    const read = (offset: number, length: number): Promise<Uint8Array> =>
      Promise.resolve(data.subarray(offset, offset + length));
    return byteSource({ name, size: data.length, stream: () => [data], read });
  }
  const read = async (offset: number, length: number): Promise<Uint8Array> =>
    new Uint8Array(await data.slice(offset, offset + length).arrayBuffer());
  return byteSource({ name, size: data.size, stream: () => chunksOf(data), read });
}

function defaultName(data: Uint8Array | Blob): string {
  return typeof File !== 'undefined' && data instanceof File ? data.name : 'memory';
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
