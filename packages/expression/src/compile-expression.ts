import { Compiler } from './expression-compiler.js';
import { ExpressionError, Fault, LocatedFault, type ExpressionProblem } from './expression-error.js';
import { parseExpression } from './parse-expression.js';
import { truth, type Value } from './expression-value.js';

/** Where an expression finds the values of its names, such as a Map; undefined for names that there are not. */
export interface Scope {
  get(name: string): unknown;
  /** For messages. */
  keys?(): Iterable<string>;
}

/** How an expression is compiled. */
export interface ExpressionOptions {
  /**
   * For scopes of columns: `and`, `or`, `not` and chains such as `0.1 < x < 2` work row by row. Python raises an error for arrays of
   * more than one element. `& | ~` always work element by element.
   */
  readonly byRows?: boolean;
}

/** An expression that was found correct and can be evaluated again and again. */
export interface Expression {
  readonly text: string;
  /** The names whose values it asks its scope for. */
  readonly names: ReadonlySet<string>;
  /** @throws ExpressionError when the values do not fit the expression */
  evaluate(scope: Scope): Value;
  /** The truth of the value. @throws ExpressionError when it has none, too */
  test(scope: Scope): boolean;
}

/**
 * Compiles an expression in Python's spelling, as quality criteria have them, to closures.
 *
 * The language is what ctapipe's users write: names, attributes, indices, calls of a closed list of numpy's functions,
 * arithmetic, comparisons and their chains, `and or not`, `& | ^ ~`, conditionals, literals, and quantities such as
 * `50 * u.deg`. Nothing outside of the scope can be reached, and nothing is changed. Meaning and units are those of
 * ctapipe 0.32 `ExpressionEngine`, except that division by zero is no error, `~` negates every truth value, and single
 * numbers are always float64.
 *
 * @param names - the names that the scope will have; a name that is not among them is an error here, and one that is
 * without value later on is None; without this, unknown names are found on evaluation
 * @throws ExpressionError
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
          return truth(run(scope));
        } catch (error) {
          throw located(error);
        }
      },
    };
  } catch (error) {
    throw toExpressionError(error, 'EXPRESSION_INVALID', text);
  }
}

/** What is wrong with an expression, or undefined; for `names` see {@link compileExpression}. */
export function checkExpression(text: string, names?: Iterable<string>): ExpressionProblem | undefined {
  try {
    compileExpression(text, names);
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error.problem;
    throw error;
  }
}

function toExpressionError(error: unknown, code: 'EXPRESSION_INVALID' | 'EXPRESSION_FAILED', text: string): unknown {
  if (error instanceof LocatedFault) return new ExpressionError(code, text, error.problem);
  if (!(error instanceof Fault)) return error;
  return new ExpressionError(code, text, { message: error.message, offset: 0, length: text.length });
}
