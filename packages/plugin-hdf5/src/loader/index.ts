export type { SubarrayEventOptions, TelescopeEventOptions } from './loader-options.js';
export { TableChunks, type TableChunk } from './table-chunks.js';
export { TableLoader } from './table-loader.js';
