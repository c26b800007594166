import { byteSource, type ByteSource } from './byte-source.js';

/**
 * Makes a byte source from bytes in memory, or from a `Blob` such as a file chosen in a browser. A `Blob` is read on
 * demand.
 *
 * @example
 * ```ts
 * import { byteSourceFrom } from '@cherenkit/io';
 *
 * await using source = byteSourceFrom(new Blob(['EventIO data']), 'upload.simtel');
 * console.log(source.name, source.size, await source.read(0, 7));
 * ```
 */
export function byteSourceFrom(data: Uint8Array | Blob, name = defaultName(data)): ByteSource {
  if (data instanceof Uint8Array) {
    const read = (offset: number, length: number): Promise<Uint8Array> =>
      Promise.resolve(data.subarray(offset, offset + length));
    return byteSource({ name, size: data.length, stream: () => [data], read });
  }
  const read = async (offset: number, length: number): Promise<Uint8Array> =>
    new Uint8Array(await data.slice(offset, offset + length).arrayBuffer());
  return byteSource({ name, size: data.size, blob: data, stream: () => chunksOf(data), read });
}

function defaultName(data: Uint8Array | Blob): string {
  return typeof File !== 'undefined' && data instanceof File ? data.name : 'memory';
}

/** Iterates over the blob by a reader, since Safari cannot iterate over `blob.stream()`. */
async function* chunksOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
