import { Compiler } from './expression-compiler.js';
import { ExpressionError, Fault, LocatedFault, TypeFault, type ExpressionProblem } from './expression-error.js';
import { parseExpression } from './parse-expression.js';
import { isTruthy, type Value } from './expression-value.js';

/** Source of the values of names in an expression, such as a Map; `get` returns undefined for unknown names. */
export interface Scope {
  get(name: string): unknown;
  /** Known names, for messages. */
  keys?(): Iterable<string>;
}

/** Options of {@link compileExpression}. */
export interface ExpressionOptions {
  /**
   * For scopes of columns: evaluate `and`, `or`, `not` and chained comparisons such as `0.1 < x < 2` row by row. Python
   * raises an error for arrays with more than one element. `& | ~` are always element by element. Default: false.
   */
  readonly byRows?: boolean;
}

/** Compiled expression, which can be evaluated repeatedly. */
export interface Expression {
  readonly text: string;
  /** Names that are looked up in the scope. */
  readonly names: ReadonlySet<string>;
  /** @throws ExpressionError EXPRESSION_FAILED, if the values do not fit the expression */
  evaluate(scope: Scope): Value;
  /** Evaluates to a boolean. @throws ExpressionError EXPRESSION_FAILED, also for values without a truth value */
  test(scope: Scope): boolean;
}

/**
 * Compiles an expression in Python syntax, such as a quality criterion.
 *
 * The language covers what ctapipe's users write: names, attributes, indices, calls of a fixed list of numpy functions,
 * arithmetic, comparisons and their chains, `and or not`, `& | ^ ~`, conditionals, literals, and quantities such as `50
 * * u.deg`. Expressions have no access to anything outside the scope and no side effects. Semantics and units are those
 * of ctapipe 0.32 `ExpressionEngine`, with three exceptions: division by zero is not an error, `~` negates every
 * boolean, and single numbers are always float64.
 *
 * @param names - names of the scope. A name not among them is an error at compilation; one without a value at
 *   evaluation is None. If omitted, unknown names are found at evaluation
 * @throws ExpressionError EXPRESSION_INVALID
 *
 * @example
 * ```ts
 * import { compileExpression } from '@cherenkit/expression';
 *
 * const isContained = compileExpression('size > 50 and abs(cog_x) < 0.8 * radius', ['size', 'cog_x', 'radius']);
 * console.log(isContained.test(new Map([['size', 120], ['cog_x', -0.3], ['radius', 1.1]]))); // true
 * ```
 */
export function compileExpression(
  text: string,
  names?: Iterable<string>,
  { byRows = false }: ExpressionOptions = {},
): Expression {
  try {
    const compiler = new Compiler(names ? new Set(names) : undefined, byRows);
    const { run } = compiler.compile(parseExpression(text));
    const located = (error: unknown) => toExpressionError(error, 'EXPRESSION_FAILED', text);
    return {
      text,
      names: compiler.namesUsed,
      evaluate(scope) {
        try {
          return run(scope);
        } catch (error) {
          throw located(error);
        }
      },
      test(scope) {
        try {
          return isTruthy(run(scope));
        } catch (error) {
          throw located(error);
        }
      },
    };
  } catch (error) {
    throw toExpressionError(error, 'EXPRESSION_INVALID', text);
  }
}

/** What is known about the values of an expression that is checked before there are any. */
export interface ExpressionCheck {
  /** See {@link compileExpression}. */
  readonly names?: Iterable<string> | undefined;
  /**
   * Scopes with examples of the values: of several, each stands for a form that the values may have. Misspelt attributes,
   * unknown units and units that do not convert are found in all parts of the expression.
   */
  readonly examples?: readonly Scope[] | undefined;
  /** Whether the result must have a truth value. */
  readonly isCondition?: boolean | undefined;
}

/** Checks an expression: returns the problem, or undefined if it is valid for at least one of the examples. */
export function checkExpression(
  text: string,
  { names, examples = [], isCondition = false }: ExpressionCheck = {},
): ExpressionProblem | undefined {
  try {
    const known = names ? new Set(names) : undefined;
    const tree = parseExpression(text);
    new Compiler(known).compile(tree);
    if (examples.length === 0) return undefined;
    const { run } = new Compiler(known, false, true).compile(tree);
    const problems = examples.map((scope) => typeProblem(text, scope, run, isCondition));
    return problems.includes(undefined) ? undefined : problems[0];
  } catch (error) {
    const known = toExpressionError(error, 'EXPRESSION_INVALID', text);
    if (known instanceof ExpressionError) return known.problem;
    throw error;
  }
}

/** Problem that all values of the types in the scope cause. */
function typeProblem(
  text: string,
  scope: Scope,
  run: (scope: Scope) => Value,
  isCondition: boolean,
): ExpressionProblem | undefined {
  try {
    const value = run(scope);
    if (isCondition) isTruthy(value);
    return undefined;
  } catch (error) {
    if (error instanceof TypeFault) return { message: error.message, offset: 0, length: text.length };
    if (error instanceof LocatedFault) return error.isTypeFault ? error.problem : undefined;
    throw error;
  }
}

function toExpressionError(error: unknown, code: 'EXPRESSION_INVALID' | 'EXPRESSION_FAILED', text: string): unknown {
  if (error instanceof LocatedFault) return new ExpressionError(code, text, error.problem);
  if (!(error instanceof Fault)) return error;
  return new ExpressionError(code, text, { message: error.message, offset: 0, length: text.length });
}
