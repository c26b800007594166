export { TableChunks, type TableChunk } from './table-chunks.js';
export { TableLoader, type SubarrayEventOptions, type TelescopeEventOptions } from './table-loader.js';
