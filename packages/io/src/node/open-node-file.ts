import { open, stat, type FileHandle } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CherenkitError, ExitCode, messageOf } from '@cherenkit/errors';
import { byteSource, truncatedInput, type ByteSource } from '../source/byte-source.js';
import { pipeSource } from '../source/pipe-source.js';

/**
 * A decompressor processes one piece of a chunk per turn of the event loop. With chunks of 1 MiB the caller waits once
 * per event, with these hardly ever.
 */
const CHUNK_SIZE = 2 ** 22;
/** Maximum size of a read from a pipe. */
const PIPE_CHUNK_SIZE = 2 ** 16;

/**
 * Opens a file or a named pipe; in a browser, a URL.
 *
 * @param path - a path or a `file:` URL
 * @throws CherenkitError INPUT_MISSING (66) if the file does not exist or cannot be read
 *
 * @example
 * ```ts
 * import { createSink, openFile } from '@cherenkit/io';
 *
 * await using sink = createSink('example.bin', { overwrite: true });
 * sink.append(Uint8Array.of(10, 20, 30, 40));
 * await sink.publish();
 * await using source = await openFile('example.bin');
 * console.log(source.size, await source.read(1, 2)); // 4, bytes 20 and 30
 * ```
 */
export async function openFile(path: string | URL): Promise<ByteSource> {
  const name = path instanceof URL || path.startsWith('file:') ? fileURLToPath(path) : path;
  try {
    const found = await stat(name);
    if (found.isDirectory()) throw new Error('it is a directory');
    if (!found.isFile()) return pipeSource(name, chunksOf(await open(name), PIPE_CHUNK_SIZE));
    await (await open(name)).close();
    return fileSource(name, found.size);
  } catch (cause) {
    const reason = messageOf(cause);
    throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, `Cannot read ${name}: ${reason}.`, { cause });
  }
}

/** All reads at offsets share one file handle, opened on the first read and closed with the source. */
function fileSource(name: string, size: number): ByteSource {
  let opened: Promise<FileHandle> | undefined;
  return byteSource({
    name,
    size,
    async *stream() {
      yield* chunksOf(await open(name), CHUNK_SIZE);
    },
    async read(offset, length) {
      const handle = await (opened ??= open(name));
      const bytes = new Uint8Array(length);
      for (let filled = 0; filled < length;) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
        if (bytesRead === 0) throw truncatedInput(name, offset + length, offset + filled);
        filled += bytesRead;
      }
      return bytes;
    },
    async close() {
      await (await opened)?.close();
      opened = undefined;
    },
  });
}

async function* chunksOf(handle: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(size), 0, size);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
