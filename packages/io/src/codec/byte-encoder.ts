import type { Compression } from './decompressed.js';

/** Compresses a stream of bytes piece by piece. */
export interface ByteEncoder {
  /** Returns the output that is complete; the input buffer may be reused afterwards. */
  encode(bytes: Uint8Array): Promise<readonly Uint8Array[]>;
  /** Ends the stream and returns the remaining output. */
  end(): Promise<readonly Uint8Array[]>;
  /** Releases resources; called once, also after an error. */
  close(): void;
}

/** Encoder that does not compress. */
export const plainEncoder: ByteEncoder = {
  encode: (bytes) => Promise.resolve([bytes]),
  end: () => Promise.resolve([]),
  close() {},
};

/** Compression for a file name: zstd for `.zst`, gzip for `.gz`, none for others. */
export function compressionOfName(name: string): Compression {
  if (/\.zst$/i.test(name)) return 'zstd';
  return /\.gz$/i.test(name) ? 'gzip' : 'none';
}
