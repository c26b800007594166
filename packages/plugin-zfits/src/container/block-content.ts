import { HuffmanDecoder, SmoothingDecoder } from '@cherenkit/kernels';

/** Decoded content of a block, which is taken in order. */
export interface BlockContent {
  /** Number of bytes that are left. */
  readonly remaining: number;
  /**
   * Takes the next bytes, which belong to the caller.
   *
   * @throws RangeError if fewer are left
   */
  take(nBytes: number): Uint8Array;
}

/** Content in memory. */
export class DecodedContent implements BlockContent {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get remaining(): number {
    return this.bytes.length - this.#at;
  }

  take(nBytes: number): Uint8Array {
    requireBytes(nBytes, this.remaining);
    return this.bytes.subarray(this.#at, (this.#at += nBytes));
  }
}

/**
 * Content that is decoded as it is taken, from a Huffman stream of 16-bit values. The waveforms of a tile would take tens
 * of megabytes, and the first event would have to wait for the last one.
 */
export class HuffmanContent implements BlockContent {
  readonly #values: HuffmanDecoder;
  readonly #smoothing: SmoothingDecoder | undefined;
  /** Upper byte of the last value, if only the lower one was taken. */
  #rest: number | undefined;

  /** @throws RangeError if the stream is invalid or has more than `maxBytes` of content */
  constructor(stream: Uint8Array, isSmoothed: boolean, maxBytes: number) {
    this.#values = new HuffmanDecoder(stream, Math.floor(maxBytes / 2));
    this.#smoothing = isSmoothed ? new SmoothingDecoder() : undefined;
  }

  get remaining(): number {
    return 2 * (this.#values.nValues - this.#values.position) + (this.#rest === undefined ? 0 : 1);
  }

  take(nBytes: number): Uint8Array {
    requireBytes(nBytes, this.remaining);
    if (nBytes === 0) return new Uint8Array(0);
    const nKept = this.#rest === undefined ? 0 : 1;
    const values = new Uint16Array(Math.ceil((nBytes - nKept) / 2));
    this.#values.read(values, this.#smoothing);
    const decoded = new Uint8Array(values.buffer);
    const isEven = (nBytes - nKept) % 2 === 0;
    const last = isEven ? undefined : decoded[decoded.length - 1];
    const content = isEven ? decoded : decoded.subarray(0, decoded.length - 1);
    if (this.#rest === undefined) {
      this.#rest = last;
      return content;
    }
    const joined = new Uint8Array(nBytes);
    joined[0] = this.#rest;
    joined.set(content, 1);
    this.#rest = last;
    return joined;
  }
}

function requireBytes(wanted: number, remaining: number): void {
  if (wanted > remaining) throw new RangeError(`the block ends ${wanted - remaining} bytes too early`);
}
