/**
 * Exit codes of the command, documented in docs/errors.md. They follow `sysexits.h`, with 2 for usage errors.
 *
 * After `TEMPORARY` the same command may succeed if it is repeated, after all others it will not. An interrupted run exits
 * with 128 plus the signal number, except after SIGTERM, which is temporary.
 */
export const ExitCode = {
  USAGE: 2,
  BAD_INPUT: 65,
  NO_INPUT: 66,
  BUG: 70,
  CANNOT_CREATE: 73,
  IO_FAILED: 74,
  TEMPORARY: 75,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

const BRAND = Symbol.for('cherenkit.error');

/**
 * An error with a known cause. Its message names the place, the value found, the expected value and the remedy.
 *
 * Commands print the message without a stack trace. Any other error is a bug and is printed with one.
 *
 * @example
 * ```ts
 * try {
 *   if (existsSync(path)) {
 *     throw new CherenkitError('OUTPUT_EXISTS', ExitCode.USAGE, `${path} exists; choose another name.`);
 *   }
 * } catch (error) {
 *   if (CherenkitError.is(error)) console.error(error.code, error.exitCode, error.message);
 *   else throw error;
 * }
 * ```
 */
export class CherenkitError extends Error {
  override readonly name: string = 'CherenkitError';
  readonly [BRAND] = true;

  /**
   * @param code - upper-case words, `INPUT_TRUNCATED`; listed in docs/errors.md
   * @param exitCode - exit code of the command if the error is not caught
   */
  constructor(
    readonly code: string,
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether a value is a CherenkitError. Checked by brand, so that errors of a second copy of the package are recognized. */
  static is(value: unknown): value is CherenkitError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  try {
    return String(error);
  } catch {
    return 'an object'; // without a prototype
  }
}
