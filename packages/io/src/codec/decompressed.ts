import { gunzip, zstdCodec } from '#codec';
import type { ByteSource } from '../source/byte-source.js';
import type { ZstdCodec, ZstdFrameDecoder } from './byte-codec.js';
import { CompressedInputError } from './compressed-input-error.js';
import { concatenated } from './concatenated.js';
import { readAhead } from './read-ahead.js';
import { zstdPieces } from './zstd-pieces.js';

/** How an input is compressed, by its first bytes and not by its name. */
export type Compression = 'gzip' | 'zstd' | 'none';

/** Both zstd's frames and its skippable frames: a file may begin with either. */
export function compressionOf(firstBytes: Uint8Array): Compression {
  const [a, b, c, d] = firstBytes;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  if ((a ?? 0) >> 4 === 5 && b === 0x2a && c === 0x4d && d === 0x18) return 'zstd';
  return 'none';
}

/** Pieces that a decoder with a thread of its own is ahead of the caller. */
const DECODED_AHEAD = 2;
/**
 * Blocks in a piece. Of a thread of its own, 3 MiB at a time: with less it is done long before the caller comes back for
 * more. Any other decoder makes the caller wait, so it decodes little more than is asked for.
 */
const BLOCKS = { concurrent: 24, waiting: 4 } as const;

/**
 * What an input holds, decompressed where it is gzip or zstd.
 *
 * @throws CompressedInputError when it is truncated or corrupt; what came before was yielded
 */
export async function* decompressed(source: ByteSource): AsyncGenerator<Uint8Array> {
  const chunks = readAhead(source.chunks(), 1);
  const first = await firstBytes(chunks);
  const all = startingWith(first, chunks);
  const compression = compressionOf(first);
  if (compression === 'gzip') {
    yield* readAhead(gunzip(all), DECODED_AHEAD);
  } else if (compression === 'zstd') {
    const codec = await zstdCodec();
    const decoded = unzstd(all, codec);
    yield* codec.isConcurrent ? readAhead(decoded, DECODED_AHEAD) : decoded;
  } else {
    yield* all;
  }
}

/** At least four bytes, unless there are fewer. */
async function firstBytes(chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < 4) {
    const next = await chunks.next();
    if (next.done) break;
    first = concatenated(first, next.value);
  }
  return first;
}

async function* startingWith(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    yield* rest;
  } finally {
    await rest.return(undefined); // also where the caller stops after the first chunk
  }
}

/** All frames of a zstd stream, each by a decoder of its own. */
export async function* unzstd(chunks: AsyncIterable<Uint8Array>, codec: ZstdCodec): AsyncGenerator<Uint8Array> {
  const maxBlocks = codec.isConcurrent ? BLOCKS.concurrent : BLOCKS.waiting;
  let decoder: ZstdFrameDecoder | undefined;
  try {
    for await (const { bytes, offset, header, isFirst, isLast } of zstdPieces(chunks, maxBlocks)) {
      if (isFirst) decoder = codec.frameDecoder(header);
      if (decoder === undefined) continue;
      let outputs: readonly Uint8Array[];
      try {
        outputs = await decoder.decode(bytes, isLast);
      } catch (cause) {
        const found = cause instanceof Error ? cause.message : String(cause);
        throw new CompressedInputError('corrupt', 'zstd', offset, found, { cause });
      }
      if (isLast) decoder.close();
      yield* outputs;
    }
  } finally {
    decoder?.close();
  }
}
