import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { byteSource, type ByteSource } from './byte-source.js';

/** Limit of the buffer for a second pass: detecting the format of a file takes less, decompression included. */
const MAX_BUFFERED = 16 * 2 ** 20;

/**
 * Byte source of a stream that can be read only once. The first 16 MiB are buffered, so that a second pass is possible
 * after the format was detected from the first bytes.
 *
 * @param chunks - closed with the source
 * @param stop - ends the stream, also while it waits for data that may never come
 */
export function pipeSource(name: string, chunks: AsyncGenerator<Uint8Array>, stop = (): void => {}): ByteSource {
  let buffered: Uint8Array[] | undefined = [];
  let size = 0;
  return byteSource({
    name,
    size: undefined,
    async *stream() {
      if (buffered === undefined) throw alreadyRead(name);
      for (let next = 0; ; next++) {
        const again = buffered?.[next];
        if (again !== undefined) {
          yield again;
          continue;
        }
        const following = await chunks.next();
        if (following.done) return;
        size += following.value.length;
        if (size > MAX_BUFFERED) buffered = undefined;
        buffered?.push(following.value);
        yield following.value;
      }
    },
    async close() {
      stop();
      await chunks.return(undefined);
    },
  });
}

function alreadyRead(name: string): CherenkitError {
  const message = `${name} is a pipe, and its first bytes are no longer buffered for a second pass. Write it to a file first.`;
  return new CherenkitError('INPUT_NOT_SEEKABLE', ExitCode.NO_INPUT, message);
}
