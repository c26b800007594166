import type { ByteSource } from '@cherenkit/io';
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

/** Options of {@link ZfitsTable.tiles}. */
export interface TileOptions {
  /** Columns to read; the others are skipped, and the checksum is not verified. Default: all. */
  readonly columns?: readonly ZfitsColumn[] | undefined;
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
  async *tiles({ columns }: TileOptions = {}): AsyncGenerator<ZfitsTile, void, undefined> {
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
      const blocks =
        columns === undefined
          ? await this.#allBlocks(tile, size, catalogue, sum)
          : await this.#someBlocks(tile, size, columns);
      firstRow += nRows;
      offset += TILE_HEADER_BYTES + size;
      if (firstRow === this.nRows) await this.#finish(offset, sum);
      yield new ZfitsTile(this.place, tile, blocks, this.isClosed);
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

  async #allBlocks(
    { index, offset }: TilePlace,
    size: number,
    catalogue: Uint8Array,
    sum: Ones32 | undefined,
  ): Promise<Map<number, StoredBlock>> {
    const begin = offset + TILE_HEADER_BYTES;
    const bytes = await this.#read(begin, size, `within tile ${index}`);
    sum?.add(bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const blocks = new Map<number, StoredBlock>();
    let at = 0;
    for (const column of this.columns) {
      const blockBytes = at + BLOCK_HEADER_BYTES <= size ? Number(view.getBigUint64(at, true)) : 0;
      if (blockBytes < BLOCK_HEADER_BYTES || at + blockBytes > size)
        throw this.#badBlock(column, begin + at, blockBytes);
      this.#compare(catalogue, index, column, blockBytes, begin + at);
      blocks.set(column.index, { bytes: bytes.subarray(at, at + blockBytes), offset: begin + at });
      at += blockBytes;
    }
    return blocks;
  }

  async #someBlocks(
    { index, offset }: TilePlace,
    size: number,
    columns: readonly ZfitsColumn[],
  ): Promise<Map<number, StoredBlock>> {
    const begin = offset + TILE_HEADER_BYTES;
    const end = begin + size;
    const wanted = new Set(columns.map((column) => column.index));
    const last = Math.max(-1, ...wanted);
    const blocks = new Map<number, StoredBlock>();
    let [part, partAt]: [Uint8Array, number] = [new Uint8Array(0), begin];
    const readAt = async (at: number, count: number): Promise<Uint8Array> => {
      if (at < partAt || at + count > partAt + part.length) {
        part = await this.#read(at, Math.min(Math.max(count, PART), end - at), `within tile ${index}`);
        partAt = at;
      }
      return part.subarray(at - partAt, at - partAt + count);
    };
    for (let [i, at] = [0, begin]; i <= last; i++) {
      const column = this.columns[i];
      const header = at + BLOCK_HEADER_BYTES <= end ? await readAt(at, BLOCK_HEADER_BYTES) : undefined;
      const blockBytes =
        header === undefined ? 0 : Number(new DataView(header.buffer, header.byteOffset).getBigUint64(0, true));
      if (blockBytes < BLOCK_HEADER_BYTES || at + blockBytes > end) throw this.#badBlock(column, at, blockBytes);
      if (wanted.has(i)) blocks.set(i, { bytes: await readAt(at, blockBytes), offset: at });
      at += blockBytes;
    }
    return blocks;
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
    const size = this.source.size ?? 0;
    if (offset + count <= size) return this.source.read(offset, count);
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
