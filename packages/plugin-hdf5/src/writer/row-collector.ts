import { BufferPool } from '@cherenkit/io';
import { TableWriter, type StoredColumn, type TableOptions } from '../format/index.js';
import type { TableFile } from './container-rows.js';

/** Limit of the rows of a table that are collected at once, bytes. */
const MAX_BYTES = 2 ** 30;

/** Tables whose rows are collected in memory, for the tables of a file that another thread writes. */
export class RowCollector implements TableFile {
  createTable(path: string, columns: readonly StoredColumn[], options: TableOptions = {}): TableWriter {
    const onFull = (): never => {
      throw new RangeError(`${path}: the rows of some events have more than ${MAX_BYTES} bytes.`);
    };
    const storage = { filters: NO_FILTERS, buffers: new BufferPool(), onFull };
    return new TableWriter(columns, { ...options, chunkBytes: MAX_BYTES }, storage);
  }
}

const NO_FILTERS = { compression: 'zlib', level: 0, fletcher32: false } as const;
