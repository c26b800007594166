import type { GzipDecoder, ZstdCodec, ZstdFrames } from './byte-codec.js';
import { CompressedInputError } from './compressed-input-error.js';
import { fzstdCodec } from './fzstd-codec.js';

/** The fallback, since browsers have no zstd. */
export function zstdCodec(): Promise<ZstdCodec> {
  return fzstdCodec();
}

/** Browsers have no decoder of frames in memory. */
export const zstdFrames: ZstdFrames | undefined = undefined;

/** The browser's gzip decoder, which supports a single member. */
export const gunzip: GzipDecoder = async function* (chunks) {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  let offset = 0;
  let isAllWritten = false;
  const pump = async () => {
    for await (const chunk of chunks) {
      await writer.write(chunk as Uint8Array<ArrayBuffer>);
      offset += chunk.length;
    }
    isAllWritten = true;
    await writer.close();
  };
  const pumped = pump();
  pumped.catch((error: unknown) => reader.cancel(error)).catch(() => {}); // thrown below
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
    await pumped;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    // The messages of browsers name the function that failed.
    const [defect, found] = isAllWritten
      ? (['truncated', 'the input ends before its content'] as const)
      : (['corrupt', cause.message] as const);
    throw new CompressedInputError(defect, 'gzip', offset, found, { cause });
  } finally {
    await reader.cancel().catch(() => {});
  }
};
