import { CherenkitError, ExitCode, exitCodeOf } from '@cherenkit/core';
import { makeDirectory } from '#tool-host';

/**
 * Creates a folder for output files, unless it exists.
 *
 * @param flag - of the command, with which the folder was given
 * @throws CherenkitError OUTPUT_NOT_WRITABLE (73)
 */
export function makeOutputFolder(path: string, flag: string): void {
  try {
    makeDirectory(path);
  } catch (cause) {
    const message = `${path}: cannot be created (${(cause as Error).message}); expected a directory. Choose another one with ${flag}.`;
    throw new CherenkitError('OUTPUT_NOT_WRITABLE', exitCodeOf(cause, ExitCode.CANNOT_CREATE), message, { cause });
  }
}
