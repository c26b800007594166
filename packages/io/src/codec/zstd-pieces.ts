import { CompressedInputError } from './compressed-input-error.js';
import { concatenated } from './concatenated.js';

/** Largest window of a frame, as in zstd's own programs without `--long`. */
export const MAX_ZSTD_WINDOW = 2 ** 27;

const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
/** The last four bits of a skippable frame's magic number are free. */
const SKIPPABLE_MASK = 0xfffffff0;
const MAX_BLOCK = 2 ** 17;
/** Blocks of the first piece; each one after it may be twice as large, so that the beginning of a file is decoded by itself. */
const BLOCKS_OF_FIRST_PIECE = 2;
const BlockType = { RAW: 0, RLE: 1, COMPRESSED: 2 } as const;

/** What the header of a frame declares. */
export interface ZstdFrameHeader {
  readonly headerSize: number;
  readonly windowSize: number;
  readonly contentSize: number | undefined;
  readonly hasChecksum: boolean;
}

/** Whole blocks of one frame; the first piece of a frame begins with its header, the last ends with its checksum. */
export interface ZstdPiece {
  readonly bytes: Uint8Array;
  /** Where the piece begins in the compressed input. */
  readonly offset: number;
  readonly header: ZstdFrameHeader;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/**
 * Cuts a zstd stream into pieces that a decoder of single frames can take one by one.
 *
 * Frames may follow each other, skippable ones are left out. All that makes decoders differ from each other is settled
 * here: where a frame ends, what is missing at the end, which declared sizes are too large, how much may come out of
 * one piece. Follows RFC 8878, section 3.1.
 *
 * @param maxBlocks - largest number of blocks in a piece; what comes out of a block is at most 128 KiB
 * @throws CompressedInputError when the input ends within a frame, is no zstd or declares too large a window; the
 *   pieces before that were yielded
 */
export async function* zstdPieces(chunks: AsyncIterable<Uint8Array>, maxBlocks: number): AsyncGenerator<ZstdPiece> {
  const cutter = new PieceCutter(maxBlocks);
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    // Only what straddles the border of chunks is copied: it is no longer than a block with headers before and behind.
    const joined = concatenated(rest, chunk.subarray(0, 2 * MAX_BLOCK));
    const used = yield* cutter.cut(joined);
    const isPastBorder = used >= rest.length;
    const buffer = isPastBorder
      ? chunk.subarray(used - rest.length)
      : concatenated(joined.subarray(used), chunk.subarray(2 * MAX_BLOCK));
    rest = buffer.subarray(yield* cutter.cut(buffer));
  }
  if (cutter.isWithin || rest.length > 0) {
    const end = cutter.offset + rest.length;
    throw new CompressedInputError('truncated', 'zstd', end, 'the input ends within a frame');
  }
}

/** Knows where in a stream of frames it is. */
class PieceCutter {
  /** Of the next byte in the compressed input. */
  offset = 0;
  #toSkip = 0;
  #blocks = BLOCKS_OF_FIRST_PIECE;
  #header: ZstdFrameHeader | undefined;
  #isFirst = false;

  constructor(private readonly maxBlocks: number) {}

  get isWithin(): boolean {
    return this.#toSkip > 0 || this.#header !== undefined;
  }

