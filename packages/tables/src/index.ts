export { memoryUnitsPer, type ColumnUnit } from './column-unit.js';
