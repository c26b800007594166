import Zlib from 'numcodecs/zlib';

// The package's typings do not resolve with TypeScript's NodeNext, so the parts in use are declared here.
interface ZlibCodec {
  encode(content: Uint8Array): Uint8Array;
  decode(encoded: Uint8Array): Uint8Array;
}
const { fromConfig } = Zlib as {
  readonly fromConfig: (settings: { readonly id: 'zlib'; readonly level?: number }) => ZlibCodec;
};

/** Compresses to a zlib stream, the format of HDF5's filter 1. Works in any JavaScript engine. */
export function deflate(bytes: Uint8Array, level: number): Promise<Uint8Array> {
  return Promise.resolve(fromConfig({ id: 'zlib', level }).encode(bytes));
}

/** Decompresses a zlib stream. */
export function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  return Promise.resolve(fromConfig({ id: 'zlib' }).decode(bytes));
}
