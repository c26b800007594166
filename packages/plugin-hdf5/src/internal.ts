export * from './format/index.js';
export { scanStructure } from './format/structure-scan.js';
export { HDF5_SIGNATURE } from './format/hdf5-writer.js';
export { decodeFixedPoint, FixedPoint, type FixedPointType } from './tables/fixed-point.js';
export { fileDefect } from './tables/file-defect.js';
export { hasTriggers, requireIds } from './tables/trigger-table.js';
export { readTableHeader } from './tables/read-table.js';
export { dataModelVersion } from './tables/table-header.js';
export { decodeColumn, valuesFor } from './engine/decode-columns.js';
