import type { ZstdCodec } from './byte-codec.js';

/** fzstd moves its whole window for each block. Windows up to this size cost little more than the block itself, bytes. */
const CHEAP_WINDOW = 2 ** 23;
/** Blocks of a frame with a larger window, and compressed bytes that each further block needs. Real blocks have more. */
const FREE_BLOCKS = 100;
const BYTES_PER_BLOCK = 512;

/**
 * zstd decoder in pure JavaScript, `fzstd`: the fallback if no faster one is available.
 *
 * fzstd ignores checksums and decodes most corrupt frames without an error. The checksum of a frame (the lower half of
 * XXH64 of its content) and its content size are therefore verified here.
 */
export async function fzstdCodec(): Promise<ZstdCodec> {
  const [{ Decompress }, { default: createHasher }] = await Promise.all([import('fzstd'), import('xxhash-wasm')]);
  const hasher = await createHasher();
  const frameDecoder: ZstdCodec['frameDecoder'] = ({ windowSize, contentSize, hasChecksum }) => {
    const outputs: Uint8Array[] = [];
    const decoder = new Decompress((output) => {
      if (output.length > 0) outputs.push(output);
    });
    const hash = hasher.create64();
    let size = 0;
    let compressedSize = 0;
    let nBlocks = 0;
    return {
      // eslint-disable-next-line @typescript-eslint/require-await -- errors become rejections, as with other codecs
      async decode(bytes, isLast) {
        // After a push that ends with a block, fzstd keeps the buffer of its bytes for the rest of the frame. After one that
        // ends within a block it does not.
        decoder.push(bytes.subarray(0, -1));
        decoder.push(bytes.subarray(-1), isLast);
        const decoded = outputs.splice(0);
        compressedSize += bytes.length;
        nBlocks += decoded.length;
        if (windowSize > CHEAP_WINDOW && nBlocks > FREE_BLOCKS + compressedSize / BYTES_PER_BLOCK) {
          throw new Error(
            `the frame has ${nBlocks} blocks in ${compressedSize} bytes and a window of ${windowSize} bytes, which takes ` +
              'too long to decode; compress the file again with the default settings of zstd',
          );
        }
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
  return { isConcurrent: false, leavesOutputs: false, frameDecoder };
}
