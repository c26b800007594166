import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { byteSource, type ByteSource, type SourceFolder } from './byte-source.js';

/**
 * Makes a byte source from bytes in memory, or from a `Blob` such as a file chosen in a browser. A `Blob` is read on
 * demand.
 *
 * @param others - files that were chosen together with it, for inputs of several files
 * @example
 * ```ts
 * import { byteSourceFrom } from '@cherenkit/io';
 *
 * await using source = byteSourceFrom(new Blob(['EventIO data']), 'upload.simtel');
 * console.log(source.name, source.size, await source.read(0, 7));
 * ```
 */
export function byteSourceFrom(
  data: Uint8Array | Blob,
  name = defaultName(data),
  others: readonly File[] = [],
): ByteSource {
  if (data instanceof Uint8Array) {
    const read = (offset: number, length: number): Promise<Uint8Array> =>
      Promise.resolve(data.subarray(offset, offset + length));
    return byteSource({ name, size: data.length, stream: () => [data], read });
  }
  const read = async (offset: number, length: number): Promise<Uint8Array> =>
    new Uint8Array(await data.slice(offset, offset + length).arrayBuffer());
  const folder = others.length > 0 ? folderOf(others) : undefined;
  return byteSource({ name, size: data.size, blob: data, folder, stream: () => chunksOf(data), read });
}

function folderOf(files: readonly File[]): SourceFolder {
  return {
    path: '',
    list: () => Promise.resolve(files.map(({ name }) => name)),
    open: (path) => {
      const wanted = path.slice(path.lastIndexOf('/') + 1);
      const file = files.find(({ name }) => name === wanted);
      if (file !== undefined) return Promise.resolve(byteSourceFrom(file, file.name, files));
      const message = `Cannot read ${wanted}: it is not among the chosen files. Choose it together with the others.`;
      return Promise.reject(new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, message));
    },
  };
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
