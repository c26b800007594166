import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { STANDARD_INPUT } from '@cherenkit/io';
import { attempt } from './temporary-file-error.js';
import type { ChunkStore } from '../format/index.js';

/** Chunks in a temporary file. */
class TemporaryChunks implements ChunkStore, Disposable {
  readonly #path: string;
  readonly #file: number;
  #end = 0;

  constructor(output: string) {
    this.#path = join(dirname(output), `.${basename(output).slice(0, 100)}.${randomBytes(8).toString('hex')}.chunks`);
    this.#file = attempt('Creating', this.#path, () => openSync(this.#path, 'wx+'));
    // The open file stays usable, so that nothing is left behind if the process is killed; except on Windows.
    if (process.platform !== 'win32') unlinkSync(this.#path);
  }

  append(bytes: Uint8Array): number {
    const position = this.#end;
    attempt('Writing', this.#path, () => {
      for (let written = 0; written < bytes.length;) {
        written += writeSync(this.#file, bytes, written, bytes.length - written, position + written);
      }
    });
    this.#end += bytes.length;
    return position;
  }

  read(position: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    attempt('Reading', this.#path, () => {
      for (let read = 0; read < length;) {
        const n = readSync(this.#file, bytes, read, length - read, position + read);
        if (n === 0) throw new Error(`${length} bytes at ${position} are beyond its end`);
        read += n;
      }
    });
    return bytes;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
    if (process.platform === 'win32') unlinkSync(this.#path);
  }
}

/** Creates a temporary store beside an output file. */
export function createChunkStore(output: string): (ChunkStore & Disposable) | undefined {
  return new TemporaryChunks(output);
}

export function fileExists(path: string): boolean {
  return existsSync(path);
}

export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether a path is that of a pipe. */
export function isPipe(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFIFO() === true;
}

/** A path that is relative to the folder of a file, as seen from the working directory; absolute ones as they are. */
export function pathBeside(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}

/** Whether two paths name the same existing file. */
export function sameFile(a: string, b: string): boolean {
  const [first, second] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false, bigint: true }));
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

/** Creates a directory and those above it, unless it exists. @returns those that were created, the lowest first */
export function makeDirectory(path: string): string[] {
  // The recursive mkdirSync of Node never ends in /proc, where a directory that exists cannot contain new ones.
  if (isDirectory(path)) return [];
  const parent = dirname(resolve(path));
  const created = existsSync(parent) ? [] : makeDirectory(parent);
  try {
    mkdirSync(path);
    return [path, ...created];
  } catch (cause) {
    if (isDirectory(path)) return created; // another process may have created it
    throw cause;
  }
}

/** Removes a directory, unless it has content or cannot be removed. */
export function removeEmptyDirectory(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // It is in use.
  }
}

/** Reads a text file; `-` is standard input. */
export function readText(path: string): string {
  return readFileSync(path === STANDARD_INPUT ? 0 : path, 'utf8');
}

/** Reads a file. */
export function readBytes(path: string): Uint8Array {
  return readFileSync(path);
}

/** Reads parts of a file, which is open meanwhile. @throws the system's error if it cannot be read */
export function readParts<T>(path: string, read: (part: FilePart, size: number) => T): T {
  const file = openSync(path, 'r');
  try {
    const part: FilePart = (position, length) => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, position));
    };
    return read(part, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

/** Bytes of a file at a position; fewer at its end. */
export type FilePart = (position: number, length: number) => Uint8Array;

/** Paths of the files in a directory that match a pattern of the shell, sorted; `**` matches directories. */
export function filesMatching(directory: string, pattern: string): string[] {
  const matches = globPattern(pattern);
  const isDeep = pattern.includes('/') || pattern.includes('**');
  return readdirSync(directory, { withFileTypes: true, recursive: isDeep })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => matches.test(relative(directory, path).split(sep).join('/')))
    .sort();
}

/** Writes to standard output. */
export function writeText(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Sets the exit code of the program, unless it fails. */
export function setExitCode(code: number): void {
  process.exitCode = code;
}

function globPattern(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\[!?[^\]]+\]|[\\^$.|+()[\]{}]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.length > 2 && part.startsWith('[') ? part.replace('[!', '[^') : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}
