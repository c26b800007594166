import { CompressedInputError } from './compressed-input-error.js';
import { concatenate } from './concatenate.js';

/** Maximum window size of a frame, like that of the zstd program without `--long`. */
export const MAX_ZSTD_WINDOW = 2 ** 27;

const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
/** The last four bits of a skippable frame's magic number are arbitrary. */
const SKIPPABLE_MASK = 0xfffffff0;
const MAX_BLOCK = 2 ** 17;
/**
 * Number of blocks in the first piece. Following pieces may double in size, so that the start of a file is decoded
 * quickly.
 */
const BLOCKS_OF_FIRST_PIECE = 2;
const BlockType = { RAW: 0, RLE: 1, COMPRESSED: 2 } as const;

/** Header of a zstd frame. */
interface ZstdFrameHeader {
  readonly headerSize: number;
  readonly windowSize: number;
  readonly contentSize: number | undefined;
  readonly hasChecksum: boolean;
}

/** Whole blocks of one frame; the first piece of a frame starts with its header, the last ends with its checksum. */
export interface ZstdPiece {
  readonly bytes: Uint8Array;
  /** Offset of the piece in the compressed input. */
  readonly offset: number;
  readonly header: ZstdFrameHeader;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/**
 * Splits a zstd stream into pieces that a decoder of single frames can process.
 *
 * Frames may follow each other; skippable frames are skipped. Everything in which decoders differ is handled here: the
 * ends of frames, truncation, excessive declared sizes, and the amount of output per piece. Follows RFC 8878, section
 * 3.1.
 *
 * @param maxBlocks - maximum number of blocks in a piece; a block has at most 128 KiB of content
 * @param recycle - called with each chunk whose pieces the caller has done with
 * @throws CompressedInputError if the input is truncated, not zstd, or declares too large a window, after all preceding
 *   pieces were yielded
 */
export async function* zstdPieces(
  chunks: AsyncIterable<Uint8Array>,
  maxBlocks: number,
  recycle?: (chunk: Uint8Array) => void,
): AsyncGenerator<ZstdPiece> {
  const cutter = new PieceCutter(maxBlocks);
  let rest: Uint8Array = new Uint8Array(0);
  let previous: Uint8Array | undefined;
  for await (const chunk of chunks) {
    // Only blocks that straddle two chunks are copied: at most one block with the headers around it.
    const joined = concatenate(rest, chunk.subarray(0, 2 * MAX_BLOCK));
    const used = yield* cutter.cut(joined);
    const isPastBorder = used >= rest.length;
    const buffer = isPastBorder
      ? chunk.subarray(used - rest.length)
      : concatenate(joined.subarray(used), chunk.subarray(2 * MAX_BLOCK));
    if (previous) recycle?.(previous);
    previous = chunk;
    rest = buffer.subarray(yield* cutter.cut(buffer));
  }
  if (cutter.isWithin || rest.length > 0) {
    const end = cutter.offset + rest.length;
    throw new CompressedInputError('truncated', 'zstd', end, 'the input ends within a frame');
  }
}

/** State of the position in a stream of frames. */
class PieceCutter {
  /** Offset of the next byte in the compressed input. */
  offset = 0;
  #toSkip = 0;
  #blocks = BLOCKS_OF_FIRST_PIECE;
  #header: ZstdFrameHeader | undefined;
  #isFirst = false;

  constructor(private readonly maxBlocks: number) {}

  get isWithin(): boolean {
    return this.#toSkip > 0 || this.#header !== undefined;
  }

  /** Yields the complete pieces; returns the number of bytes of these and of skipped frames. */
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

/** Size of a skippable frame including its header; undefined if there is none or its header is incomplete. */
function skippableSize(buffer: Uint8Array): number | undefined {
  const view = viewOf(buffer);
  if (buffer.length < 8 || (view.getUint32(0, true) & SKIPPABLE_MASK) >>> 0 !== SKIPPABLE_MAGIC) return undefined;
  return 8 + view.getUint32(4, true);
}

/** Undefined if the header is incomplete. */
function frameHeader(buffer: Uint8Array, offset: number): ZstdFrameHeader | undefined {
  const view = viewOf(buffer);
  const magic = view.getUint32(0, true);
  if ((magic & SKIPPABLE_MASK) >>> 0 === SKIPPABLE_MAGIC) return undefined;
  if (magic !== FRAME_MAGIC) {
    throw new CompressedInputError('corrupt', 'zstd', offset, `expected a frame, found 0x${magic.toString(16)}`);
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
    throw new CompressedInputError(
      'unsupported',
      'zstd',
      offset,
      'the frame requires a dictionary; compress without one',
    );
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
      `the frame declares a window of ${windowSize} bytes, expected at most ${MAX_ZSTD_WINDOW}; ` +
        'compress the file again with the default settings of zstd',
    );
  }
  return { headerSize, windowSize, contentSize, hasChecksum: (descriptor & 0x04) !== 0 };
}

function windowSizeOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** End of the last complete block that fits into a piece; 0 if no block is complete. */
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
      throw new CompressedInputError('corrupt', 'zstd', offset + at, `invalid block of type ${type} and ${size} bytes`);
    }
    at += 3 + (type === BlockType.RLE ? 1 : size) + (isLast && hasChecksum ? 4 : 0);
    if (at > buffer.length) break;
    end = at;
    if (isLast) return { end, isLast };
  }
  return { end, isLast: false };
}
