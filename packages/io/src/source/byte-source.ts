import { CherenkitError, ExitCode } from '@cherenkit/errors';

/**
 * The bytes of an input as they are stored: compressed, if they are.
 *
 * Read them in order with `chunks`, or anywhere with `read`. Dispose a source to close what it holds open.
 */
export interface ByteSource extends AsyncDisposable {
  /** Path or address, for messages. */
  readonly name: string;
  /** Number of bytes; undefined for a pipe. */
  readonly size: number | undefined;
  /** Bytes that the latest pass of `chunks` has yielded: with `size`, the progress of a reader. */
  readonly position: number;
  /** Whether `read` works. A pipe can only be read in order, once. */
  readonly canSeek: boolean;
  /**
   * Yields all bytes in order, from the first one. A chunk belongs to the caller and is never empty.
   *
   * @throws CherenkitError INPUT_NOT_SEEKABLE on a further pass over a pipe
   */
  chunks(): AsyncGenerator<Uint8Array>;
  /**
   * The `length` bytes from `offset` on.
   *
   * @throws CherenkitError INPUT_NOT_SEEKABLE for a pipe, INPUT_TRUNCATED where the input ends before
   */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** What a byte source is made from. */
export interface ByteSourceParts {
  readonly name: string;
  readonly size: number | undefined;
  /** Begins a pass over the bytes. When a pass ends early, the iterator's `return` is called. */
  readonly stream: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Missing for what cannot seek. */
  readonly read?: ((offset: number, length: number) => Promise<Uint8Array>) | undefined;
  readonly close?: () => Promise<void>;
}

/** A byte source that counts what it yields. */
export function byteSource({ name, size, stream, read, close }: ByteSourceParts): ByteSource {
  let position = 0;
  return {
    name,
    size,
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
    async read(offset, length) {
      if (read === undefined) throw notSeekable(name);
      if (size !== undefined && offset + length > size) throw endsBefore(name, offset + length, size);
      return read(offset, length);
    },
    async [Symbol.asyncDispose]() {
      await close?.();
    },
  };
}

/** The error of a reader that asks for bytes beyond the end of its input. */
export function endsBefore(name: string, wanted: number, size: number): CherenkitError {
  const message = `${name} ends at byte ${size}, before byte ${wanted}. Copy or make the file again.`;
  return new CherenkitError('INPUT_TRUNCATED', ExitCode.BAD_INPUT, message);
}

function notSeekable(name: string): CherenkitError {
  const message = `${name} is a pipe, which can be read only once and in order. Write it to a file first.`;
  return new CherenkitError('INPUT_NOT_SEEKABLE', ExitCode.NO_INPUT, message);
}
