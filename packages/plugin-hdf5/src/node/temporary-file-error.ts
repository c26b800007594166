import { CherenkitError, ExitCode, exitCodeOf, systemReason } from '@cherenkit/core';

/**
 * Does a step with a temporary file.
 *
 * @param action - for the message: `Writing`
 * @throws CherenkitError TEMPORARY_FILE_FAILED (74, or 75 if it may succeed later)
 */
export function attempt<T>(action: string, path: string, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    const message = `${action} the temporary file ${path} failed: ${systemReason(cause)}. Free disk space if needed, and run again.`;
    throw new CherenkitError('TEMPORARY_FILE_FAILED', exitCodeOf(cause, ExitCode.IO_FAILED), message, { cause });
  }
}
