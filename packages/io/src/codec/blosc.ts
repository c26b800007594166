import { zstdCompress, zstdDecompress } from '#zstd-compress';
import { BufferPool } from './buffer-pool.js';
import { joinParts } from './concatenate.js';
import { freeAlone, freeMemory } from './free-memory.js';
import { shuffle, unshuffle } from './shuffle.js';

// The package's typings do not resolve with TypeScript's NodeNext, so the parts in use are declared here.
interface BloscCodec {
  encode(content: Uint8Array): Promise<Uint8Array>;
  decode(encoded: Uint8Array): Promise<Uint8Array>;
}
interface BloscSettings {
  readonly id: 'blosc';
  readonly cname: 'zstd';
  readonly clevel: number;
  readonly shuffle: 0 | 1;
  /** 0 for blosc's own choice. */
  readonly blocksize: number;
}
interface BloscModule {
  readonly default: { readonly fromConfig: (settings: BloscSettings) => BloscCodec };
}

// Header of a Blosc-1 buffer: format version, codec version, flags, element size; then the sizes of content, block
// and buffer.
const FLAGS = 2;
const ELEMENT_SIZE = 3;
const CONTENT_BYTES = 4;
const BLOCK_BYTES = 8;
const WHOLE_BYTES = 12;
const HEADER_BYTES = 16;
const FORMAT_VERSION = 2;
const ZSTD_FORMAT_VERSION = 1;
const SHUFFLED = 0x01;
const STORED = 0x02;
/** Flag: a block is one stream, not one stream per byte of an element. */
const NOT_SPLIT = 0x10;
const ZSTD = 4 << 5;
/** Bits of the flags with the compressor. */
const COMPRESSOR = 7 << 5;
const BITS_SHUFFLED = 0x04;
/** Blocks of elements up to this size may have one stream per byte of an element, each of at least so many bytes. */
const [MAX_SPLITS, MIN_STREAM_BYTES] = [16, 128];

/** For the shuffled rows while they are compressed. */
const shuffledRows = new BufferPool();

// The element size is stored in 8 bits; the build of blosc in numcodecs supports only 4 by itself.
const LARGEST_ELEMENT = 255;
const BUILT_IN_ELEMENT = 4;

/**
 * Element size for shuffling rows: the whole row up to 255 bytes, the size of a float for longer rows. (PyTables does
 * not shuffle the latter; its files of images are a tenth larger.)
 */
export function bloscElementSize(rowBytes: number): number {
  return rowBytes <= LARGEST_ELEMENT ? rowBytes : BUILT_IN_ELEMENT;
}

/**
 * Encodes rows as a Blosc-1 buffer with zstd compression, the format of HDF5's registered filter 32001.
 *
 * @param level - 1 (fast) to 9 (small)
 */
export async function encodeBlosc(rows: Uint8Array, rowBytes: number, level: number): Promise<Uint8Array> {
  const elementSize = bloscElementSize(rowBytes);
  if (zstdCompress === undefined) return encodeWithBlosc(rows, elementSize, level);
  const shuffled = shuffle(rows, elementSize, shuffledRows.take(rows.length));
  const compressed = await zstdCompress(shuffled, zstdLevel(level));
  shuffledRows.give(shuffled);
  // A single block: its offset follows the header, its size precedes the stream.
  const blockAt = HEADER_BYTES + 4;
  const streamAt = blockAt + 4;
  const isSmaller = streamAt + compressed.length < HEADER_BYTES + rows.length;
  const content = isSmaller ? compressed : rows;
  const encoded = new Uint8Array((isSmaller ? streamAt : HEADER_BYTES) + content.length);
  const view = new DataView(encoded.buffer);
  encoded.set([FORMAT_VERSION, ZSTD_FORMAT_VERSION, ZSTD | NOT_SPLIT | (isSmaller ? SHUFFLED : STORED), elementSize]);
  view.setUint32(CONTENT_BYTES, rows.length, true);
  view.setUint32(BLOCK_BYTES, rows.length, true);
  view.setUint32(WHOLE_BYTES, encoded.length, true);
  if (isSmaller) {
    view.setUint32(HEADER_BYTES, blockAt, true);
    view.setUint32(blockAt, compressed.length, true);
  }
  encoded.set(content, encoded.length - content.length);
  freeAlone(compressed);
  return encoded;
}

/** zstd level that blosc uses for each of its own levels. */
function zstdLevel(level: number): number {
  return level < 9 ? 2 * level - 1 : 22;
}

/** Fallback for engines without zstd; blocks the calling thread. */
async function encodeWithBlosc(rows: Uint8Array, elementSize: number, level: number): Promise<Uint8Array> {
  if (elementSize === BUILT_IN_ELEMENT) return (await codec(level, 1, 0)).encode(rows);
  // The rows are shuffled here and the header flag is set. Blosc shuffles block by block; this block size gives one
  // block, and possibly a second one of up to three bytes, since blocks consist of whole elements of 4 bytes.
  const blockBytes = rows.length - (rows.length % BUILT_IN_ELEMENT);
  const shuffled = rows.slice();
  shuffled.set(shuffle(rows.subarray(0, blockBytes), elementSize));
  const encoded = await (await codec(level, 0, rows.length)).encode(shuffled);
  if (encoded[FLAGS] & STORED) return (await codec(level, 0, 0)).encode(rows);
  encoded[FLAGS] |= SHUFFLED;
  encoded[ELEMENT_SIZE] = elementSize;
  return encoded;
}

