import { freeAlone } from '@cherenkit/io';
import { HuffmanDecoder, SmoothingDecoder } from '@cherenkit/kernels';
import { huffmanRanges } from './codecs/word-codecs.js';

/** Least number of bytes that are read of a block that is read in parts. */
const PART = 2 ** 18;

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
  /**
   * Reads what the next value of a message needs, if the content is read in parts.
   *
   * @returns undefined if there is nothing to wait for
   */
  prepare?(): Promise<void> | undefined;
}

/** The rest of a block that is read in parts. */
export interface RestOfBlock {
  /** Size of the whole block without its header, bytes. */
  readonly nBytes: number;
  /** Most bytes that a value takes, with its length. */
  readonly longest: number;
  /** Reads bytes at a position of the block. The result belongs to the caller. */
  read(begin: number, count: number): Promise<Uint8Array>;
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
  /** Position of the end of the stream in the block. */
  readonly #end: number;
  /** Upper byte of the last value, if only the lower one was taken. */
  #rest: number | undefined;

  /**
   * @param rest - the rest of a block of which `bytes` is the begin
   * @throws RangeError if the stream is invalid or has more than `maxBytes` of content
   */
  constructor(
    bytes: Uint8Array,
    isSmoothed: boolean,
    maxBytes: number,
    private readonly rest?: RestOfBlock,
  ) {
    const [{ begin, end }] = huffmanRanges(bytes, 1, rest?.nBytes ?? bytes.length);
    this.#values = new HuffmanDecoder(bytes.subarray(begin, end), Math.floor(maxBytes / 2), end - begin);
    this.#end = end;
    this.#smoothing = isSmoothed ? new SmoothingDecoder() : undefined;
  }

  get remaining(): number {
    return 2 * (this.#values.nValues - this.#values.position) + (this.#rest === undefined ? 0 : 1);
  }

  prepare(): Promise<void> | undefined {
    const { rest } = this;
    if (rest === undefined || this.#values.nMissing === 0) return undefined;
    const needed = this.#values.nBytesFor(Math.ceil(rest.longest / 2) + 1);
    return needed > 0 ? this.#append(rest, needed) : undefined;
  }

  async #append(rest: RestOfBlock, needed: number): Promise<void> {
    const { nMissing } = this.#values;
    const bytes = await rest.read(this.#end - nMissing, Math.min(nMissing, Math.max(needed, PART)));
    this.#values.append(bytes);
    freeAlone(bytes);
  }

  take(nBytes: number): Uint8Array {
    requireBytes(nBytes, this.remaining);
    if (this.rest !== undefined && nBytes > this.rest.longest) {
      throw new RangeError(`a value of ${nBytes} bytes, expected at most ${this.rest.longest}`);
    }
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
