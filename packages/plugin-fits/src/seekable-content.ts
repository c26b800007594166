import { byteSource, compressionOf, decompressed, freeMemory, type ByteSource } from '@cherenkit/io';
import { unsupportedFits } from './fits-error.js';

/** Limit of the decompressed size of a compressed file, which is read into memory. */
const MAX_DECOMPRESSED = 2 ** 30;

/**
 * The source itself, or for compressed files and pipes their decompressed content in memory. Disposing the content
 * frees it and disposes the source.
 *
 * @throws CherenkitError FITS_UNSUPPORTED (65) if the content is larger than 1 GiB
 * @throws CompressedInputError if the compressed data is truncated or corrupt
 */
export async function seekableContent(source: ByteSource): Promise<ByteSource> {
  const isSeekable = source.canSeek && source.size !== undefined;
  if (isSeekable) {
    const first = await source.read(0, Math.min(4, source.size ?? 0));
    if (compressionOf(first) === 'none') return source;
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of decompressed(source)) {
    size += part.length;
    if (size > MAX_DECOMPRESSED) {
      throw unsupportedFits(
        source.name,
        MAX_DECOMPRESSED,
        'compressed input is limited to 1 GiB; decompress it to a file',
      );
    }
    parts.push(part);
  }
  return byteSource({
    name: source.name,
    size,
    stream: () => parts,
    read: (offset, length) => Promise.resolve(copyOf(parts, offset, length)),
    close: async () => {
      for (const part of parts) freeMemory(part);
      await source[Symbol.asyncDispose]();
    },
  });
}

/** A copy of a range of contiguous parts. */
function copyOf(parts: readonly Uint8Array[], offset: number, length: number): Uint8Array {
  const copy = new Uint8Array(length);
  let begin = 0;
  for (const part of parts) {
    const [from, to] = [Math.max(offset - begin, 0), Math.min(offset + length - begin, part.length)];
    if (from < to) copy.set(part.subarray(from, to), begin + from - offset);
    begin += part.length;
  }
  return copy;
}
