export { memoryUnitsPer, type ColumnUnit } from './column-unit.js';
export type { Table } from './table.js';
