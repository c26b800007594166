import type { BlockContent } from './block-content.js';
import { decodeSteps, unsupportedStep } from './codecs/decode-steps.js';
import type { ZfitsArray, ZfitsColumn } from './zfits-column.js';
import { ZfitsError, type ZfitsPlace } from './zfits-error.js';

/** Size and number of steps precede the content: uint64, one character, uint8, then uint16 per step. */
export const BLOCK_HEADER_BYTES = 10;
/** Values are stored column by column. */
const BY_COLUMN = 'C'.charCodeAt(0);
/** Writers pad blocks to a multiple of four bytes. */
const MAX_PADDING = 3;
/** Limit of the decoded content of a block. */
const MAX_CONTENT = 2 ** 29;

/** How the values of a column are stored: one after the other, or each behind its length. */
export type ValueLayout = 'scalar' | 'array' | 'text';

/** Value of a field. */
export type ZfitsValue = number | bigint | boolean | string | ZfitsArray;

/** A column of a tile as it is stored. */
export interface StoredBlock {
  /** With the header of the block; the begin of a block that is read in parts. */
  readonly bytes: Uint8Array;
  /** Position in the file, bytes. */
  readonly offset: number;
  /** Size with the header, bytes. */
  readonly nBytes: number;
  /** Reads bytes at a position of the block, if it is read in parts. */
  readonly read?: ((begin: number, count: number) => Promise<Uint8Array>) | undefined;
}

/** Position and size of a tile. */
export interface TilePlace {
  readonly index: number;
  /** Number of messages in the tiles before. */
  readonly firstRow: number;
  readonly nRows: number;
  /** Position of the tile in the file, bytes. */
  readonly offset: number;
}

/**
 * Some messages of a table, stored column by column. Columns are decoded when they are asked for, as long as the next tile is not: it
 * takes the memory of this one.
 */
export class ZfitsTile {
  readonly firstRow: number;
  readonly nRows: number;
  /** Contents that are read in parts. */
  readonly #inParts: BlockContent[] = [];

  constructor(
    private readonly place: ZfitsPlace,
    { firstRow, nRows }: TilePlace,
    private readonly blocks: ReadonlyMap<number, StoredBlock>,
    /** Whether the header gives the longest values of the columns: it does in files that were closed. */
    private readonly hasLongest: boolean,
  ) {
    this.firstRow = firstRow;
    this.nRows = nRows;
  }

  /**
   * Opens a column, whose values are then read in order, one per call. Large columns are decoded value by value.
   *
   * @param layout - default: guessed, since an array of at most one value looks like a scalar in the header
   * @returns undefined if no message of the tile has a value
   * @throws ZfitsError ZFITS_CORRUPT, ZFITS_UNSUPPORTED (65), also the returned function
   */
  async open(column: ZfitsColumn, layout?: ValueLayout): Promise<(() => ZfitsValue) | undefined> {
    const block = this.blocks.get(column.index);
    if (block === undefined) throw new RangeError(`The column ${column.name} was not read.`);
    const content = await this.#content(column, block);
    if (content === undefined) return undefined;
    if (content.prepare !== undefined && block.read !== undefined) this.#inParts.push(content);
    const read = this.#reader(column, content, layout ?? guessedLayout(column, content, this.nRows), block);
    let row = 0;
    return () => {
      try {
        const value = read();
        if (++row === this.nRows && content.remaining > MAX_PADDING) {
          throw new RangeError(`${content.remaining} bytes follow the last value`);
        }
        return value;
      } catch (cause) {
        throw this.#damaged(column, block, cause);
      }
    };
  }

  /**
   * Reads what the next value of each open column needs, if columns are read in parts.
   *
   * @returns undefined if there is nothing to wait for
   */
  prepareRow(): Promise<unknown> | undefined {
    const reads = this.#inParts.flatMap((content) => content.prepare?.() ?? []);
    return reads.length > 0 ? Promise.all(reads) : undefined;
  }

