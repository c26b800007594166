import { existsSync, fsyncSync, lstatSync, readlinkSync, realpathSync, statSync, writeSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CherenkitError, ExitCode, exitCodeOf, systemReason } from '@cherenkit/errors';
import type { ByteSink } from '../sink/byte-sink.js';
import { TemporaryFile } from './temporary-file.js';

const BUFFER_BYTES = 1 << 20;
/** Limit of the number of symbolic links to follow, as in Linux. */
const MAX_LINKS = 40;
/** Why standard output and other open files of a process are refused: they cannot be replaced as a whole. */
const STREAM = 'it is an open stream, expected a file';

/**
 * Sink that writes a file atomically. Node only.
 *
 * The file is written beside its destination under a temporary name and moved on `publish`. If the path is a symbolic
 * link, its target is replaced.
 */
export class FileSink implements ByteSink {
  readonly #path: string;
  readonly #destination: string;
  readonly #part: TemporaryFile;
  readonly #overwrite: boolean;
  /** Empty once the file is complete: a run may hold many complete files. */
  #buffer = new Uint8Array(BUFFER_BYTES);
  #buffered = 0;
  #size = 0;
  #published = false;

  /**
   * @throws CherenkitError OUTPUT_EXISTS (2) without `overwrite`, OUTPUT_DIRECTORY_MISSING or OUTPUT_NOT_WRITABLE (73)
   */
  constructor(path: string, { overwrite = false } = {}) {
    this.#path = path;
    this.#overwrite = overwrite;
    if (path === '') throw pathEmpty();
    if (path === '-') throw notWritable(path, STREAM);
    try {
      this.#destination = linkTarget(localPath(path));
      if (!existsSync(dirname(this.#destination))) throw directoryMissing(path, dirname(this.#destination));
      this.#checkDestination();
      this.#part = new TemporaryFile(this.#destination);
    } catch (cause) {
      if (CherenkitError.is(cause)) throw cause;
      throw notWritable(path, systemReason(cause), cause);
    }
  }

  get size(): number {
    return this.#size;
  }

  get temporaryPath(): string {
    return this.#part.path;
  }

  append(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.#buffered + bytes.length > this.#buffer.length) this.#flush();
    if (bytes.length > this.#buffer.length) return this.#write(bytes, null);
    this.#buffer.set(bytes, this.#buffered);
    this.#buffered += bytes.length;
  }

  overwrite(position: number, bytes: Uint8Array): void {
    this.#flush();
    this.#write(bytes, position);
  }

  complete(): Promise<void> {
    this.#flush();
    this.#attempt(() => {
      if (this.#part.descriptor === undefined) return;
      fsyncSync(this.#part.descriptor);
      this.#part.close();
      this.#buffer = new Uint8Array(0);
    });
    return Promise.resolve();
  }

  async publish(): Promise<void> {
    await this.complete();
    this.#checkDestination();
    try {
      this.#part.moveTo(this.#destination, this.#overwrite);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw this.#exists();
      this.#fail(cause);
    }
    this.#published = true;
  }

  discard(): Promise<void> {
    if (!this.#published) this.#part.remove();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.discard();
  }

  #checkDestination(): void {
    const found = statSync(this.#destination, { throwIfNoEntry: false });
    if (found === undefined) return;
    if (!found.isFile()) throw notWritable(this.#path, `it is ${kindOf(found)}, expected a file`);
    if (!this.#overwrite) throw this.#exists();
  }

  #exists(): CherenkitError {
    return new CherenkitError(
      'OUTPUT_EXISTS',
      ExitCode.USAGE,
      `${this.#path} already exists. Use --overwrite (in scripts, overwrite) to replace it, or choose another output.`,
    );
  }

  #flush(): void {
    if (this.#buffered === 0) return;
    this.#write(this.#buffer.subarray(0, this.#buffered), null);
    this.#buffered = 0;
  }

  #write(bytes: Uint8Array, position: number | null): void {
    this.#attempt(() => {
      const file = this.#open();
      let written = 0;
      while (written < bytes.length) {
        const at = position === null ? null : position + written;
        written += writeSync(file, bytes, written, bytes.length - written, at);
      }
    });
  }

  #open(): number {
    const { descriptor } = this.#part;
    if (descriptor === undefined) throw new Error('it is already complete or discarded');
    return descriptor;
  }

  #attempt(step: () => void): void {
    try {
      step();
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #fail(cause: unknown): never {
    throw new CherenkitError(
      'OUTPUT_WRITE_FAILED',
      exitCodeOf(cause, ExitCode.IO_FAILED),
      `Writing ${this.#path} failed: ${systemReason(cause)}. No output was kept. Free disk space or raise the limit if needed, and run again.`,
      { cause },
    );
  }
}

/**
 * Creates the sink for a path: a file, see {@link FileSink}; in a browser, memory.
 *
 * @example
 * ```ts
 * import { createSink } from '@cherenkit/io';
 *
 * await using sink = createSink('numbers.bin', { overwrite: true });
 * sink.append(Uint8Array.of(0, 2, 3));
 * sink.overwrite(0, Uint8Array.of(1));
 * await sink.publish(); // without it, the block ends without a file
 * ```
 */
export function createSink(path: string, options: { readonly overwrite: boolean }): ByteSink {
  return new FileSink(path, options);
}

/** The path of a `file:` URL; other paths as they are. */
function localPath(path: string): string {
  const [scheme] = /^[a-z][a-z0-9+.-]+:(?=\/\/)/i.exec(path) ?? [];
  if (scheme === undefined || (scheme !== 'file:' && existsSync(dirname(path)))) return path;
  if (scheme !== 'file:') throw notWritable(path, `URLs with ${scheme} are not supported`);
  try {
    return fileURLToPath(path);
  } catch {
    throw notWritable(path, 'a file: URL must not name a host; write file:///PATH, or the path itself');
  }
}

/** Follows symbolic links, also to a file that does not exist yet. */
function linkTarget(path: string): string {
  let target = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    if (!existsSync(dirname(target))) return target;
    const directory = realpathSync.native(dirname(target));
    target = join(directory, basename(target));
    if (/^\/proc\/.*\/fd$/.test(directory)) throw notWritable(path, STREAM);
    if (!lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) return target;
    const link = readlinkSync(target);
    target = isAbsolute(link) ? link : `${directory}${sep}${link}`; // not normalized: "d/.." may be another directory
  }
  throw new Error('its symbolic links lead back to themselves');
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'a directory';
  if (found.isFIFO()) return 'a named pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}

function pathEmpty(): CherenkitError {
  const message = 'The path of the output is empty. Give the name of a file: --output FILE (in scripts, outputPath).';
  return new CherenkitError('OUTPUT_NOT_WRITABLE', ExitCode.CANNOT_CREATE, message);
}

function directoryMissing(path: string, directory: string): CherenkitError {
  const message = `Cannot create ${path}: the directory ${directory} does not exist. Create it, or choose another output.`;
  return new CherenkitError('OUTPUT_DIRECTORY_MISSING', ExitCode.CANNOT_CREATE, message);
}

function notWritable(path: string, reason: string, cause?: unknown): CherenkitError {
  const isForbidden = ['EACCES', 'EPERM'].includes((cause as NodeJS.ErrnoException | undefined)?.code ?? '');
  const remedy = isForbidden ? 'Check the permissions of its directory, or choose' : 'Choose';
  const message = `Cannot create ${path}: ${reason}. ${remedy} another output.`;
  return new CherenkitError('OUTPUT_NOT_WRITABLE', exitCodeOf(cause, ExitCode.CANNOT_CREATE), message, { cause });
}
