import type { ZstdCodec } from './byte-codec.js';

/**
 * zstd decoder in pure JavaScript, `fzstd`: the fallback if no faster one is available.
 *
 * fzstd ignores checksums and decodes most corrupt frames without an error. The checksum of a frame (the lower half of
 * XXH64 of its content) and its content size are therefore verified here.
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
          throw new Error(`the frame declares ${contentSize} bytes of content, found ${size}`);
        }
        if (hasChecksum) {
          const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
          const stored = view.getUint32(bytes.byteLength - 4, true);
          const actual = Number(hash.digest() & 0xffffffffn);
          if (stored !== actual) throw new Error(`the frame stores checksum ${stored}, its content has ${actual}`);
        }
        return decoded;
      },
      close() {},
    };
  };
  return { isConcurrent: false, frameDecoder };
}
