import Zlib from 'numcodecs/zlib';

// The package's own typings do not resolve with TypeScript's NodeNext, so what is used of it is typed here.
interface ZlibCodec {
  encode(content: Uint8Array): Uint8Array;
  decode(encoded: Uint8Array): Uint8Array;
}
const { fromConfig } = Zlib as {
  readonly fromConfig: (settings: { readonly id: 'zlib'; readonly level?: number }) => ZlibCodec;
};

/** A zlib stream of the bytes, as HDF5's filter 1 has it; in any JavaScript engine. */
export function deflate(bytes: Uint8Array, level: number): Promise<Uint8Array> {
  return Promise.resolve(fromConfig({ id: 'zlib', level }).encode(bytes));
}

/** Undoes `deflate`. */
export function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  return Promise.resolve(fromConfig({ id: 'zlib' }).decode(bytes));
}
