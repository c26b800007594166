type Write = NodeJS.WriteStream['write'];

/** Captures the output to a standard stream until disposed. Meanwhile the stream appears not to be a terminal. */
export class CapturedStream implements Disposable {
  readonly #chunks: Uint8Array[] = [];
  readonly #before: { readonly write: Write; readonly isTTY: boolean };

  constructor(private readonly stream: NodeJS.WriteStream) {
    this.#before = { write: Reflect.get(stream, 'write'), isTTY: stream.isTTY };
    stream.isTTY = false;
    stream.write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
      this.#chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, rest[0] as BufferEncoding) : chunk);
      const callback = rest.at(-1);
      if (typeof callback === 'function') process.nextTick(callback);
      return true;
    };
  }

  /** The output so far. */
  get text(): string {
    return Buffer.concat(this.#chunks).toString();
  }

  [Symbol.dispose](): void {
    Object.assign(this.stream, this.#before);
  }
}
