/**
 * Access to zfits files below the event model: tables, tiles and their columns.
 */
export { ZfitsError, type ZfitsErrorCode, type ZfitsPlace } from './container/zfits-error.js';
export { ZfitsFile } from './container/zfits-file.js';
export { ZfitsTable, type TileOptions } from './container/zfits-table.js';
export { ZfitsTile, type ValueLayout, type ZfitsValue } from './container/zfits-tile.js';
export { tableInfo, type ZfitsTableInfo } from './container/table-info.js';
export type { ZfitsArray, ZfitsColumn } from './container/zfits-column.js';
export * from './messages/index.js';
export { pixelTriggers } from './nectarcam/nectarcam-trigger.js';
export { mergedEvents, type MergeOptions } from './streams/event-stream.js';
