import { hasBrand } from './brand.js';
import { CherenkitError, ExitCode } from '@cherenkit/errors';

/** Problem of an expression, with its location: character offset from 0, and length. */
export interface ExpressionProblem {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

/**
 * Error of an expression: it cannot be compiled (`EXPRESSION_INVALID`), or not be evaluated on the given values
 * (`EXPRESSION_FAILED`).
 */
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

const FAULT_BRAND = Symbol.for('cherenkit.expression.Fault');

/** Error of an operator or function, without its location in the expression. */
export class Fault extends Error {
  static override [Symbol.hasInstance](value: unknown): value is Fault {
    return hasBrand(value, FAULT_BRAND);
  }

  get [FAULT_BRAND](): true {
    return true;
  }

  override readonly name = 'Fault';
}

const TYPE_FAULT_BRAND = Symbol.for('cherenkit.expression.TypeFault');

/** Fault that all values of the same types cause: an unknown attribute or unit, units that do not convert. */
export class TypeFault extends Fault {
  static override [Symbol.hasInstance](value: unknown): value is TypeFault {
    return hasBrand(value, TYPE_FAULT_BRAND);
  }

  get [TYPE_FAULT_BRAND](): true {
    return true;
  }
}

/** Fault with the location of the innermost part of the expression that failed. */
export class LocatedFault extends Error {
  override readonly name = 'LocatedFault';

  constructor(
    readonly problem: ExpressionProblem,
    /** Whether all values of the same types cause it. */
    readonly isTypeFault = false,
  ) {
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
