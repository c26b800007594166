export {
  checkExpression,
  compileExpression,
  type Expression,
  type ExpressionOptions,
  type ExpressionCheck,
  type Scope,
} from './compile-expression.js';
export { ExpressionError, type ExpressionProblem } from './expression-error.js';
export { CellArray, TextArray, UnitArray } from './column-value.js';
export { Unit } from './unit.js';
export { EnumerationMember, Quantity, type ArrayValue, type Mask, type Value } from './expression-value.js';
export { DECLARED_FIELDS, type DeclaredField, type DeclaringObject } from './declared-fields.js';
export { camelCase, snakeCase } from './python-name.js';
