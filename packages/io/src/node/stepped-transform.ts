import type { Transform } from 'node:stream';

/** A transform stream that is given bytes one by one and asked for what they became. */
export class SteppedTransform {
  readonly #outputs: Uint8Array[] = [];
  readonly #ended: Promise<void>;

  constructor(readonly stream: Transform) {
    stream.on('data', (output: Uint8Array) => this.#outputs.push(output));
    this.#ended = new Promise((resolve, reject) => {
      stream.once('end', resolve);
      stream.once('error', reject);
    });
    this.#ended.catch(() => {}); // the write or the end that met the error rejects as well
  }

  async write(bytes: Uint8Array): Promise<readonly Uint8Array[]> {
    const written = new Promise<void>((resolve) => {
      this.stream.write(bytes, () => resolve());
    });
    await Promise.race([written, this.#ended]); // after an error zlib does not call back
    while (this.stream.read() !== null); // each read is one more 'data'
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
