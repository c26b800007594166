import { huffmanKernel } from './huffman-kernel.js';
import type { SmoothingDecoder } from './smoothing.js';
import { readHuffmanCode, TWO_SYMBOLS, type HuffmanCode } from './huffman-code.js';

/** Header: number of values and number of symbols, 64 bits each. */
const HEADER_BYTES = 16;
const MAX_SYMBOLS = 0x10000;
/** Number of values from which WebAssembly is faster, despite copies into its memory. */
const MANY_VALUES = 5000;

/**
 * Decodes a Huffman stream of 16-bit values, in order and as many at a time as the caller wants.
 *
 * The stream consists of the number of values, the number of symbols, the codes and the encoded values, all
 * little-endian, least significant bit first. A stream with one symbol has neither code nor encoded values.
 */
export class HuffmanDecoder {
  /** Number of values of the stream. */
  readonly nValues: number;
  /** Number of values decoded so far. */
  position = 0;
  /** The value of a stream with a single symbol. */
  readonly #only: number | undefined;
  readonly #code: HuffmanCode | undefined;
  /** The encoded values that are at hand, in words of 32 bits with one word behind them. */
  #words: Uint32Array;
  /** Position of the end of the encoded values in the words, and of the next value, bits. */
  #nBits: number;
  #bit = 0;
  #nMissing: number;
  /** Whether the words are an array of this decoder alone. */
  #isOwn = false;

  /**
   * @param stream - the stream, or its begin with all codes
   * @param maxValues - limit of the number of values
   * @param nBytes - size of the stream, the rest of which is passed to `append`
   * @throws RangeError if the stream is invalid or has more values
   */
  constructor(stream: Uint8Array, maxValues: number, nBytes = stream.length) {
    this.#nMissing = nBytes - stream.length;
    if (stream.length < HEADER_BYTES) throw new RangeError(`a Huffman stream of ${stream.length} bytes has no header`);
    const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
    const nValues = Number(view.getBigUint64(0, true));
    const nSymbols = Number(view.getBigUint64(8, true));
    if (nValues > maxValues) throw new RangeError(`the stream has ${nValues} values, expected at most ${maxValues}`);
    if (nSymbols > MAX_SYMBOLS || (nSymbols === 0 && nValues > 0)) {
      throw new RangeError(`the stream has ${nSymbols} symbols, expected 1 to ${MAX_SYMBOLS}`);
    }
    this.nValues = nValues;
    if (nSymbols === 1) {
      if (stream.length < HEADER_BYTES + 2) throw new RangeError('the only symbol of the stream is missing');
      this.#only = view.getUint16(HEADER_BYTES, true);
      this.#words = new Uint32Array(0);
      this.#nBits = 0;
      return;
    }
    const { code, end } = readHuffmanCode(stream, HEADER_BYTES, nSymbols, nValues);
    this.#code = code;
    const encoded = stream.subarray(end);
    // A code has at least one bit.
    const nEncoded = encoded.length + this.#nMissing;
    if (nValues > 8 * nEncoded) {
      throw new RangeError(`the stream has ${nValues} values, but only ${nEncoded} bytes for them`);
    }
    const { words, firstByte } = wordsOf(encoded);
    this.#words = words;
    this.#bit = 8 * firstByte;
    this.#nBits = this.#bit + 8 * encoded.length;
  }

  /** Number of bytes of the stream that are still to be passed to `append`. */
  get nMissing(): number {
    return this.#nMissing;
  }

