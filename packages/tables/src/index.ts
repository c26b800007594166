export { memoryUnitOf, memoryUnitsPer, standardUnit, type ColumnUnit } from './column-unit.js';
export {
  Column,
  columnFrom,
  placeCells,
  type Cell,
  type ColumnHeader,
  type ColumnInput,
  type Enumeration,
  type FixedPointScale,
  type Meaning,
} from './column.js';
export {
  elementTypeOf,
  emptyValues,
  missingElement,
  partOf,
  TYPED_ARRAYS,
  type ColumnValues,
  type ElementType,
  type NumericType,
  type NumericValues,
} from './element-type.js';
export { ecsvText } from './ecsv-table.js';
export type { JoinOptions } from './join-tables.js';
export { descending, type SortKey } from './sort-rows.js';
export type { StackOptions } from './stack-tables.js';
export { Table, type Row, type TableGroup } from './table.js';
export type { MetaValue, TableMeta } from './table-data.js';
export { tableScope, type TableScopeOptions } from './table-scope.js';
export type { JsonCell, JsonRow } from './table-json.js';
export { fromMjdTai, isNanTime, NAN_TIME, taiText, toMjdTai, type Time, type TimeFormat } from './tai-time.js';
export { checkTable, type CheckOptions, type Deviation } from './check-table.js';
export { isBefore, type DataModelVersion } from './data-model-version.js';
export {
  fillPlaceholders,
  findSpec,
  matchPath,
  telescopeName,
  type FoundSpec,
  type Placeholders,
} from './table-path.js';
export {
  columnsIn,
  isIn,
  pathIn,
  type ColumnSpec,
  type EarlierColumn,
  type MergeRule,
  type TableSpec,
  type WriteCondition,
} from './table-spec.js';
