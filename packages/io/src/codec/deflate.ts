import { Unzlib } from 'fflate';
import Zlib from 'numcodecs/zlib';
import { joinParts } from './concatenate.js';

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

/** Size of parts of the input: deflate compresses by a factor of at most 1032, so that each has at most 33 MiB of content. */
const PART = 2 ** 15;

/**
 * Decompresses a zlib stream.
 *
 * @throws RangeError if the content has more than `maxBytes`
 */
// eslint-disable-next-line @typescript-eslint/require-await -- errors become rejections, as with Node's implementation
export async function inflate(bytes: Uint8Array, maxBytes = Infinity): Promise<Uint8Array> {
  if (maxBytes === Infinity) return fromConfig({ id: 'zlib' }).decode(bytes);
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Unzlib((part) => {
    size += part.length;
    if (size > maxBytes) throw new RangeError(`zlib data with more than ${maxBytes} bytes of content`);
    parts.push(part);
  });
  for (let at = 0; at < bytes.length || at === 0; at += PART) {
    stream.push(bytes.subarray(at, at + PART), at + PART >= bytes.length);
  }
  return joinParts(parts);
}
