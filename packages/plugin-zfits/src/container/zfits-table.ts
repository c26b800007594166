import { freeAlone, type ByteSource } from '@cherenkit/io';
import { Ones32, onesSum, type FitsHdu } from '@cherenkit/plugin-fits';
import { zfitsColumns, type ZfitsColumn } from './zfits-column.js';
import { ZfitsError, type ZfitsErrorCode, type ZfitsPlace } from './zfits-error.js';
import { BLOCK_HEADER_BYTES, ZfitsTile, type StoredBlock, type TilePlace } from './zfits-tile.js';

/** The word TILE, the number of messages (uint32), and the number of bytes that follow (uint64), little-endian. */
const TILE_HEADER_BYTES = 16;
const TILE_MAGIC = 0x454c4954;
/** Entry of the catalogue: size and offset of a block, 64 bits each, big-endian. */
const ENTRY_BYTES = 16;
/** Limits of the stored size of a tile and of the catalogue, bytes, and of the messages of a tile; writers put 100 in each. */
const MAX_TILE = 2 ** 30;
const MAX_TILE_ROWS = 2 ** 20;
const MAX_CATALOGUE = 2 ** 26;
/** Sum of a header and its data, in ones' complement arithmetic. */
const ALL_ONES = 0xffffffff;
/** Size of reads for small columns and for the rest of a table. */
const PART = 2 ** 16;

/** Size from which a block is read in parts, of its begin, which has the codes of usual Huffman streams, and of parts for the checksum. */
const LARGE = 2 ** 19;
const BEGIN = 2 ** 18;
const LARGE_PART = 2 ** 18;

/** What is needed besides the blocks of a tile. */
interface ReadingOfBlocks {
  readonly catalogue: Uint8Array;
  /** Undefined if only some columns are read. */
  readonly sum: Ones32 | undefined;
  readonly inParts: boolean;
}

/** Options of {@link ZfitsTable.tiles}. */
export interface TileOptions {
  /** Columns to read; the others are skipped, and the checksum is not verified. Default: all. */
  readonly columns?: readonly ZfitsColumn[] | undefined;
  /**
   * Whether large columns are read in parts, which takes little memory: wait for `ZfitsTile.prepareRow` before each row. Needs a file
   * that was closed, whose header gives the longest values. The file is read twice for it, also for the checksum. Default: false.
   */
  readonly inParts?: boolean | undefined;
}

/** A table of messages in a zfits file. The messages are stored in tiles, and in these column by column. */
export class ZfitsTable {
  readonly name: string;
  /** Type of the messages, PBFHEAD: `R1v1.Event`. */
  readonly message: string;
  /** Number of messages; undefined if the file was not closed. */
  readonly nRows: number | undefined;
  readonly columns: readonly ZfitsColumn[];
  /** File and name of the table, for messages. */
  readonly place: ZfitsPlace;

  /**
   * @param isClosed - whether the writer completed the header
   * @throws ZfitsError ZFITS_CORRUPT, ZFITS_UNSUPPORTED (65)
   */
  constructor(
    private readonly source: ByteSource,
    readonly hdu: FitsHdu,
    readonly isClosed: boolean,
  ) {
    this.name = hdu.name;
    this.message = hdu.header.text('PBFHEAD')?.trim() ?? '';
    this.place = { file: source.name, table: hdu.name };
    this.columns = zfitsColumns(hdu, this.place);
    this.nRows = isClosed ? this.#count('ZNAXIS2') : undefined;
  }

  /**
   * Reads the tiles in order, one at a time.
   *
   * With all columns, the sums of data and header are compared with DATASUM and CHECKSUM before the last tile is yielded.
   *
   * @throws ZfitsError ZFITS_TRUNCATED (65) after yielding the complete tiles; ZFITS_CORRUPT, ZFITS_CHECKSUM,
   *   ZFITS_UNSUPPORTED (65)
   */
  async *tiles({ columns, inParts = false }: TileOptions = {}): AsyncGenerator<ZfitsTile, void, undefined> {
    const sum = columns === undefined ? new Ones32() : undefined;
    const catalogue = await this.#catalogue();
    sum?.add(catalogue);
    let offset = this.hdu.dataOffset + catalogue.length;
    let firstRow = 0;
    for (let index = 0; firstRow < (this.nRows ?? Infinity); index++) {
      const header = await this.#read(offset, TILE_HEADER_BYTES, `within the header of tile ${index}`);
      sum?.add(header);
      const { nRows, size } = this.#tileHeader(header, offset);
      if (this.nRows !== undefined && firstRow + nRows > this.nRows) {
        throw this.#error('ZFITS_CORRUPT', offset, `more than ${this.nRows} messages, the value of ZNAXIS2`);
      }
      const tile = { index, firstRow, nRows, offset };
      const blocks = await this.#blocks(tile, size, columns, { catalogue, sum, inParts: inParts && this.isClosed });
      firstRow += nRows;
      offset += TILE_HEADER_BYTES + size;
      if (firstRow === this.nRows) await this.#finish(offset, sum);
      yield new ZfitsTile(this.place, tile, blocks, this.isClosed);
      for (const { bytes } of blocks.values()) freeAlone(bytes);
    }
    if (this.nRows === 0) await this.#finish(offset, sum);
  }

