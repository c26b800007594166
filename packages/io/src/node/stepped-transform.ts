import type { Transform } from 'node:stream';

/**
 * Transform stream with an asynchronous function interface: `write` returns the output that a piece of input produces.
 */
export class SteppedTransform {
  readonly #outputs: Uint8Array[] = [];
  readonly #ended: Promise<void>;

  constructor(readonly stream: Transform) {
    stream.on('data', (output: Uint8Array) => this.#outputs.push(output));
    this.#ended = new Promise((resolve, reject) => {
      stream.once('end', resolve);
      stream.once('error', reject);
    });
    this.#ended.catch(() => {}); // also rethrown by write() or end()
  }

  async write(bytes: Uint8Array): Promise<readonly Uint8Array[]> {
    const written = new Promise<void>((resolve) => {
      this.stream.write(bytes, () => resolve());
    });
    await Promise.race([written, this.#ended]); // zlib does not call back after an error
    while (this.stream.read() !== null); // each read emits another 'data' event
    return this.#outputs.splice(0);
  }

  async end(): Promise<readonly Uint8Array[]> {
    this.stream.end();
    await this.#ended;
    return this.#outputs.splice(0);
  }

  close(): void {
    this.stream.destroy();
  }
}
