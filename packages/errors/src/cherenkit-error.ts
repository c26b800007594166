/**
 * The exit codes of the command; the README and docs/errors.md tell them to users.
 *
 * 75 stays free for 'try again'; an interrupted run ends with 128 plus the number of the signal.
 */
export const ExitCode = {
  USAGE: 2,
  BAD_INPUT: 65,
  NO_INPUT: 66,
  BUG: 70,
  CANNOT_CREATE: 73,
  IO_FAILED: 74,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

const BRAND = Symbol.for('cherenkit.error');

/**
 * An error whose cause is known and whose message names the place, the value, the expectation and the remedy.
 *
 * Commands print its message without a stack; every other error is a bug and is shown with one.
 */
export class CherenkitError extends Error {
  override readonly name: string = 'CherenkitError';
  readonly [BRAND] = true;

  /**
   * @param code - upper case words, `INPUT_TRUNCATED`; each is listed in docs/errors.md
   * @param exitCode - what the process ends with when nobody catches it
   */
  constructor(
    readonly code: string,
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** By brand, so that an error from a second copy of core counts, too. */
  static is(value: unknown): value is CherenkitError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}
