import { byteEncoder } from '#encoder';
import { compressionOfName, type ByteEncoder } from '../codec/byte-encoder.js';
import type { ByteSink } from './byte-sink.js';

/**
 * Writes bytes to a sink, compressed according to the file name. The output is a single zstd frame, since eventio reads
 * only the first one.
 */
export class ByteOutput implements AsyncDisposable {
  private constructor(
    private readonly sink: ByteSink,
    private readonly encoder: ByteEncoder,
  ) {}

  /** @param name - file name: `.zst` and `.gz` are compressed */
  static async open(sink: ByteSink, name: string): Promise<ByteOutput> {
    return new ByteOutput(sink, await byteEncoder(compressionOfName(name)));
  }

  async append(bytes: Uint8Array): Promise<void> {
    for (const part of await this.encoder.encode(bytes)) this.sink.append(part);
  }

  async publish(): Promise<void> {
    for (const part of await this.encoder.end()) this.sink.append(part);
    await this.sink.publish();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.encoder.close();
    await this.sink[Symbol.asyncDispose]();
  }
}
