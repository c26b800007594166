export type { CellValue } from './cell-encoder.js';
export type { PlacedColumn, StoredColumn, StoredType } from './placed-column.js';
export { DEFAULT_FILTERS, type FilterOptions } from './filter-pipeline.js';
export type { Attributes, AttributeValue } from './object-header-writer.js';
export { Hdf5Writer, type ChunkStore } from './hdf5-writer.js';
export { TableWriter, type TableOptions } from './table-writer.js';
export { Hdf5Reader } from './hdf5-reader.js';
export type { TableReader } from './table-reader.js';
