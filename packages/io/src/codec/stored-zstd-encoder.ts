import type { ByteEncoder } from './byte-encoder.js';

/** Magic number of a frame, little-endian. */
const FRAME_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** Frame header descriptor: with checksum, without content size. */
const WITH_CHECKSUM = 0x04;
/** Maximum block size, and the window size that allows it: 2^(10 + 7) bytes. */
const MAX_BLOCK = 2 ** 17;
const WINDOW_DESCRIPTOR = 7 << 3;

/**
 * zstd encoder that stores blocks uncompressed, with a checksum: the fallback if no compressor is available. Follows
 * RFC 8878, section 3.1.
 */
export async function storedZstdEncoder(): Promise<ByteEncoder> {
  const { default: createHasher } = await import('xxhash-wasm');
  const hash = (await createHasher()).create64();
  const block = new Uint8Array(MAX_BLOCK);
  let filled = 0;
  let isBegun = false;

  /**
   * Returns the current block with its header; the first one is preceded by the frame header, the last one followed by
   * the checksum.
   */
  const store = (isLast: boolean): Uint8Array => {
    const stored = block.subarray(0, filled);
    hash.update(stored);
    const word = (filled << 3) | Number(isLast);
    const frame = isBegun ? [] : [...FRAME_MAGIC, WITH_CHECKSUM, WINDOW_DESCRIPTOR];
    const checksum = isLast ? littleEndian(Number(hash.digest() & 0xffffffffn), 4) : [];
    const head = [...frame, ...littleEndian(word, 3)];
    const bytes = new Uint8Array(head.length + filled + checksum.length);
    bytes.set(head);
    bytes.set(stored, head.length);
    bytes.set(checksum, head.length + filled);
    isBegun = true;
    filled = 0;
    return bytes;
  };

  return {
    encode(bytes) {
      const outputs: Uint8Array[] = [];
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + MAX_BLOCK - filled);
        block.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled === MAX_BLOCK) outputs.push(store(false));
      }
      return Promise.resolve(outputs);
    },
    end: () => Promise.resolve([store(true)]),
    close() {},
  };
}

function littleEndian(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256);
}
