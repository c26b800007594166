import { open, type FileHandle } from 'node:fs/promises';
import { CherenkitError, ExitCode } from '@cherenkit/core';
import type { RandomAccess } from '../structure-cursor.js';

/** Reads at offsets of a file; reserved for Node. Dispose it to close the file. */
export class FileAccess implements RandomAccess, AsyncDisposable {
  private constructor(
    readonly path: string,
    readonly size: number,
    private readonly file: FileHandle,
  ) {}

  /** @throws CherenkitError INPUT_UNREADABLE (66) */
  static async open(path: string): Promise<FileAccess> {
    try {
      const file = await open(path, 'r');
      return new FileAccess(path, (await file.stat()).size, file);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new CherenkitError('INPUT_UNREADABLE', ExitCode.NO_INPUT, `Cannot read ${path}: ${reason}.`, { cause });
    }
  }

  async read(position: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let got = 0;
    while (got < length) {
      const { bytesRead } = await this.file.read(bytes, got, length - got, position + got);
      if (bytesRead === 0) throw new RangeError(`${this.path} ends before byte ${position + length}.`);
      got += bytesRead;
    }
    return bytes;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.file.close();
  }
}
