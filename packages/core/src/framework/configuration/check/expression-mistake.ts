import { checkExpression } from '@cherenkit/expression';

/** The names that an expression may use; `true` for any. */
export type ExpressionNames = readonly string[] | true;

/** What is wrong with an expression; undefined if it is correct. */
export function expressionMistake(text: string, names: ExpressionNames): string | undefined {
  return checkExpression(text, names === true ? undefined : names)?.message;
}
