import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CherenkitError, ExitCode, messageOf } from '@cherenkit/errors';
import type { ByteSink } from '../sink/byte-sink.js';

const BUFFER_BYTES = 1 << 20;

/**
 * Sink that writes a file atomically. Node only.
 *
 * The file is written as `.NAME.<pid>.part` in the same directory and renamed on `publish`. Unfinished files that
 * killed processes left for the same name are removed first.
 */
export class FileSink implements ByteSink {
  readonly #path: string;
  readonly #part: string;
  readonly #overwrite: boolean;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #buffered = 0;
  #file: number | undefined;
  #published = false;

  /**
   * @throws CherenkitError OUTPUT_EXISTS (2) without `overwrite`, OUTPUT_DIRECTORY_MISSING or OUTPUT_NOT_WRITABLE (73)
   */
  constructor(path: string, { overwrite = false } = {}) {
    this.#path = path;
    this.#overwrite = overwrite;
    const directory = dirname(path);
    if (!existsSync(directory)) {
      throw new CherenkitError(
        'OUTPUT_DIRECTORY_MISSING',
        ExitCode.CANNOT_CREATE,
        `Cannot create ${path}: the directory ${directory} does not exist. Create it, or choose another output.`,
      );
    }
    this.#checkOverwrite();
    this.#part = join(directory, `.${basename(path)}.${process.pid}.part`);
    try {
      removeStaleParts(directory, basename(path));
      this.#file = openSync(this.#part, 'w');
    } catch (cause) {
      throw new CherenkitError(
        'OUTPUT_NOT_WRITABLE',
        ExitCode.CANNOT_CREATE,
        `Cannot create ${path}: ${messageOf(cause)}. Check the directory's permissions, or choose another output.`,
        { cause },
      );
    }
  }

  append(bytes: Uint8Array): void {
    if (this.#buffered + bytes.length > BUFFER_BYTES) this.#flush();
    if (bytes.length > BUFFER_BYTES) return this.#write(bytes, null);
    this.#buffer.set(bytes, this.#buffered);
    this.#buffered += bytes.length;
  }

  overwrite(position: number, bytes: Uint8Array): void {
    this.#flush();
    this.#write(bytes, position);
  }

  async publish(): Promise<void> {
    this.#flush();
    this.#checkOverwrite();
    this.#attempt(() => {
      const file = this.#open();
      fsyncSync(file);
      closeSync(file);
      this.#file = undefined;
    });
    await rename(this.#part, this.#path).catch((cause: unknown) => this.#fail(cause));
    this.#published = true;
  }

  discard(): Promise<void> {
    if (!this.#published) {
      if (this.#file !== undefined) closeSync(this.#file);
      this.#file = undefined;
      rmSync(this.#part, { force: true });
    }
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.discard();
  }

  #checkOverwrite(): void {
    if (this.#overwrite || !existsSync(this.#path)) return;
    throw new CherenkitError(
      'OUTPUT_EXISTS',
      ExitCode.USAGE,
      `${this.#path} already exists. Use --overwrite to replace it, or choose another output.`,
    );
  }

  #flush(): void {
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
    if (this.#file === undefined) throw new Error(`${this.#path} is already published or discarded`);
    return this.#file;
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
      ExitCode.IO_FAILED,
      `Writing ${this.#path} failed: ${messageOf(cause)}. No output was kept. Free disk space if needed, and run again.`,
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

/** Removes the unfinished files for this name whose process no longer exists. */
function removeStaleParts(directory: string, name: string): void {
  for (const entry of readdirSync(directory)) {
    if (!entry.startsWith(`.${name}.`) || !entry.endsWith('.part')) continue;
    const pid = entry.slice(name.length + 2, -'.part'.length);
    if (/^\d+$/.test(pid) && !isAlive(Number(pid))) rmSync(join(directory, entry), { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists but belongs to another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
