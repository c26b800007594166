import { freeMemory, isCheckedBlosc, type ByteSource } from '@cherenkit/io';
import { decodeChunk, readChunkIndex, type IndexedChunk } from '../../format/chunk-reader.js';
import { FilterId } from '../../format/filter-pipeline.js';
import { readWithin, type ReadMessage } from '../../format/object-header-reader.js';
import { MessageType } from '../../format/object-header-writer.js';
import type { DatasetLayout } from '../dataset-layout.js';
import { PAGE_BYTES } from '../h5wasm/header-attributes.js';
import { NotDirect } from './table-layout.js';

/** The rows of a table in chunks. */
export class StoredRows {
  readonly #source: ByteSource;
  readonly #messages: readonly ReadMessage[];
  readonly #rowBytes: number;
  readonly #chunkRows: number;
  readonly #nRows: number;
  readonly #filters: DatasetLayout['filters'];
  #index: Promise<readonly IndexedChunk[]> | undefined;
  /** The chunk of which a part was read last: small tables have one, of which some rows are read after others. */
  #last: { readonly chunk: IndexedChunk; readonly rows: Uint8Array } | undefined;

  constructor(
    source: ByteSource,
    messages: readonly ReadMessage[],
    { shape, chunkShape, elementBytes, filters }: DatasetLayout,
  ) {
    this.#source = source;
    this.#messages = messages;
    this.#rowBytes = elementBytes;
    this.#chunkRows = chunkShape?.[0] ?? 1;
    this.#nRows = shape[0];
    this.#filters = filters;
  }

  /**
   * Reads the rows `start` to `stop` (exclusive), which exist, as packed bytes.
   *
   * @param bytes - the result
   * @throws NotDirect for chunks that are not stored; CherenkitError HDF5_CORRUPT, HDF5_UNSUPPORTED (65)
   */
  async read(
    start: number,
    stop: number,
    bytes: Uint8Array = new Uint8Array((stop - start) * this.#rowBytes),
  ): Promise<Uint8Array> {
    if (bytes.length === 0) return bytes;
    this.#index ??= this.#readIndex();
    const index = await this.#index;
    for (let k = Math.floor(start / this.#chunkRows); k * this.#chunkRows < stop; k++) {
      const first = k * this.#chunkRows;
      const [from, to] = [Math.max(start, first), Math.min(stop, first + this.#chunkRows)];
      const target = bytes.subarray((from - start) * this.#rowBytes, (to - start) * this.#rowBytes);
      if (to - from === this.#chunkRows && this.#last?.chunk !== index[k]) {
        await this.#readChunk(index[k], target);
      } else {
        const rows = await this.#chunk(index[k]);
        target.set(rows.subarray((from - first) * this.#rowBytes, (to - first) * this.#rowBytes));
      }
    }
    return bytes;
  }

  async #chunk(chunk: IndexedChunk): Promise<Uint8Array> {
    if (this.#last?.chunk !== chunk) {
      const rows = new Uint8Array(this.#chunkRows * this.#rowBytes);
      await this.#readChunk(chunk, rows);
      this.#last = { chunk, rows };
    }
    return this.#last.rows;
  }

  /** Reads the rows of a chunk into `target`. */
  async #readChunk(chunk: IndexedChunk, target: Uint8Array): Promise<void> {
    const filters = this.#filters;
    const stored = await readWithin(this.#source, chunk.address, chunk.bytes);
    const blosc = filters.findIndex(({ id }) => id === FilterId.BLOSC);
    const isBlosc = blosc === 0 && (chunk.skippedFilters & 1) === 0;
    if (blosc > 0 || (isBlosc && !isCheckedBlosc(stored))) throw new NotDirect();
    const rows = await decodeChunk(stored, chunk, filters, target.length, target);
    if (rows !== target) target.set(rows);
    // Shorter parts of the file may be in pages that are kept.
    if (stored.length > PAGE_BYTES) freeMemory(stored);
  }

  async #readIndex(): Promise<readonly IndexedChunk[]> {
    const layout = this.#messages.find(({ type }) => type === MessageType.LAYOUT)?.content.restarted();
    const root = layout?.skip(3).u64();
    if (root === undefined) throw new NotDirect();
    const index = await readChunkIndex(this.#source, root);
    const nChunks = Math.ceil(this.#nRows / this.#chunkRows);
    const isComplete = index.length >= nChunks && index.every(({ row }, k) => row === k * this.#chunkRows);
    if (!isComplete) throw new NotDirect();
    return index;
  }
}
