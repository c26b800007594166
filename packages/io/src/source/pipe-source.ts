import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { byteSource, type ByteSource } from './byte-source.js';

/** Bytes that are kept for a second pass: a look at the beginning of a file takes less, decompression included. */
const MOST_KEPT = 16 * 2 ** 20;

/**
 * A byte source over a stream that can be read once. A look at its first bytes is possible all the same: what was read
 * is kept, up to 16 MiB, and yielded again by the next pass.
 *
 * @param chunks - closed with the source
 */
export function pipeSource(name: string, chunks: AsyncGenerator<Uint8Array>): ByteSource {
  let kept: Uint8Array[] | undefined = [];
  let size = 0;
  return byteSource({
    name,
    size: undefined,
    async *stream() {
      if (kept === undefined) throw passedOver(name);
      for (let next = 0; ; next++) {
        const again = kept?.[next];
        if (again !== undefined) {
          yield again;
          continue;
        }
        const following = await chunks.next();
        if (following.done) return;
        size += following.value.length;
        if (size > MOST_KEPT) kept = undefined;
        kept?.push(following.value);
        yield following.value;
      }
    },
    async close() {
      await chunks.return(undefined);
    },
  });
}

function passedOver(name: string): CherenkitError {
  const message = `${name} is a pipe, and its first bytes are needed a second time. Write it to a file first.`;
  return new CherenkitError('INPUT_NOT_SEEKABLE', ExitCode.NO_INPUT, message);
}
