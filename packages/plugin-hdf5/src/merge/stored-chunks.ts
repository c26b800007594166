import { CherenkitError } from '@cherenkit/core';
import { openFile, type ByteSource } from '@cherenkit/io';
import { Hdf5Reader, type TableWriter } from '../format/index.js';
import { isSameLayout } from './merged-columns.js';
import type { SurveyedLayout } from './merged-tables.js';

/** Chunk of rows with filters applied. */
interface StoredRows {
  readonly bytes: Uint8Array;
  readonly nRows: number;
}

/** Tables of a file whose chunks are copied as they are stored: rows need not be decompressed and compressed again. */
export class StoredChunks implements AsyncDisposable {
  private constructor(
    private readonly file: ByteSource,
    private readonly reader: Hdf5Reader,
  ) {}

  /** Opens a file; undefined for formats other than ctapipe's, whose rows the HDF5 library reads. */
  static async open(path: string): Promise<StoredChunks | undefined> {
    const file = await openFile(path);
    try {
      return new StoredChunks(file, await Hdf5Reader.open(file));
    } catch (error) {
      await file[Symbol.asyncDispose]();
      if (CherenkitError.is(error) && error.code === 'HDF5_UNSUPPORTED') return undefined;
      throw error;
    }
  }

  /**
   * Returns the chunks of a table; undefined if the target has other columns, another size of chunks or other filters, so that
   * its rows have to be decoded.
   */
  async chunksFor(
    path: string,
    layout: SurveyedLayout,
    target: TableWriter,
  ): Promise<AsyncIterable<StoredRows> | undefined> {
    if (layout.chunkRows !== target.chunkRows || !isSameLayout(layout, target)) return undefined;
    if (!target.hasFilters(layout.filters)) return undefined;
    const table = await this.reader.table(path);
    return table.storedChunks();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.file[Symbol.asyncDispose]();
  }
}
