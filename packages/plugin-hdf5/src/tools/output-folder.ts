import { CherenkitError, ExitCode, exitCodeOf } from '@cherenkit/core';
import { makeDirectory, removeEmptyDirectory } from '#tool-host';

/**
 * Creates a folder for output files, unless it exists.
 *
 * @param flag - of the command, with which the folder was given
 * @returns to be disposed if nothing may be written: that removes the folders which were created, as far as they are empty
 * @throws CherenkitError OUTPUT_NOT_WRITABLE (73)
 */
export function makeOutputFolder(path: string, flag: string): Disposable {
  try {
    const created = makeDirectory(path);
    return {
      [Symbol.dispose]() {
        for (const folder of created) removeEmptyDirectory(folder);
      },
    };
  } catch (cause) {
    const message = `${path}: cannot be created (${(cause as Error).message}); expected a directory. Choose another one with ${flag}.`;
    throw new CherenkitError('OUTPUT_NOT_WRITABLE', exitCodeOf(cause, ExitCode.CANNOT_CREATE), message, { cause });
  }
}
