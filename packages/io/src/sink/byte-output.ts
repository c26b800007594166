import { byteEncoder } from '#encoder';
import { compressionOfName, type ByteEncoder } from '../codec/byte-encoder.js';
import type { ByteSink } from './byte-sink.js';

/**
 * Bytes on their way into a sink, compressed as the name of the file says: into a single zstd frame, since eventio reads no
 * further.
 */
export class ByteOutput implements AsyncDisposable {
  private constructor(
    private readonly sink: ByteSink,
    private readonly encoder: ByteEncoder,
  ) {}

  /** @param name - of the file: `.zst` and `.gz` are compressed */
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