/**
 * Decodes a Blosc-1 buffer, of any of blosc's compressors.
 *
 * @param target - of `contentBytes`; it gets the content where the engine supports zstd, and is returned then
 * @throws RangeError unless the sizes in the header match the buffer and the expected content
 */
export async function decodeBlosc(encoded: Uint8Array, contentBytes: number, target?: Uint8Array): Promise<Uint8Array> {
  const header = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const [content, whole] = [header.getUint32(CONTENT_BYTES, true), header.getUint32(WHOLE_BYTES, true)];
  if (content !== contentBytes || whole !== encoded.length) {
    throw new RangeError(
      `expected a blosc buffer of ${encoded.length} bytes with ${contentBytes} bytes of content, ` +
        `its header declares ${whole} and ${content}`,
    );
  }
  if (zstdDecompress !== undefined && isCheckedBlosc(encoded)) {
    return decodeZstdBlocks(encoded, zstdDecompress, target ?? new Uint8Array(content));
  }
  return (await codec(5, 0, 0)).decode(encoded);
}

/**
 * Whether `decodeBlosc` finds damaged blocks of a buffer: those of zstd, where the engine supports it. Blosc in numcodecs gives arbitrary
 * bytes for damaged blocks.
 */
export function isCheckedBlosc(encoded: Uint8Array): boolean {
  const flags = encoded[FLAGS];
  return zstdDecompress !== undefined && (flags & BITS_SHUFFLED) === 0 && (flags & COMPRESSOR) === ZSTD;
}

/**
 * Decodes a Blosc-1 buffer whose blocks are compressed by zstd. Source: c-blosc 1.21 `blosc_d`.
 *
 * @param decoded - of the size of the content, which it gets
 * @throws RangeError for blocks outside of the buffer or of wrong sizes; the error of zstd
 */
function decodeZstdBlocks(
  encoded: Uint8Array,
  decompress: (content: Uint8Array, maxBytes: number) => Uint8Array,
  decoded: Uint8Array,
): Uint8Array {
  const header = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const [flags, elementSize] = [encoded[FLAGS], encoded[ELEMENT_SIZE]];
  const [content, blockBytes] = [header.getUint32(CONTENT_BYTES, true), header.getUint32(BLOCK_BYTES, true)];
  const part = (start: number, length: number): Uint8Array => {
    if (start < HEADER_BYTES || start + length > encoded.length)
      throw new RangeError('a block of blosc is outside of its buffer');
    return encoded.subarray(start, start + length);
  };
  if (flags & STORED) {
    decoded.set(part(HEADER_BYTES, content));
    return decoded;
  }
  if (blockBytes < 1 || elementSize < 1) throw new RangeError('a blosc buffer has blocks or elements of 0 bytes');
  for (let block = 0, start = 0; start < content; block++, start += blockBytes) {
    const size = Math.min(blockBytes, content - start);
    const isSplit =
      (flags & NOT_SPLIT) === 0 &&
      elementSize <= MAX_SPLITS &&
      blockBytes / elementSize >= MIN_STREAM_BYTES &&
      size === blockBytes;
    const nStreams = isSplit ? elementSize : 1;
    const streamBytes = Math.floor(size / nStreams);
    const streams: Uint8Array[] = [];
    let at = new DataView(part(HEADER_BYTES + 4 * block, 4).slice().buffer).getUint32(0, true);
    for (let stream = 0; stream < nStreams; stream++) {
      const stored = new DataView(part(at, 4).slice().buffer).getUint32(0, true);
      const compressed = part(at + 4, stored);
      const plain = stored === streamBytes ? compressed : decompress(compressed, streamBytes);
      if (plain.length !== streamBytes) throw new RangeError('a block of blosc has a wrong size');
      streams.push(plain);
      at += 4 + stored;
    }
    const bytes = nStreams === 1 ? streams[0] : joinParts(streams);
    if (bytes.length !== size) throw new RangeError('a block of blosc has a wrong size');
    const place = decoded.subarray(start, start + size);
    if (flags & SHUFFLED) unshuffle(bytes, elementSize, place);
    else place.set(bytes);
    for (const plain of [...streams, bytes]) if (plain.buffer !== encoded.buffer) freeMemory(plain);
  }
  return decoded;
}

/** Imports blosc on first use: if the engine supports zstd, only reading needs it. */
async function codec(level: number, shuffled: 0 | 1, blocksize: number): Promise<BloscCodec> {
  const { default: Blosc } = (await import('numcodecs/blosc')) as BloscModule;
  return Blosc.fromConfig({ id: 'blosc', cname: 'zstd', clevel: level, shuffle: shuffled, blocksize });
}
