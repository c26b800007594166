import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

export { digestFile, digestOrPath, digestText, scopeOfDigest } from '@cherenkit/io/node';

/** Reads a text file. */
export function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

/** Size of a regular file in bytes; undefined if there is none. */
export function fileSize(path: string): number | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : undefined;
}

/** Whether there is a file or a directory. */
export function pathExists(path: string): boolean {
  return existsSync(path);
}

/** Name of a file without its folder. */
export function fileName(path: string): string {
  return basename(path);
}

/** Folder of a file. */
export function folderOf(path: string): string {
  return dirname(path);
}

/** A path that is relative to a folder, as seen from the working directory. */
export function pathFrom(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}

/** A path of the working directory as seen from a folder; absolute ones as they are. Parts are separated by slashes. */
export function pathSeenFrom(folder: string, path: string): string {
  return isAbsolute(path) ? path : relative(folder, path).split(sep).join('/');
}

export function absolutePath(path: string): string {
  return resolve(path);
}

/** Writes to standard output. */
export function writeText(text: string): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(text, (error) => (error ? fail(error) : done()));
  });
}

/** Sets the exit code of the program, unless it fails. */
export function setExitCode(code: number): void {
  process.exitCode = code;
}
