export { provideBloscFilter } from './blosc-filter.js';
export type { ColumnDestination } from './decode-columns.js';
export type { DatasetFilter, StoredMember } from './dataset-layout.js';
export type { AttributeContent } from './file-access.js';
export { Hdf5File, type Hdf5Array, type Hdf5OpenOptions } from './hdf5-file.js';
export { isHdf5Source, type Hdf5Source } from './hdf5-source.js';
export type { Hdf5Table } from './hdf5-table.js';
