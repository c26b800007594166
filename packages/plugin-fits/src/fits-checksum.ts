/** Bytes that are added as integers of 32 bits without overflow. */
const STEP = 1 << 16;

/** Sum of 32-bit words in ones' complement arithmetic, of which FITS checksums are made. Source: FITS 4.0, appendix J. */
export class Ones32 {
  /** Sums of the upper and the lower 16 bits of all words. They are exact up to 2^53. */
  #high = 0;
  #low = 0;
  /** Number of bytes added so far. */
  #count = 0;

  /** Adds bytes that follow those added before. */
  add(bytes: Uint8Array): void {
    let at = 0;
    for (; at < bytes.length && this.#count % 4 !== 0; at++) this.#addByte(bytes[at]);
    const end = at + ((bytes.length - at) & ~3);
    while (at < end) {
      const stop = Math.min(end, at + STEP);
      this.#count += stop - at;
      let [high, low] = [0, 0];
      for (; at < stop; at += 4) {
        high += (bytes[at] << 8) | bytes[at + 1];
        low += (bytes[at + 2] << 8) | bytes[at + 3];
      }
      this.#high += high;
      this.#low += low;
    }
    for (; at < bytes.length; at++) this.#addByte(bytes[at]);
  }

  /** The sum, as an unsigned integer. */
  get value(): number {
    let [high, low] = [this.#high, this.#low];
    while (high > 0xffff || low > 0xffff) {
      const [carryHigh, carryLow] = [Math.floor(high / 0x10000), Math.floor(low / 0x10000)];
      high = (high % 0x10000) + carryLow;
      low = (low % 0x10000) + carryHigh;
    }
    return high * 0x10000 + low;
  }

  #addByte(byte: number): void {
    const phase = this.#count % 4;
    const value = phase % 2 === 0 ? byte * 0x100 : byte;
    if (phase < 2) this.#high += value;
    else this.#low += value;
    this.#count++;
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
