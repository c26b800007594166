import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

/** Parts of Node's zlib that were added in 22.15 and are missing in the types of Node 20. */
interface ZlibWithZstd {
  zstdCompress?: (
    content: Uint8Array,
    options: { readonly chunkSize: number; readonly pledgedSrcSize: number; readonly params: Record<number, number> },
    callback: (error: Error | null, compressed: Uint8Array) => void,
  ) => void;
  zstdDecompressSync?: (
    content: Uint8Array,
    options: { readonly maxOutputLength: number; readonly chunkSize: number },
  ) => Uint8Array;
  constants: { ZSTD_c_compressionLevel?: number };
}

const { zstdCompress: compress, zstdDecompressSync: decompress, constants } = zlib as unknown as ZlibWithZstd; // missing in @types/node 20
/** Part of the buffer for the content that stays free, bytes: once a buffer is full, zlib allocates another one. */
const SPARE_BYTES = 64;

const levelParameter = constants.ZSTD_c_compressionLevel;

/** Compresses to a single zstd frame in Node's thread pool; undefined before Node 22.15. */
export const zstdCompress =
  compress === undefined || levelParameter === undefined
    ? undefined
    : (content: Uint8Array, level: number): Promise<Uint8Array> =>
        promisify(compress)(content, {
          chunkSize: Math.max(1024, content.length),
          pledgedSrcSize: content.length,
          params: { [levelParameter]: level },
        });

/** Decompresses zstd frames of at most `maxBytes`, at once: those of small blocks. Undefined before Node 22.15. */
export const zstdDecompress =
  decompress === undefined
    ? undefined
    : (content: Uint8Array, maxBytes: number): Uint8Array =>
        decompress(content, { maxOutputLength: maxBytes, chunkSize: maxBytes + SPARE_BYTES });
