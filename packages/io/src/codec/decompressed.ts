import { messageOf } from '@cherenkit/errors';
import { gunzip, zstdCodec } from '#codec';
import type { ByteSource } from '../source/byte-source.js';
import type { ZstdCodec, ZstdFrameDecoder } from './byte-codec.js';
import { CompressedInputError } from './compressed-input-error.js';
import { concatenate } from './concatenate.js';
import { freeMemory } from './free-memory.js';
import { readAhead } from './read-ahead.js';
import { zstdPieces, type ZstdPiece } from './zstd-pieces.js';

/** Compression of an input. */
export type Compression = 'gzip' | 'zstd' | 'none';

/** Detects the compression from the first bytes of an input. zstd input may start with a frame or a skippable frame. */
export function compressionOf(firstBytes: Uint8Array): Compression {
  const [a, b, c, d] = firstBytes;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  if ((a ?? 0) >> 4 === 5 && b === 0x2a && c === 0x4d && d === 0x18) return 'zstd';
  return 'none';
}

/** Number of outputs of gzip to decode ahead of the caller. */
const DECODED_AHEAD = 2;
/** Number of pieces of zstd to decode ahead of the caller, in Node's four threads. */
const PIECES_AHEAD = 3;
/** Frames with larger windows, bytes, are decoded one after the other: each needs that much memory. */
const LARGE_WINDOW = 2 ** 23;
/**
 * Blocks per piece. For a decoder in its own thread 8 MiB: as the next piece is started in a turn of the event loop, the caller would
 * wait for smaller ones whenever it computes for longer. For one that blocks the caller, little more than it asks for.
 */
const BLOCKS = { concurrent: 64, waiting: 4 } as const;

/**
 * Yields the content of an input, decompressed if it is gzip or zstd.
 *
 * @throws CompressedInputError if the input is truncated or corrupt, after all preceding content was yielded
 *
 * @example
 * ```ts
 * import { byteSourceFrom, decompressed } from '@cherenkit/io';
 *
 * const source = byteSourceFrom(new TextEncoder().encode('not compressed'));
 * for await (const chunk of decompressed(source)) console.log(chunk.length); // 14
 * ```
 */
export function decompressed(source: ByteSource): AsyncGenerator<Uint8Array> {
  return decompressedChunks(source).chunks;
}

/** Content of an input, whose memory the caller can free. */
export interface DecompressedChunks {
  /** As those of {@link decompressed}. */
  readonly chunks: AsyncGenerator<Uint8Array>;
  /**
   * Frees the memory of chunks, or uses it for later ones. Its views must not be used afterwards. Calling it is optional.
   *
   * @param chunk - one of the chunks in the same memory; the latest chunk is in other memory
   */
  readonly free: (chunk: Uint8Array) => void;
}

/** Decompresses an input as {@link decompressed} does, for a caller that frees the memory of the chunks. */
export function decompressedChunks(source: ByteSource): DecompressedChunks {
  let free: (chunk: Uint8Array) => void = () => {};
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const stored = readAhead(source.chunks(), 1);
    const first = await firstBytes(stored);
    const all = prepend(first, stored);
    const compression = compressionOf(first);
    if (compression === 'gzip') {
      free = freeMemory; // gunzip does not use the memory of its outputs any more
      yield* readAhead(gunzip(all), DECODED_AHEAD);
    } else if (compression === 'zstd') {
      const codec = await zstdCodec();
      if (codec.leavesOutputs) free = freeMemory;
      yield* decompressZstd(all, codec, (chunk) => source.recycle(chunk));
    } else {
      free = (chunk) => source.recycle(chunk);
      yield* all;
    }
  }
  return { chunks: chunks(), free: (chunk) => free(chunk) };
}

/** Reads at least four bytes, unless the input is shorter. */
async function firstBytes(chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < 4) {
    const next = await chunks.next();
    if (next.done) break;
    first = concatenate(first, next.value);
  }
  return first;
}

async function* prepend(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    yield* rest;
  } finally {
    await rest.return(undefined); // also if the caller stops after the first chunk
  }
}

/**
 * Decodes a zstd stream of any number of frames, each with a decoder of its own. A concurrent codec decodes some pieces ahead of the
 * caller, and several frames, as pzstd writes them, at the same time.
 *
 * @param recycle - called with each chunk that has been decoded
 */
export async function* decompressZstd(
  chunks: AsyncIterable<Uint8Array>,
  codec: ZstdCodec,
  recycle?: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  const decodings = startedDecodings(chunks, codec, recycle);
  for await (const { outputs } of codec.isConcurrent ? readAhead(decodings, PIECES_AHEAD) : decodings) {
    yield* await outputs;
  }
}

/** Starts to decode the next piece at each request. */
async function* startedDecodings(
  chunks: AsyncIterable<Uint8Array>,
  codec: ZstdCodec,
  recycle?: (chunk: Uint8Array) => void,
): AsyncGenerator<{ readonly outputs: Promise<readonly Uint8Array[]> }> {
  let frames: FrameDecoding[] = [];
  const settled = (): Promise<unknown> => Promise.allSettled(frames.map(({ last }) => last));
  const recycleDecoded = (chunk: Uint8Array): void => void settled().then(() => recycle?.(chunk));
  const maxBlocks = codec.isConcurrent ? BLOCKS.concurrent : BLOCKS.waiting;
  try {
    for await (const piece of zstdPieces(chunks, maxBlocks, recycleDecoded)) {
      if (piece.isFirst) {
        if (piece.header.windowSize > LARGE_WINDOW) await settled();
        frames = [...frames.filter(({ isClosed }) => !isClosed), new FrameDecoding(codec.frameDecoder(piece.header))];
      }
      const frame = frames.at(-1);
      if (frame) yield { outputs: frame.decode(piece) };
    }
  } finally {
    await settled();
    for (const frame of frames) frame.close();
  }
}

/** Decodes the pieces of a frame, one after the other. */
class FrameDecoding {
  /** Settled when all pieces so far are decoded. */
  last: Promise<unknown> = Promise.resolve();
  isClosed = false;
  readonly #decoder: ZstdFrameDecoder;

  constructor(decoder: ZstdFrameDecoder) {
    this.#decoder = decoder;
  }

  /** Rejects with a CompressedInputError for a damaged piece, and for those after it. */
  decode({ bytes, offset, isLast }: ZstdPiece): Promise<readonly Uint8Array[]> {
    const outputs = this.last.then(async () => {
      try {
        return await this.#decoder.decode(bytes, isLast);
      } catch (cause) {
        throw new CompressedInputError('corrupt', 'zstd', offset, messageOf(cause), { cause });
      } finally {
        if (isLast) this.close();
      }
    });
    outputs.catch(() => {}); // the caller of the generator gets the error, after the outputs before it
    this.last = outputs;
    return outputs;
  }

  close(): void {
    if (!this.isClosed) this.#decoder.close();
    this.isClosed = true;
  }
}
