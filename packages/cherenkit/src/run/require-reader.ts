import { closeSync, constants, openSync, statSync } from 'node:fs';

/**
 * Checks that a program reads a named pipe, since opening it to write would wait for one. Other files are accepted.
 *
 * @throws Error if it has no reader
 */
export function requireReader(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFIFO() !== true) return;
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENXIO') throw cause;
    throw new Error('it is a named pipe that no program reads', { cause });
  }
}
