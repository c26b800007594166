import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

/** The parts of Node's zlib that have come with 22.15 and are missing in the types of Node 20. */
interface ZlibWithZstd {
  zstdCompress?: (
    content: Uint8Array,
    options: { readonly chunkSize: number; readonly pledgedSrcSize: number; readonly params: Record<number, number> },
    callback: (error: Error | null, compressed: Uint8Array) => void,
  ) => void;
  constants: { ZSTD_c_compressionLevel?: number };
}

const { zstdCompress: compress, constants } = zlib as unknown as ZlibWithZstd; // newer than @types/node knows
const levelParameter = constants.ZSTD_c_compressionLevel;

/** One zstd frame, made in Node's thread pool; undefined before Node 22.15. */
export const zstdCompress =
  compress === undefined || levelParameter === undefined
    ? undefined
    : (content: Uint8Array, level: number): Promise<Uint8Array> =>
        promisify(compress)(content, {
          chunkSize: Math.max(1024, content.length),
          pledgedSrcSize: content.length,
          params: { [levelParameter]: level },
        });
