import { CherenkitError, ExitCode, nameSome } from '@cherenkit/core';
import { STANDARD_INPUT } from '@cherenkit/io';
import { fileExists, filesMatching, isDirectory, isPipe, readText } from '#tool-host';

/** Input files as given by the user. */
export interface GivenFiles {
  /** Paths; `@list.txt` names a file with one path per line, `@-` reads it from standard input. */
  readonly files: readonly string[];
  /** Directory with further files; undefined for none. Absent for tools without this option. */
  readonly directory?: string | undefined;
  /** Pattern of the names of its files. */
  readonly pattern?: string;
  /** Whether directories and patterns of the shell among `files` stand for the files in them. */
  readonly expands?: boolean;
}

/**
 * Lists the input files, in the given order, those of the directory sorted.
 *
 * @throws CherenkitError INPUT_NOT_NAMED, INPUT_TWICE (2); INPUT_MISSING (66) for a missing list or directory
 */
export function inputFiles(given: GivenFiles): string[] {
  const { files, directory, pattern = '*.h5', expands = false } = given;
  const listed = files
    .flatMap((path) => (path.startsWith('@') && !fileExists(path) ? pathsOfList(path.slice(1)) : [path]))
    .flatMap((path) => (expands ? expanded(path, pattern) : [path]));
  const paths = [...listed, ...(directory ? filesOf(directory, pattern) : [])];
  if (paths.length === 0) {
    const empty = expands ? files.find(isDirectory) : undefined;
    if (empty !== undefined) {
      const below = `${empty.replace(/\/+$/, '')}/**/${pattern}`;
      const message = `${empty} has no file ${pattern}; folders in it are not searched. Give files, or a pattern in quotes with the folders: '${below}'.`;
      throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
    }
    const where = directory ? `${directory} has no file ${pattern}` : 'No input file';
    const remedy = 'directory' in given ? 'give files, @LIST, or --input-dir DIRECTORY' : 'give files or @LIST';
    throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, `${where}: ${remedy}.`);
  }
  const known = new Set<string>();
  const repeated = new Set(paths.filter((path) => known.size === known.add(path).size));
  if (repeated.size > 0) {
    const message = `${nameSome([...repeated])} ${repeated.size === 1 ? 'is' : 'are'} given more than once. Give each file once.`;
    throw new CherenkitError('INPUT_TWICE', ExitCode.USAGE, message);
  }
  return paths;
}

/** The files of a directory, those that match a pattern of the shell, or the file itself. Hidden files are left out. */
function expanded(path: string, pattern: string): string[] {
  if (isDirectory(path)) return filesMatching(path, pattern).filter(isShown);
  if (fileExists(path) || /^[a-z][a-z0-9+.-]+:/i.test(path)) return [path];
  const parts = path.split('/');
  const first = parts.findIndex((part) => /[*?[]/.test(part));
  if (first < 0) return [path];
  const directory = parts.slice(0, first).join('/') || (path.startsWith('/') ? '/' : '.');
  const found = isDirectory(directory) ? filesMatching(directory, parts.slice(first).join('/')).filter(isShown) : [];
  if (found.length > 0) return found;
  throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, `No file matches ${path}. Check the pattern.`);
}

function isShown(path: string): boolean {
  return !/(?:^|[\\/])\.[^\\/]+$/.test(path);
}

function pathsOfList(list: string): string[] {
  if (list !== STANDARD_INPUT && !fileExists(list)) throw missing(list, 'the list of input files');
  if (isDirectory(list)) throw otherKind(list, 'a directory', 'a text file with a path per line');
  // Reading a named pipe without a writer would wait for one; those of shells have one.
  if (isPipe(list) && !list.startsWith('/dev/')) throw otherKind(list, 'a pipe', 'a text file with a path per line');
  const text = readText(list);
  if (text.includes('\0')) throw otherKind(list, 'a binary file', 'a text file with a path per line');
  const paths = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const nested = paths.find((path) => path.startsWith('@') && !fileExists(path));
  if (nested === undefined) return paths;
  const message = `${list} contains ${nested}: lists in lists are not read. Write the paths of its files.`;
  throw new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, message);
}

function filesOf(directory: string, pattern: string): string[] {
  if (!fileExists(directory)) throw missing(directory, 'the directory of input files');
  if (!isDirectory(directory)) throw otherKind(directory, 'a file', 'a directory');
  return filesMatching(directory, pattern);
}

function otherKind(path: string, found: string, expected: string): CherenkitError {
  return new CherenkitError('INPUT_NOT_NAMED', ExitCode.USAGE, `${path} is ${found}, expected ${expected}.`);
}

function missing(path: string, what: string): CherenkitError {
  const message = `${path}: ${what} does not exist. Check the path.`;
  return new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, message);
}