  /** Yields the pieces that are whole; returns how many bytes they and what is skipped take. */
  *cut(bytes: Uint8Array): Generator<ZstdPiece, number> {
    const start = this.offset;
    let buffer = bytes;
    for (;;) {
      const skipped = Math.min(this.#toSkip, buffer.length);
      this.#toSkip -= skipped;
      this.offset += skipped;
      buffer = buffer.subarray(skipped);
      if (buffer.length < 4) break;
      if (this.#header === undefined) {
        this.#toSkip = skippableSize(buffer) ?? 0;
        if (this.#toSkip > 0) continue;
        this.#header = frameHeader(buffer, this.offset);
        if (this.#header === undefined) break;
        this.#isFirst = true;
      }
      const header = this.#header;
      const isFirst = this.#isFirst;
      const { end, isLast } = blocksIn(buffer, isFirst ? header.headerSize : 0, header, this.offset, this.#blocks);
      if (end === 0) break;
      this.#blocks = Math.min(2 * this.#blocks, this.maxBlocks);
      const offset = this.offset;
      this.offset += end;
      this.#isFirst = false;
      if (isLast) this.#header = undefined;
      yield { bytes: buffer.subarray(0, end), offset, header, isFirst, isLast };
      buffer = buffer.subarray(end);
    }
    return this.offset - start;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Size of a skippable frame with its header; undefined where there is none, or too little of its header. */
function skippableSize(buffer: Uint8Array): number | undefined {
  const view = viewOf(buffer);
  if (buffer.length < 8 || (view.getUint32(0, true) & SKIPPABLE_MASK) >>> 0 !== SKIPPABLE_MAGIC) return undefined;
  return 8 + view.getUint32(4, true);
}

/** Undefined where the header goes on beyond the buffer. */
function frameHeader(buffer: Uint8Array, offset: number): ZstdFrameHeader | undefined {
  const view = viewOf(buffer);
  const magic = view.getUint32(0, true);
  if ((magic & SKIPPABLE_MASK) >>> 0 === SKIPPABLE_MAGIC) return undefined;
  if (magic !== FRAME_MAGIC) {
    throw new CompressedInputError('corrupt', 'zstd', offset, `no frame begins here, but 0x${magic.toString(16)}`);
  }
  if (buffer.length < 5) return undefined;
  const descriptor = view.getUint8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionarySize = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const contentSizeSize = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const windowSizeSize = isSingleSegment ? 0 : 1;
  const headerSize = 5 + windowSizeSize + dictionarySize + contentSizeSize;
  if (buffer.length < headerSize) return undefined;
  if ((descriptor & 0x08) !== 0) throw new CompressedInputError('corrupt', 'zstd', offset, 'a reserved bit is set');
  if (dictionarySize > 0) {
    throw new CompressedInputError('unsupported', 'zstd', offset, 'the frame needs a dictionary; write it without one');
  }

  let contentSize: number | undefined;
  const at = headerSize - contentSizeSize;
  if (contentSizeSize === 1) contentSize = view.getUint8(at);
  if (contentSizeSize === 2) contentSize = view.getUint16(at, true) + 256;
  if (contentSizeSize === 4) contentSize = view.getUint32(at, true);
  if (contentSizeSize === 8) contentSize = Number(view.getBigUint64(at, true));

  const windowSize = isSingleSegment ? (contentSize ?? 0) : windowSizeOf(view.getUint8(5));
  if (windowSize > MAX_ZSTD_WINDOW) {
    throw new CompressedInputError(
      'unsupported',
      'zstd',
      offset,
      `the frame declares a window of ${windowSize} bytes, more than the ${MAX_ZSTD_WINDOW} allowed; ` +
        'compress the file anew with the defaults of zstd',
    );
  }
  return { headerSize, windowSize, contentSize, hasChecksum: (descriptor & 0x04) !== 0 };
}

function windowSizeOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** Where the last whole block ends that still fits into a piece; 0 where not even one is there. */
function blocksIn(
  buffer: Uint8Array,
  begin: number,
  { windowSize, hasChecksum }: ZstdFrameHeader,
  offset: number,
  maxBlocks: number,
): { end: number; isLast: boolean } {
  const maxBlock = Math.min(windowSize, MAX_BLOCK);
  let end = 0;
  let at = begin;
  for (let block = 0; block < maxBlocks && at + 3 <= buffer.length; block++) {
    const word = (buffer[at] ?? 0) | ((buffer[at + 1] ?? 0) << 8) | ((buffer[at + 2] ?? 0) << 16);
    const isLast = (word & 1) === 1;
    const type = (word >> 1) & 3;
    const size = word >> 3;
    if (type > BlockType.COMPRESSED || size > maxBlock) {
      throw new CompressedInputError('corrupt', 'zstd', offset + at, `a block of type ${type} and ${size} bytes`);
    }
    at += 3 + (type === BlockType.RLE ? 1 : size) + (isLast && hasChecksum ? 4 : 0);
    if (at > buffer.length) break;
    end = at;
    if (isLast) return { end, isLast };
  }
  return { end, isLast: false };
}
