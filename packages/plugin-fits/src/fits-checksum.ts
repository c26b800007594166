/** Number of words whose bytes are added as integers of 16 bits without overflow. */
const STEP = 256;

/** Sum of 32-bit words in ones' complement arithmetic, of which FITS checksums are made. Source: FITS 4.0, appendix J. */
export class Ones32 {
  /** Sums of the first, second, third and fourth bytes of all words. They are exact up to 2^53. */
  readonly #sums: [number, number, number, number] = [0, 0, 0, 0];
  /** Number of bytes added so far. */
  #count = 0;

  /** Adds bytes that follow those added before. */
  add(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && (bytes.byteOffset + at) % 4 !== 0) this.#addByte(bytes[at++]);
    const nWords = (bytes.length - at) >> 2;
    const words = nWords > 0 ? new Int32Array(bytes.buffer, bytes.byteOffset + at, nWords) : new Int32Array(0);
    this.#addWords(words);
    for (at += words.byteLength; at < bytes.length; at++) this.#addByte(bytes[at]);
  }

  /** The sum, as an unsigned integer. */
  get value(): number {
    const [first, second, third, fourth] = this.#sums;
    let [high, low] = [0x100 * first + second, 0x100 * third + fourth];
    while (high > 0xffff || low > 0xffff) {
      const [carryHigh, carryLow] = [Math.floor(high / 0x10000), Math.floor(low / 0x10000)];
      high = (high % 0x10000) + carryLow;
      low = (low % 0x10000) + carryHigh;
    }
    return high * 0x10000 + low;
  }

  /** Adds words, which are little-endian in memory: two of their bytes at a time, {@link STEP} times without overflow. */
  #addWords(words: Int32Array): void {
    const { length } = words;
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let i = 0; i < length;) {
      const stop = Math.min(i + STEP, length);
      let even = 0;
      let odd = 0;
      for (; i < stop; i++) {
        const word = words[i];
        even = (even + (word & 0xff00ff)) | 0;
        odd = (odd + ((word >>> 8) & 0xff00ff)) | 0;
      }
      first += even & 0xffff;
      second += odd & 0xffff;
      third += even >>> 16;
      fourth += odd >>> 16;
    }
    const phase = this.#count % 4;
    this.#sums[phase] += first;
    this.#sums[(phase + 1) % 4] += second;
    this.#sums[(phase + 2) % 4] += third;
    this.#sums[(phase + 3) % 4] += fourth;
    this.#count += words.byteLength;
  }

  #addByte(byte: number): void {
    this.#sums[this.#count++ % 4] += byte;
  }
}

/** Sum of several parts, each of a multiple of four bytes. */
export function onesSum(...sums: readonly number[]): number {
  let sum = sums.reduce((total, each) => total + each, 0);
  while (sum >= 2 ** 32) sum = (sum % 2 ** 32) + Math.floor(sum / 2 ** 32);
  return sum;
}

/** Value of the keyword CHECKSUM before the sum of its header is known. */
export const BLANK_CHECKSUM = '0'.repeat(16);

/** Characters between the digits and the letters, which the encoding avoids. */
const isPunctuation = (code: number): boolean => (code >= 0x3a && code <= 0x40) || (code >= 0x5b && code <= 0x60);

/**
 * Value of the keyword CHECKSUM that makes the sum of header and data -0.
 *
 * @param sum - sum of header and data with {@link BLANK_CHECKSUM}
 */
export function checksumText(sum: number): string {
  const complement = 0xffffffff - sum;
  const codes = new Uint8Array(16);
  for (let i = 0; i < 4; i++) {
    const byte = Math.floor(complement / 2 ** (24 - 8 * i)) % 256;
    const quarter = (byte >> 2) + 0x30;
    const parts = [quarter + (byte % 4), quarter, quarter, quarter];
    while (parts.some(isPunctuation)) {
      for (let j = 0; j < 4; j += 2) {
        if (!isPunctuation(parts[j]) && !isPunctuation(parts[j + 1])) continue;
        parts[j]++;
        parts[j + 1]--;
      }
    }
    for (let j = 0; j < 4; j++) codes[4 * j + i] = parts[j];
  }
  const text = String.fromCharCode(...codes);
  return text.slice(15) + text.slice(0, 15);
}
