import { zstdCodec, zstdFrames } from '#codec';
import { byteSourceFrom } from '../source/memory-source.js';
import type { ZstdCodec } from './byte-codec.js';
import { joinParts } from './concatenate.js';
import { decompressZstd } from './decompressed.js';

/** Made once: it may compile a module. */
let codec: Promise<ZstdCodec> | undefined;

/**
 * Decompresses zstd frames in memory.
 *
 * @throws RangeError if the content has more than `maxBytes`
 * @throws CompressedInputError if the data is truncated or corrupt
 */
export async function unzstd(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  if (zstdFrames !== undefined) return zstdFrames(bytes, maxBytes);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of decompressZstd(byteSourceFrom(bytes).chunks(), await (codec ??= zstdCodec()))) {
    size += part.length;
    if (size > maxBytes) throw new RangeError(`zstd data with more than ${maxBytes} bytes of content`);
    parts.push(part);
  }
  return joinParts(parts);
}
