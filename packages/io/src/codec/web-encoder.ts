import { plainEncoder, type ByteEncoder } from './byte-encoder.js';
import type { Compression } from './decompressed.js';
import { storedZstdEncoder } from './stored-zstd-encoder.js';

/** Encoders in browsers: gzip, and zstd with uncompressed blocks. */
export async function byteEncoder(compression: Compression): Promise<ByteEncoder> {
  if (compression === 'none') return plainEncoder;
  return compression === 'zstd' ? storedZstdEncoder() : gzipEncoder();
}

function gzipEncoder(): ByteEncoder {
  const stream = new CompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const outputs: Uint8Array[] = [];
  const collect = async () => {
    const reader = stream.readable.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) outputs.push(next.value);
  };
  const collected = collect();
  collected.catch(() => {}); // rethrown by end()
  return {
    async encode(bytes) {
      await writer.write(bytes.slice());
      return outputs.splice(0);
    },
    async end() {
      await writer.close();
      await collected;
      return outputs.splice(0);
    },
    close() {},
  };
}