  /** Reads what precedes the first tile: the catalogue, and the space that was reserved for it. */
  async #catalogue(): Promise<Uint8Array> {
    const { dataOffset } = this.hdu;
    if (this.isClosed) {
      const size = this.#count('ZHEAPPTR', 'THEAP');
      if (size > MAX_CATALOGUE) throw this.#error('ZFITS_UNSUPPORTED', dataOffset, `a catalogue of ${size} bytes`);
      return this.#read(dataOffset, size, 'within the catalogue');
    }
    // The header does not say how much was reserved: the first tile is the first byte that is not zero.
    const size = Math.min(MAX_CATALOGUE, (this.source.size ?? 0) - dataOffset);
    const bytes = await this.source.read(dataOffset, size);
    const first = bytes.findIndex((byte) => byte !== 0);
    return bytes.subarray(0, first < 0 ? bytes.length : first);
  }

  #tileHeader(header: Uint8Array, offset: number): { readonly nRows: number; readonly size: number } {
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    if (view.getUint32(0, true) !== TILE_MAGIC) {
      const found = Array.from(header.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
      throw this.#error('ZFITS_CORRUPT', offset, `expected the begin of a tile, 54 49 4c 45, found ${found}`);
    }
    const [nRows, size] = [view.getUint32(4, true), Number(view.getBigUint64(8, true))];
    if (nRows === 0) throw this.#error('ZFITS_CORRUPT', offset, 'a tile without messages');
    if (size > MAX_TILE || nRows > MAX_TILE_ROWS) {
      const found = `a tile of ${nRows} messages and ${size} bytes, at most ${MAX_TILE_ROWS} and ${MAX_TILE} can be read`;
      throw this.#error('ZFITS_UNSUPPORTED', offset, found);
    }
    return { nRows, size };
  }

  /**
   * Reads blocks of a tile in the order of the file.
   *
   * @param sum - gets all bytes of the tile
   */
  async #blocks(
    { index, offset }: TilePlace,
    size: number,
    columns: readonly ZfitsColumn[] | undefined,
    { catalogue, sum, inParts }: ReadingOfBlocks,
  ): Promise<Map<number, StoredBlock>> {
    const begin = offset + TILE_HEADER_BYTES;
    const end = begin + size;
    const place = `within tile ${index}`;
    this.#requireBytes(begin, size, place);
    const blocks = new Map<number, StoredBlock>();
    const last = columns === undefined ? this.columns.length - 1 : Math.max(-1, ...columns.map((each) => each.index));
    let [part, partAt]: [Uint8Array, number] = [new Uint8Array(0), begin];
    const readAt = async (at: number, count: number): Promise<Uint8Array> => {
      if (at < partAt || at + count > partAt + part.length) {
        part = await this.#read(at, Math.min(Math.max(count, PART), end - at), place);
        partAt = at;
      }
      return part.subarray(at - partAt, at - partAt + count);
    };
    let at = begin;
    for (const column of this.columns.slice(0, last + 1)) {
      const header = at + BLOCK_HEADER_BYTES <= end ? await readAt(at, BLOCK_HEADER_BYTES) : undefined;
      const nBytes =
        header === undefined ? 0 : Number(new DataView(header.buffer, header.byteOffset).getBigUint64(0, true));
      if (nBytes < BLOCK_HEADER_BYTES || at + nBytes > end) throw this.#badBlock(column, at, nBytes);
      if (columns === undefined) this.#compare(catalogue, index, column, nBytes, at);
      if (columns?.includes(column) ?? true) {
        const isInParts = inParts && nBytes > LARGE;
        const blockAt = at;
        const block: StoredBlock = {
          bytes: nBytes > PART ? await this.#read(at, isInParts ? BEGIN : nBytes, place) : await readAt(at, nBytes),
          offset: at,
          nBytes,
          read: isInParts ? (from, count) => this.#read(blockAt + from, count, place) : undefined,
        };
        blocks.set(column.index, block);
        sum?.add(block.bytes);
        if (sum !== undefined) await this.#addToSum(sum, at + block.bytes.length, at + nBytes, place);
      }
      at += nBytes;
    }
    if (sum !== undefined) await this.#addToSum(sum, at, end, place);
    return blocks;
  }

  /** Adds a range of the file to a checksum. */
  async #addToSum(sum: Ones32, begin: number, end: number, place: string): Promise<void> {
    for (let at = begin; at < end; at += LARGE_PART) {
      const bytes = await this.#read(at, Math.min(LARGE_PART, end - at), place);
      sum.add(bytes);
      freeAlone(bytes);
    }
  }

  /** Compares a block with its entry in the catalogue, unless the catalogue was thinned out (ZSHRINK). */
  #compare(catalogue: Uint8Array, tile: number, column: ZfitsColumn, blockBytes: number, offset: number): void {
    const at = ENTRY_BYTES * (tile * this.columns.length + column.index);
    if (!this.isClosed || (this.hdu.header.number('ZSHRINK') ?? 1) !== 1 || at + ENTRY_BYTES > catalogue.length) return;
    const view = new DataView(catalogue.buffer, catalogue.byteOffset + at, ENTRY_BYTES);
    const [size, place] = [Number(view.getBigInt64(0)), Number(view.getBigInt64(8))];
    const found = offset - this.hdu.dataOffset - catalogue.length;
    if (size === blockBytes && place === found) return;
    const sentence = `column ${column.name} of tile ${tile} has ${blockBytes} bytes at ${found} of the heap, but the catalogue has ${size} bytes at ${place}`;
    throw this.#error('ZFITS_CORRUPT', offset, sentence);
  }

  /** Reads what follows the last tile, and compares the sum of all data with the header. */
  async #finish(offset: number, sum: Ones32 | undefined): Promise<void> {
    const { header, dataOffset, dataBytes, end } = this.hdu;
    if (offset > dataOffset + dataBytes) {
      throw this.#error(
        'ZFITS_CORRUPT',
        offset,
        `the tiles end after the table, which ends at byte ${dataOffset + dataBytes}`,
      );
    }
    const declared = header.get('DATASUM');
    if (sum === undefined || declared === undefined) return;
    // The padding of the last table may be missing.
    const stop = Math.min(end, this.source.size ?? end);
    for (let at = offset; at < stop; at += PART) sum.add(await this.source.read(at, Math.min(PART, stop - at)));
    if (Number(declared) !== sum.value) {
      const found = `DATASUM is ${String(declared).trim()}, but the data have ${sum.value}`;
      throw this.#error('ZFITS_CHECKSUM', dataOffset, found);
    }
    await this.#checkHeader(sum.value);
  }

  /** Compares the sum of header and data with that of CHECKSUM, which makes it -0. */
  async #checkHeader(dataSum: number): Promise<void> {
    const { header, headerOffset, dataOffset } = this.hdu;
    if (!header.text('CHECKSUM')) return;
    const sum = new Ones32();
    sum.add(await this.source.read(headerOffset, dataOffset - headerOffset));
    const total = onesSum(sum.value, dataSum);
    if (total === 0 || total === ALL_ONES) return;
    throw this.#error(
      'ZFITS_CHECKSUM',
      headerOffset,
      'CHECKSUM is wrong, although DATASUM is right: the header was changed',
    );
  }

  async #read(offset: number, count: number, place: string): Promise<Uint8Array> {
    this.#requireBytes(offset, count, place);
    return this.source.read(offset, count);
  }

  /** @throws ZfitsError ZFITS_TRUNCATED (65) if the file ends before */
  #requireBytes(offset: number, count: number, place: string): void {
    const size = this.source.size ?? 0;
    if (offset + count <= size) return;
    const missing = `the file ends at byte ${size}, ${place}, which needs ${offset + count - size} bytes more`;
    const isEnd = !this.isClosed && offset >= size;
    throw this.#error('ZFITS_TRUNCATED', offset, isEnd ? 'the file was not closed when it was written' : missing);
  }

  #count(keyword: string, other?: string): number {
    const name = other !== undefined && !this.hdu.header.has(keyword) ? other : keyword;
    const value = this.hdu.header.number(name);
    if (value !== undefined && Number.isSafeInteger(value) && value >= 0) return value;
    const found = `${name} is ${String(this.hdu.header.get(name))}, expected an integer of at least 0`;
    throw this.#error('ZFITS_CORRUPT', this.hdu.headerOffset, found);
  }

  #badBlock({ name }: ZfitsColumn, offset: number, size: number): ZfitsError {
    return this.#error('ZFITS_CORRUPT', offset, `column ${name} has a block of ${size} bytes, which exceeds its tile`);
  }

  #error(code: ZfitsErrorCode, offset: number, sentence: string): ZfitsError {
    return new ZfitsError(code, this.place, offset, sentence);
  }
}
