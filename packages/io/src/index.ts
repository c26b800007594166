/**
 * Byte input and output: sources that are read sequentially or at offsets, codecs, and sinks that publish files
 * atomically.
 *
 * ```ts
 * await using source = await openFile('gamma.simtel.zst');
 * for await (const chunk of decompressed(source)) console.log(chunk.length);
 * ```
 */
export { decodeBlosc, encodeBlosc, isCheckedBlosc, bloscElementSize } from './codec/blosc.js';
export type { GzipDecoder, ZstdCodec, ZstdFrameDecoder } from './codec/byte-codec.js';
export { compressionOfName, type ByteEncoder } from './codec/byte-encoder.js';
export { CompressedInputError, type CompressionDefect } from './codec/compressed-input-error.js';
export { BufferPool } from './codec/buffer-pool.js';
export { areAdjacent, concatenate, joinParts } from './codec/concatenate.js';
export {
  compressionOf,
  decompressed,
  decompressedChunks,
  decompressZstd,
  type Compression,
  type DecompressedChunks,
} from './codec/decompressed.js';
export { freeAlone, freeMemory } from './codec/free-memory.js';
export { fzstdCodec } from './codec/fzstd-codec.js';
export { fromBase64, packText, toBase64, unpackText } from './codec/packed-text.js';
export { shuffle, unshuffle } from './codec/shuffle.js';
export { storedZstdEncoder } from './codec/stored-zstd-encoder.js';
export { unzstd } from './codec/unzstd.js';
export { MAX_ZSTD_WINDOW } from './codec/zstd-pieces.js';
export { deflate, inflate } from '#deflate';
export { openFile } from '#open-file';
export { createSink } from '#create-sink';
export { ByteOutput } from './sink/byte-output.js';
export type { ByteSink } from './sink/byte-sink.js';
export { MemorySink } from './sink/memory-sink.js';
export { byteSource, type ByteSource, type ByteSourceParts, type SourceFolder } from './source/byte-source.js';
export { isStandardInput, STANDARD_INPUT } from './source/standard-input.js';
export { byteSourceFrom } from './source/memory-source.js';
export { WorkerPool, type PoolOptions, type PoolWorker } from './worker/worker-pool.js';
