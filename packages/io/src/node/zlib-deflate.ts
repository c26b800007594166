import { promisify } from 'node:util';
import zlib from 'node:zlib';

const deflateAsync = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.deflate);
const inflateAsync = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflate);

/** Compresses to a zlib stream, the format of HDF5's filter 1, in Node's thread pool. */
export function deflate(bytes: Uint8Array, level: number): Promise<Uint8Array> {
  return deflateAsync(bytes, { level });
}

/**
 * Decompresses a zlib stream.
 *
 * @throws RangeError if the content has more than `maxBytes`
 */
export function inflate(bytes: Uint8Array, maxBytes?: number): Promise<Uint8Array> {
  return inflateAsync(bytes, maxBytes === undefined ? {} : { maxOutputLength: Math.max(1, maxBytes) });
}
