import { statSync } from 'node:fs';

/** Whether a path is that of a regular file, which can be read several times. */
export function isRegularFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
