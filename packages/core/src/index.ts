export {
  CherenkitError,
  checkOptions,
  counted,
  didYouMean,
  ExitCode,
  exitCodeOf,
  nameSome,
  nearestName,
  optionRules,
  printable,
  printableLines,
  readingReason,
  systemReason,
  type OptionRule,
} from '@cherenkit/errors';
export {
  camelCase,
  checkExpression,
  compileExpression,
  EnumerationMember,
  ExpressionError,
  Quantity,
  snakeCase,
  Unit,
  type Expression,
  type ExpressionProblem,
  type Scope,
} from '@cherenkit/expression';
export { byteSource, byteSourceFrom, type ByteSink, type ByteSource } from '@cherenkit/io';
export {
  descending,
  memoryUnitOf,
  memoryUnitsPer,
  Table,
  type Column,
  type ColumnHeader,
  type ColumnUnit,
} from '@cherenkit/tables';
export * from './calibration/index.js';
export * from './coordinates/index.js';
export * as dataModel from './data-model/index.js';
export * from './event/index.js';
export * from './framework/component/index.js';
export * from './framework/composition/index.js';
export * from './framework/configuration/index.js';
export * from './framework/plugin/index.js';
export * from './image/index.js';
export * from './instrument/index.js';
export * from './monitoring/index.js';
export * from './muon/index.js';
export * from './output/index.js';
export * from './reconstruction/index.js';
export * from './run/index.js';
export * from './selection/index.js';
export * from './source/index.js';
export { corePlugin } from './core-plugin.js';
export { corePlugin as default } from './core-plugin.js';
