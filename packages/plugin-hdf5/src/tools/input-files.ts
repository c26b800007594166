import { CherenkitError, ExitCode } from '@cherenkit/core';
import { fileExists, filesMatching, isDirectory, readText } from '#tool-host';

/** Input files as given by the user. */
export interface GivenFiles {
  /** Paths; `@list.txt` names a file with one path per line. */
  readonly files: readonly string[];
  /** Directory with further files; undefined for none. Absent for tools without this option. */
  readonly directory?: string | undefined;
  /** Pattern of the names of its files. */
  readonly pattern?: string;
}

/**
 * Lists the input files, in the given order, those of the directory sorted.
 *
 * @throws CherenkitError INPUT_NOT_NAMED, INPUT_TWICE (2); INPUT_MISSING (66) for a missing list or directory
 */
export function inputFiles(given: GivenFiles): string[] {
  const { files, directory, pattern = '*.h5' } = given;
  const listed = files.flatMap((path) =>
    path.startsWith('@') && !fileExists(path) ? pathsOfList(path.slice(1)) : [path],
  );
  const paths = [...listed, ...(directory ? filesOf(directory, pattern) : [])];
  if (paths.length === 0) {
    const where = directory ? `${directory} has no file ${pattern}` : 'No input file';
    const remedy = 'directory' in given ? 'give files, @LIST, or --input-dir DIRECTORY' : 'give files or @LIST';
    throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, `${where}: ${remedy}.`);
  }
  const repeated = new Set(paths.filter((path, i) => paths.indexOf(path) < i));
  if (repeated.size > 0) {
    const message = `${[...repeated].join(', ')} ${repeated.size === 1 ? 'is' : 'are'} given more than once. Give each file once.`;
    throw new CherenkitError('INPUT_TWICE', ExitCode.USAGE, message);
  }
  return paths;
}

function pathsOfList(list: string): string[] {
  if (!fileExists(list) || isDirectory(list)) throw missing(list, 'the list of input files');
  return readText(list)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function filesOf(directory: string, pattern: string): string[] {
  if (!isDirectory(directory)) throw missing(directory, 'the directory of input files');
  return filesMatching(directory, pattern);
}

function missing(path: string, what: string): CherenkitError {
  const message = `${path}: ${what} does not exist. Check the path.`;
  return new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, message);
}
