import { CherenkitError, ExitCode } from '@cherenkit/errors';

/**
 * The other files of the place where an input is: those of its folder and of folders nearby, or those that were chosen
 * together with it in a page, whose folders are unknown and therefore ignored.
 */
export interface SourceFolder {
  /** Absolute path; empty in a page. */
  readonly path: string;
  /**
   * Names of the files in a folder, in any order; none if it does not exist.
   *
   * @param path - relative to the folder of the input: empty, or for example `../events`
   */
  list(path: string): Promise<readonly string[]>;
  /**
   * Opens a file, which the caller must dispose.
   *
   * @param path - relative to the folder of the input
   * @throws CherenkitError INPUT_MISSING (66)
   */
  open(path: string): Promise<ByteSource>;
}

/**
 * Source of the stored bytes of an input, without decompression.
 *
 * Read sequentially with `chunks` or at offsets with `read`. Disposing a source closes its file handles.
 */
export interface ByteSource extends AsyncDisposable {
  /** Path or URL, for messages. */
  readonly name: string;
  /** Size in bytes; undefined for a pipe. */
  readonly size: number | undefined;
  /** Number of bytes yielded by the latest pass of `chunks`; with `size`, the progress of reading. */
  readonly position: number;
  /** The bytes as a `Blob`, for libraries that read one; undefined for other sources. */
  readonly blob?: Blob | undefined;
  /** The other files of its place, for inputs of several files; undefined for a pipe, for a URL, and for bytes in memory. */
  readonly folder?: SourceFolder | undefined;
  /** Whether `read` is supported. A pipe can only be read sequentially, once. */
  readonly canSeek: boolean;
  /**
   * Yields all bytes in order. Chunks are never empty and belong to the caller.
   *
   * @throws CherenkitError INPUT_NOT_SEEKABLE (66) on a second pass over a pipe
   */
  chunks(): AsyncGenerator<Uint8Array>;
  /**
   * Takes back a chunk that the caller no longer needs, so that its memory can be used for a later one: allocating large arrays
   * makes the garbage collector run. Calling it is optional.
   */
  recycle(chunk: Uint8Array): void;
  /**
   * Reads `length` bytes at `offset`.
   *
   * @throws CherenkitError INPUT_NOT_SEEKABLE (66) for a pipe, INPUT_TRUNCATED (65) beyond the end of the input
   */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Parts of a byte source, for {@link byteSource}. */
export interface ByteSourceParts {
  readonly name: string;
  readonly size: number | undefined;
  /** Starts a pass over the bytes. If a pass ends early, the iterator's `return` is called. */
  readonly stream: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly blob?: Blob | undefined;
  readonly folder?: SourceFolder | undefined;
  /** Absent if the input is not seekable. */
  readonly read?: ((offset: number, length: number) => Promise<Uint8Array>) | undefined;
  /** Takes back a chunk that `stream` yielded. */
  readonly recycle?: (chunk: Uint8Array) => void;
  readonly close?: () => Promise<void>;
}

/** Makes a byte source that counts the bytes it yields. */
export function byteSource(parts: ByteSourceParts): ByteSource {
  const { name, size, blob, folder, stream, read, recycle, close } = parts;
  let position = 0;
  return {
    name,
    size,
    blob,
    folder,
    canSeek: read !== undefined,
    get position() {
      return position;
    },
    async *chunks() {
      position = 0;
      for await (const chunk of stream()) {
        if (chunk.length === 0) continue;
        position += chunk.length;
        yield chunk;
      }
    },
    recycle(chunk) {
      recycle?.(chunk);
    },
    async read(offset, length) {
      if (read === undefined) throw notSeekable(name);
      if (size !== undefined && offset + length > size) throw truncatedInput(name, offset + length, size);
      return read(offset, length);
    },
    async [Symbol.asyncDispose]() {
      await close?.();
    },
  };
}

/** Error for reads beyond the end of an input. */
export function truncatedInput(name: string, wanted: number, size: number): CherenkitError {
  const message = `${name}: expected at least ${wanted} bytes, found ${size}. The file is truncated; copy or create it again.`;
  return new CherenkitError('INPUT_TRUNCATED', ExitCode.BAD_INPUT, message);
}

function notSeekable(name: string): CherenkitError {
  const message = `${name} is a pipe, which can only be read sequentially and once. Write it to a file first.`;
  return new CherenkitError('INPUT_NOT_SEEKABLE', ExitCode.NO_INPUT, message);
}
