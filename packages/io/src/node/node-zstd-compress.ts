import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { joinParts } from '../codec/concatenate.js';
import { SteppedTransform } from './stepped-transform.js';

/** Parts of Node's zlib that were added in 22.15 and are missing in the types of Node 20. */
interface ZlibWithZstd {
  createZstdCompress?: (options: {
    readonly flush: number;
    readonly chunkSize: number;
    readonly params: Record<number, number>;
  }) => Transform;
  zstdDecompressSync?: (
    content: Uint8Array,
    options: { readonly maxOutputLength: number; readonly chunkSize: number },
  ) => Uint8Array;
  constants: { ZSTD_e_end?: number; ZSTD_c_compressionLevel?: number; ZSTD_c_windowLog?: number };
}

const { createZstdCompress, zstdDecompressSync: decompress, constants } = zlib as unknown as ZlibWithZstd; // missing in @types/node 20
const { ZSTD_e_end: endOfFrame, ZSTD_c_compressionLevel: levelParameter, ZSTD_c_windowLog: windowLog } = constants;

/** Windows of zstd, log2 bytes: one as large as the content, whose size a stream does not know, needs least memory. */
const [LEAST_WINDOW, LARGEST_WINDOW] = [10, 23];
/** Size of the memory for compressed content: that of some chunks. */
const OUTPUT_BYTES = 2 ** 18;
/** Compressors for each level and window: each has some MB. More would hardly be faster, as contents are compressed while others are made. */
const N_COMPRESSORS = 2;
/** Part of the buffer for the content that stays free, bytes: once a buffer is full, zlib allocates another one. */
const SPARE_BYTES = 64;

/** Compresses one content after the other, each to a frame. */
class FrameCompressor {
  readonly #transform: SteppedTransform;
  #last: Promise<unknown> = Promise.resolve();

  /** @param stream - ends a frame after each piece that is written */
  constructor(stream: Transform) {
    this.#transform = new SteppedTransform(stream);
  }

  async compress(content: Uint8Array): Promise<Uint8Array> {
    const written = this.#last.then(() => this.#transform.write(content));
    this.#last = written.catch(() => {}); // the caller gets the error
    const outputs = await written;
    return outputs.length === 1 ? outputs[0] : joinParts(outputs);
  }
}

/** Compressors by level and window, the next one first. */
const compressors = new Map<string, FrameCompressor[]>();

/**
 * Compresses to a single zstd frame in Node's thread pool; undefined before Node 22.15.
 *
 * Compressors are used again: to start one takes as long as to compress 100 kB, and its memory makes the garbage collector run.
 */
export const zstdCompress =
  createZstdCompress === undefined ||
  endOfFrame === undefined ||
  levelParameter === undefined ||
  windowLog === undefined
    ? undefined
    : (content: Uint8Array, level: number): Promise<Uint8Array> => {
        const window = Math.min(Math.max(LEAST_WINDOW, Math.ceil(Math.log2(content.length))), LARGEST_WINDOW);
        const key = `${level} ${window}`;
        const queue = compressors.get(key) ?? [];
        compressors.set(key, queue);
        const params = { [levelParameter]: level, [windowLog]: window };
        const open = (): FrameCompressor =>
          new FrameCompressor(createZstdCompress({ flush: endOfFrame, chunkSize: OUTPUT_BYTES, params }));
        const compressor = (queue.length < N_COMPRESSORS ? undefined : queue.shift()) ?? open();
        queue.push(compressor);
        return compressor.compress(content);
      };

/** Decompresses zstd frames of at most `maxBytes`, at once: those of small blocks. Undefined before Node 22.15. */
export const zstdDecompress =
  decompress === undefined
    ? undefined
    : (content: Uint8Array, maxBytes: number): Uint8Array =>
        decompress(content, { maxOutputLength: maxBytes, chunkSize: maxBytes + SPARE_BYTES });
