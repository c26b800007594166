import { byteEncoder } from '#encoder';
import { compressionOfName, type ByteEncoder } from '../bytes/byte-encoder.js';
import type { Compression } from '../bytes/decompressed.js';

/** Where the bytes of a file go; nothing is to be seen of it before it is published. */
export interface OutputSink extends AsyncDisposable {
  /** Adds bytes at the end, which may be overwritten afterwards. */
  append(bytes: Uint8Array): void;
  /** Replaces bytes that were appended earlier. */
  overwrite(position: number, bytes: Uint8Array): void;
  /** Makes what was written visible under its name. */
  publish(): Promise<void>;
}

/** Bytes on their way into a sink, compressed as the name of the file says. */
export class ByteOutput implements AsyncDisposable {
  #encoder: ByteEncoder | undefined;
  #written = 0;

  private constructor(
    private readonly sink: OutputSink,
    private readonly compression: Compression,
  ) {}

  /** @param name - of the file: `.zst` and `.gz` are compressed */
  static async open(sink: OutputSink, name: string): Promise<ByteOutput> {
    const output = new ByteOutput(sink, compressionOfName(name));
    output.#encoder = await byteEncoder(output.compression);
    return output;
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.#encoder ??= await byteEncoder(this.compression);
    this.#put(await this.#encoder.encode(bytes));
  }

  /**
   * Appends bytes that others of the same number may replace before the file is published. They are a frame of their own
   * that is not compressed, since it has to stay as long.
   *
   * @returns replaces them
   */
  async appendReplaceable(bytes: Uint8Array): Promise<(others: Uint8Array) => Promise<void>> {
    await this.#endFrame();
    const begin = this.#written;
    const size = bytes.length;
    this.#put(await this.#stored(bytes));
    return async (others) => {
      if (others.length !== size) throw new RangeError(`${size} bytes cannot become ${others.length}`);
      let position = begin;
      for (const part of await this.#stored(others)) {
        this.sink.overwrite(position, part);
        position += part.length;
      }
    };
  }

  async publish(): Promise<void> {
    await this.#endFrame();
    await this.sink.publish();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#encoder?.close();
    await this.sink[Symbol.asyncDispose]();
  }

  async #endFrame(): Promise<void> {
    if (this.#encoder === undefined) return;
    this.#put(await this.#encoder.end());
    this.#encoder.close();
    this.#encoder = undefined;
  }

  async #stored(bytes: Uint8Array): Promise<Uint8Array[]> {
    const encoder = await byteEncoder(this.compression, { isStored: true });
    const parts = [...(await encoder.encode(bytes)), ...(await encoder.end())];
    encoder.close();
    return parts;
  }

  #put(parts: readonly Uint8Array[]): void {
    for (const part of parts) {
      this.sink.append(part);
      this.#written += part.length;
    }
  }
}
