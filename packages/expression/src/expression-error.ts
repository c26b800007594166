import { CherenkitError, ExitCode } from '@cherenkit/errors';

/** What is wrong with an expression, and where: offsets count characters from 0. */
export interface ExpressionProblem {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

/** An expression that cannot be compiled (`EXPRESSION_INVALID`) or has no value for what it was given (`EXPRESSION_FAILED`). */
export class ExpressionError extends CherenkitError {
  override readonly name = 'ExpressionError';

  constructor(
    code: 'EXPRESSION_INVALID' | 'EXPRESSION_FAILED',
    readonly text: string,
    readonly problem: ExpressionProblem,
  ) {
    super(code, ExitCode.USAGE, `${quote(text, problem.offset)}, column ${problem.offset + 1}: ${problem.message}`);
  }
}

/** Thrown by operators and functions, which do not know where in the expression they stand. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** A fault with its place; the innermost part of the expression that failed gives the place. */
export class LocatedFault extends Error {
  override readonly name = 'LocatedFault';

  constructor(readonly problem: ExpressionProblem) {
    super(problem.message);
  }
}

const SHOWN_CHARACTERS = 80;

function quote(text: string, offset: number): string {
  if (text.length <= SHOWN_CHARACTERS) return JSON.stringify(text);
  const start = Math.max(0, Math.min(offset - SHOWN_CHARACTERS / 2, text.length - SHOWN_CHARACTERS));
  const end = start + SHOWN_CHARACTERS;
  const [before, after] = [start > 0 ? '...' : '', end < text.length ? '...' : ''];
  return JSON.stringify(before + text.slice(start, end) + after);
}
