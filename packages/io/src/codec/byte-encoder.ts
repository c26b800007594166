import type { Compression } from './decompressed.js';

/** Compresses a stream of bytes piece by piece. */
export interface ByteEncoder {
  /** What comes out by now; the piece may be overwritten afterwards. */
  encode(bytes: Uint8Array): Promise<readonly Uint8Array[]>;
  /** What is left at the end. */
  end(): Promise<readonly Uint8Array[]>;
  /** Called once, also after an error. */
  close(): void;
}

/** Leaves the bytes as they are. */
export const plainEncoder: ByteEncoder = {
  encode: (bytes) => Promise.resolve([bytes]),
  end: () => Promise.resolve([]),
  close() {},
};

/** How a file of this name is to be compressed: `.zst` by zstd, `.gz` by gzip, others not. */
export function compressionOfName(name: string): Compression {
  if (/\.zst$/i.test(name)) return 'zstd';
  return /\.gz$/i.test(name) ? 'gzip' : 'none';
}