  /** Number of bytes to append before so many values can be read, however long their codes are. */
  nBytesFor(nValues: number): number {
    const nBits = Math.min(nValues, this.nValues - this.position) * (this.#code?.longest ?? 0);
    return Math.max(0, Math.min(this.#nMissing, Math.ceil((nBits - (this.#nBits - this.#bit)) / 8)));
  }

  /** Adds encoded values, which follow those passed before. */
  append(bytes: Uint8Array): void {
    const begin = Math.floor(this.#bit / 32);
    const nKept = Math.ceil(this.#nBits / 8) - 4 * begin;
    const nWords = ((nKept + bytes.length + 3) >> 2) + 1;
    const kept = new Uint8Array(this.#words.buffer, this.#words.byteOffset + 4 * begin, nKept);
    // With room for a later part that is somewhat larger.
    const words = this.#isOwn && this.#words.length >= nWords ? this.#words : new Uint32Array(nWords + (nWords >> 1));
    const target = new Uint8Array(words.buffer);
    target.set(kept);
    target.set(bytes, nKept);
    this.#words = words;
    this.#isOwn = true;
    this.#bit -= 32 * begin;
    this.#nBits = 8 * (nKept + bytes.length);
    this.#nMissing -= bytes.length;
  }

  /**
   * Decodes the next values.
   *
   * @param smoothing - undoes the smoothing of the values
   * @throws RangeError if the stream ends before, or contains a code that is not defined
   */
  read(values: Uint16Array, smoothing?: SmoothingDecoder): void {
    if (this.position + values.length > this.nValues) {
      throw new RangeError(`the stream has ${this.nValues} values, expected ${this.position + values.length}`);
    }
    if (this.#code !== undefined) this.#decodeAll(values, this.#code, smoothing);
    else {
      values.fill(this.#only ?? 0);
      smoothing?.decode(signed(values));
    }
    this.position += values.length;
  }

  #decodeAll(values: Uint16Array, code: HuffmanCode, smoothing: SmoothingDecoder | undefined): void {
    const kernel = values.length >= MANY_VALUES ? huffmanKernel() : undefined;
    let at = kernel === undefined ? 0 : (smoothing?.nUnchanged ?? 0);
    this.#decodePlainly(values.subarray(0, at), code, smoothing);
    while (kernel !== undefined && values.length - at >= MANY_VALUES / 2) {
      const rest = values.subarray(at);
      const { nValues, nBits } = kernel.decode(code, this.#words, this.#bit, this.#nBits, rest, smoothing);
      at += nValues;
      this.#bit += nBits;
      if (nValues < MANY_VALUES / 2) break;
    }
    this.#decodePlainly(values.subarray(at), code, smoothing);
  }

  #decodePlainly(values: Uint16Array, code: HuffmanCode, smoothing: SmoothingDecoder | undefined): void {
    this.#decode(values, code);
    smoothing?.decode(signed(values));
  }

  #decode(values: Uint16Array, code: HuffmanCode): void {
    const { lookupBits, pairs, lengths } = code;
    const mask = (1 << lookupBits) - 1;
    const words = this.#words;
    const lastWord = words.length - 2;
    // A round decodes up to four values with two look-ups in the same 32 bits.
    const stop = values.length - 4;
    let word = Math.floor(this.#bit / 32);
    let shift = this.#bit % 32;
    let i = 0;
    while (i <= stop && word <= lastWord) {
      const bits = (words[word] >>> shift) | ((words[word + 1] << 1) << (31 - shift));
      const first = bits & mask;
      const firstLength = lengths[first];
      if (firstLength === 0) {
        this.#bit = 32 * word + shift;
        values[i++] = this.#walk(code.tree);
        word = Math.floor(this.#bit / 32);
        shift = this.#bit % 32;
        continue;
      }
      const firstPair = pairs[first];
      values[i] = firstPair;
      values[i + 1] = firstPair >>> 16;
      i += 1 + (firstLength >>> 7);
      shift += firstLength & ~TWO_SYMBOLS;
      const second = (bits >>> (firstLength & ~TWO_SYMBOLS)) & mask;
      const secondLength = lengths[second];
      if (secondLength !== 0) {
        const secondPair = pairs[second];
        values[i] = secondPair;
        values[i + 1] = secondPair >>> 16;
        i += 1 + (secondLength >>> 7);
        shift += secondLength & ~TWO_SYMBOLS;
      }
      word += shift >>> 5;
      shift &= 31;
    }
    this.#bit = 32 * word + shift;
    while (i < values.length) values[i++] = this.#decodeOne(code);
    if (this.#bit > this.#nBits) throw new RangeError('the stream ends before its last value');
  }

  #decodeOne({ singles, lookupBits, tree }: HuffmanCode): number {
    const word = Math.floor(this.#bit / 32);
    if (this.#bit >= this.#nBits) throw new RangeError('the stream ends before its last value');
    const shift = this.#bit % 32;
    const bits = (this.#words[word] >>> shift) | ((this.#words[word + 1] << 1) << (31 - shift));
    const found = singles[bits & ((1 << lookupBits) - 1)];
    if (found === 0) return this.#walk(tree);
    this.#bit += found & 0xff;
    return found >>> 8;
  }

  /** Decodes one value bit by bit. */
  #walk(tree: Int32Array): number {
    for (let node = 0; ;) {
      if (this.#bit >= this.#nBits) throw new RangeError('the stream ends before its last value');
      const bit = (this.#words[Math.floor(this.#bit / 32)] >>> (this.#bit % 32)) & 1;
      this.#bit++;
      node = tree[2 * node + bit];
      if (node < 0) return -1 - node;
      if (node === 0) throw new RangeError('the stream contains a code that is not defined');
    }
  }
}

function signed({ buffer, byteOffset, length }: Uint16Array): Int16Array {
  return new Int16Array(buffer, byteOffset, length);
}

/**
 * Bytes as words of 32 bits, with one word behind them: of the same memory, if it continues behind the bytes. The largest streams
 * have megabytes, and are kept as long as their tile is read.
 *
 * @returns the words, and the position of the first byte in them
 */
function wordsOf(bytes: Uint8Array): { readonly words: Uint32Array; readonly firstByte: number } {
  const firstByte = bytes.byteOffset % 4;
  const begin = bytes.byteOffset - firstByte;
  const nWords = ((firstByte + bytes.length + 3) >> 2) + 1;
  if (begin + 4 * nWords <= bytes.buffer.byteLength) {
    return { words: new Uint32Array(bytes.buffer, begin, nWords), firstByte };
  }
  const words = new Uint32Array((bytes.length >> 2) + 2);
  new Uint8Array(words.buffer).set(bytes);
  return { words, firstByte: 0 };
}
