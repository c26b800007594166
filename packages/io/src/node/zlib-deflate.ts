import { promisify } from 'node:util';
import zlib from 'node:zlib';

const deflateAsync = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.deflate);
const inflateAsync = promisify<Uint8Array, Buffer>(zlib.inflate);

/** Compresses to a zlib stream, the format of HDF5's filter 1, in Node's thread pool. */
export function deflate(bytes: Uint8Array, level: number): Promise<Uint8Array> {
  return deflateAsync(bytes, { level });
}

/** Decompresses a zlib stream. */
export function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  return inflateAsync(bytes);
}