  async #content(column: ZfitsColumn, block: StoredBlock): Promise<BlockContent | undefined> {
    const { bytes } = block;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const nSteps = bytes[BLOCK_HEADER_BYTES - 1];
    const headerBytes = BLOCK_HEADER_BYTES + 2 * nSteps;
    if (block.nBytes < headerBytes) {
      throw this.#damaged(column, block, new RangeError(`a block of ${block.nBytes} bytes with ${nSteps} steps`));
    }
    if (block.nBytes === headerBytes) return undefined;
    const steps = Array.from({ length: nSteps }, (_, i) => view.getUint16(BLOCK_HEADER_BYTES + 2 * i, true));
    const ordering = bytes[BLOCK_HEADER_BYTES - 2];
    const unsupported =
      ordering === BY_COLUMN ? unsupportedStep(steps) : `ordering ${JSON.stringify(String.fromCharCode(ordering))}`;
    if (unsupported !== undefined) {
      const sentence = `column ${column.name} is compressed by ${unsupported}, which is not supported`;
      throw new ZfitsError('ZFITS_UNSUPPORTED', this.place, block.offset, sentence);
    }
    const { read } = block;
    const rest = read && {
      nBytes: block.nBytes - headerBytes,
      longest: longestBytes(column),
      read: (begin: number, count: number) => read(headerBytes + begin, count),
    };
    try {
      return await decodeSteps(bytes.subarray(headerBytes), steps, this.#maxContent(column), rest);
    } catch (cause) {
      throw this.#damaged(column, block, cause);
    }
  }

  /** Limit of the decoded size of a column: each value has at most the length that the header gives. */
  #maxContent(column: ZfitsColumn): number {
    if (!this.hasLongest) return MAX_CONTENT;
    return Math.min(MAX_CONTENT, this.nRows * longestBytes(column) + 2 * MAX_PADDING);
  }

  #reader(column: ZfitsColumn, content: BlockContent, layout: ValueLayout, block: StoredBlock): () => ZfitsValue {
    if (layout === 'scalar') {
      try {
        return scalars(column, content, this.nRows);
      } catch (cause) {
        throw this.#damaged(column, block, cause);
      }
    }
    const latin1 = new TextDecoder('latin1');
    return () => {
      const bytes = content.take(lengthOf(content.take(4)));
      return layout === 'text' ? latin1.decode(bytes) : arrayOf(column, bytes);
    };
  }

  #damaged({ name }: ZfitsColumn, { offset }: StoredBlock, cause: unknown): unknown {
    if (!(cause instanceof RangeError)) return cause;
    const rows = `messages ${this.firstRow} to ${this.firstRow + this.nRows - 1}`;
    return new ZfitsError('ZFITS_CORRUPT', this.place, offset, `column ${name} of ${rows}: ${cause.message}`, {
      cause,
    });
  }
}

/** Most bytes that a value takes, with its length. */
function longestBytes({ longest, arrayType }: ZfitsColumn): number {
  return 4 + longest * arrayType.BYTES_PER_ELEMENT;
}

function guessedLayout({ letter, longest, arrayType }: ZfitsColumn, content: BlockContent, nRows: number): ValueLayout {
  if (letter === 'A') return 'text';
  const excess = content.remaining - nRows * arrayType.BYTES_PER_ELEMENT;
  return longest === 1 && letter !== 'B' && excess >= 0 && excess <= MAX_PADDING ? 'scalar' : 'array';
}

function scalars(column: ZfitsColumn, content: BlockContent, nRows: number): () => ZfitsValue {
  const values = arrayOf(column, content.take(nRows * column.arrayType.BYTES_PER_ELEMENT));
  let row = 0;
  return () => (column.letter === 'L' ? values[row++] !== 0 : values[row++]);
}

/** Length of a value, bytes. Old writers mark packed values by a negative one. */
function lengthOf(bytes: Uint8Array): number {
  return Math.abs(bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24));
}

function arrayOf({ arrayType }: ZfitsColumn, bytes: Uint8Array): ZfitsArray {
  const size = arrayType.BYTES_PER_ELEMENT;
  if (bytes.length % size !== 0) {
    throw new RangeError(`a value of ${bytes.length} bytes, expected a multiple of ${size}`);
  }
  // A copy by the constructor, since `slice` of a Buffer shares its memory.
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  return new arrayType(aligned.buffer, aligned.byteOffset, aligned.length / size);
}
