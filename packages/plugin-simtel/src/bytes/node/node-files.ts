import { open, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { byteSource, CherenkitError, ExitCode, type ByteSource } from '@cherenkit/core';

/**
 * A decompressor gets one piece of a chunk per turn of the event loop: with chunks of a megabyte it is waited for once per
 * event, with these hardly ever.
 */
const CHUNK_SIZE = 2 ** 22;

/**
 * The bytes of a file.
 *
 * @param path - a path or a `file:` URL
 * @throws CherenkitError INPUT_MISSING when there is no such file or it may not be read
 */
export async function openFile(path: string | URL): Promise<ByteSource> {
  const name = path instanceof URL || path.startsWith('file:') ? fileURLToPath(path) : path;
  try {
    const handle = await open(name);
    await handle.close();
    const found = await stat(name);
    if (found.isDirectory()) throw new Error('it is a folder');
    return byteSource(name, found.size, () => chunksOf(name));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, `Cannot read ${name}: ${reason}.`, { cause });
  }
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path);
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(CHUNK_SIZE), 0, CHUNK_SIZE);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
