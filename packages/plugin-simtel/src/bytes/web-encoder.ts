import { plainEncoder, type ByteEncoder } from './byte-encoder.js';
import type { Compression } from './decompressed.js';
import { storedZstdEncoder } from './stored-zstd-encoder.js';

/** What a browser has to offer: zstd files whose content is stored as it is. Its gzip cannot do that. */
export function byteEncoder(compression: Compression): Promise<ByteEncoder> {
  if (compression === 'gzip') throw new RangeError('In a browser no .gz is written; write .zst, or leave that out.');
  return compression === 'zstd' ? storedZstdEncoder() : Promise.resolve(plainEncoder);
}
