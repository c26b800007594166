import type { ZstdCodec } from './byte-codec.js';

/**
 * The codec for where nothing faster is at hand: `fzstd`, pure JavaScript.
 *
 * fzstd does not look at checksums and decodes most damaged frames without a word, so the frame's checksum (the low
 * half of XXH64 over its content) and its content size are verified here.
 */
export async function fzstdCodec(): Promise<ZstdCodec> {
  const [{ Decompress }, { default: createHasher }] = await Promise.all([import('fzstd'), import('xxhash-wasm')]);
  const hasher = await createHasher();
  const frameDecoder: ZstdCodec['frameDecoder'] = ({ contentSize, hasChecksum }) => {
    const outputs: Uint8Array[] = [];
    const decoder = new Decompress((output) => {
      if (output.length > 0) outputs.push(output);
    });
    const hash = hasher.create64();
    let size = 0;
    return {
      // eslint-disable-next-line @typescript-eslint/require-await -- errors become rejections, as with other codecs
      async decode(bytes, isLast) {
        decoder.push(bytes, isLast);
        const decoded = outputs.splice(0);
        for (const output of decoded) {
          size += output.length;
          if (hasChecksum) hash.update(output);
        }
        if (!isLast) return decoded;
        if (contentSize !== undefined && size !== contentSize) {
          throw new Error(`the frame holds ${size} bytes and declares ${contentSize}`);
        }
        if (hasChecksum) {
          const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
          const stored = view.getUint32(bytes.byteLength - 4, true);
          const actual = Number(hash.digest() & 0xffffffffn);
          if (stored !== actual) throw new Error(`the checksum is ${actual}, ${stored} is stored`);
        }
        return decoded;
      },
      close() {},
    };
  };
  return { isConcurrent: false, frameDecoder };
}
