import { checkExpression } from '@cherenkit/expression';

/** Names that an expression may use; `true` for any. */
export type ExpressionNames = readonly string[] | true;

/** Describes the mistake in an expression; undefined for a valid one. */
export function expressionMistake(text: string, names: ExpressionNames): string | undefined {
  return checkExpression(text, names === true ? undefined : names)?.message;
}
