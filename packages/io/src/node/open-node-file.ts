import { constants, openSync } from 'node:fs';
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { Socket } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CherenkitError, ExitCode, exitCodeOf, isTemporary, readingReason } from '@cherenkit/errors';
import { byteSource, truncatedInput, type ByteSource, type SourceFolder } from '../source/byte-source.js';
import { pipeSource } from '../source/pipe-source.js';
import { isStandardInput, STANDARD_INPUT } from '../source/standard-input.js';

/**
 * A decompressor processes one piece of a chunk per turn of the event loop. With chunks of 2 MiB the caller waits for a fifth of the
 * time, with these hardly ever.
 */
const CHUNK_SIZE = 2 ** 22;
/** Maximum size of a read from a pipe. */
const PIPE_CHUNK_SIZE = 2 ** 16;

/**
 * Opens a file or a named pipe; in a browser, a URL.
 *
 * @param path - a path or a `file:` URL; `-` is standard input
 * @throws CherenkitError INPUT_MISSING (66) if the file does not exist or cannot be read, INPUT_READ_FAILED (74)
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
  if (path === STANDARD_INPUT) return standardInput();
  let name = String(path);
  try {
    if (path instanceof URL || path.startsWith('file:')) name = fileURLToPath(path);
    const found = await stat(name);
    if (found.isDirectory()) throw new Error('it is a directory');
    // A socket, such as the standard input of a program started by Node.js, cannot be opened again by its path.
    if (isStandardInput(name) && !found.isFile()) return standardInput();
    if (found.isFIFO()) return namedPipe(name);
    if (!found.isFile()) return pipeSource(name, chunksOf(name, await open(name), PIPE_CHUNK_SIZE));
    await (await open(name)).close();
    return fileSource(name, found.size);
  } catch (cause) {
    if (isTemporary(cause)) throw readFailed(name, cause);
    throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, `Cannot read ${name}: ${reasonOf(cause, name)}.`, {
      cause,
    });
  }
}

/** Says in words why a file cannot be opened; other errors of the system as they are. */
function reasonOf(cause: unknown, name: string): string {
  const { code } = cause as NodeJS.ErrnoException;
  const [, scheme] = /^([a-z][a-z0-9+.-]+:)\/\//i.exec(name) ?? [];
  if (code === 'ERR_INVALID_FILE_URL_HOST')
    return 'a file: URL must not name a host; write file:///PATH, or the path itself';
  if (code === 'ENOENT' && scheme !== undefined) {
    return `URLs with ${scheme} are not supported; download the file, and give its path`;
  }
  if (code === 'ENOTDIR') return 'there is no such folder';
  return readingReason(cause);
}

/** All reads at offsets share one file handle, opened on the first read and closed with the source. */
function fileSource(name: string, size: number): ByteSource {
  let opened: Promise<FileHandle> | undefined;
  const recycled: Buffer[] = [];
  return byteSource({
    name,
    size,
    folder: folderAt(dirname(name)),
    async *stream() {
      yield* chunksOf(name, await open(name), CHUNK_SIZE, recycled);
    },
    recycle({ buffer }) {
      if (buffer.byteLength === CHUNK_SIZE) recycled.push(Buffer.from(buffer));
    },
    async read(offset, length) {
      const handle = await (opened ??= open(name));
      const bytes = new Uint8Array(length);
      for (let filled = 0; filled < length;) {
        const { bytesRead } = await handle
          .read(bytes, filled, length - filled, offset + filled)
          .catch((cause: unknown) => Promise.reject(readFailed(name, cause)));
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

function folderAt(folder: string): SourceFolder {
  return {
    path: resolve(folder),
    list: (path) => readdir(join(folder, path)).catch(() => []),
    open: (path) => openFile(join(folder, path)),
  };
}

/** @param recycled - buffers of `size` bytes to be used before new ones are allocated */
async function* chunksOf(
  name: string,
  handle: FileHandle,
  size: number,
  recycled: Buffer[] = [],
): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(recycled.pop() ?? Buffer.allocUnsafeSlow(size), 0, size);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (cause) {
    throw readFailed(name, cause);
  } finally {
    await handle.close();
  }
}

function standardInput(): ByteSource {
  const name = 'standard input';
  return pipeSource(name, chunksOfStream(name, process.stdin), () => process.stdin.destroy());
}

/** Opens a named pipe without waiting for its writer: a blocked system call could not be interrupted. */
function namedPipe(name: string): ByteSource {
  const socket = new Socket({ fd: openSync(name, constants.O_RDONLY | constants.O_NONBLOCK), writable: false });
  socket.pause();
  return pipeSource(name, chunksOfStream(name, socket), () => socket.destroy());
}

async function* chunksOfStream(name: string, stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (cause) {
    throw readFailed(name, cause);
  }
}

function readFailed(name: string, cause: unknown): CherenkitError {
  const message = `Reading ${name} failed: ${readingReason(cause)}. Check the disk or the network, and run again.`;
  return new CherenkitError('INPUT_READ_FAILED', exitCodeOf(cause, ExitCode.IO_FAILED), message, { cause });
}
