/** Pairs of 16-bit words that can be added before the second sum exceeds 32 bits. */
const PAIRS_WITHOUT_OVERFLOW = 180;

function foldTo16Bits(sum: number): number {
  return (sum & 0xffff) + (sum >>> 16);
}

/** Exchanges the bytes of a sum of 16-bit words: the sum modulo 65535 of the words with exchanged bytes. */
function exchangeBytes(sum: number): number {
  const folded = foldTo16Bits(sum);
  return ((folded & 0xff) << 8) | (folded >>> 8);
}

/** Sums of little-endian words, folded to 16 bits. */
interface Sums {
  sum1: number;
  sum2: number;
}

/** Computes the Fletcher-32 checksum of big-endian 16-bit words, as HDF5 filter 3 (`H5_checksum_fletcher32`). */
export function fletcher32(bytes: Uint8Array): number {
  const { buffer, byteOffset, length } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const pairs = new Uint32Array(buffer, byteOffset, length >> 2);
  const sums = { sum1: 0, sum2: 0 };
  // Little-endian words are added, two at a time; the bytes of the sums are exchanged afterwards.
  for (let start = 0; start < pairs.length; start += PAIRS_WITHOUT_OVERFLOW) {
    addPairs(sums, pairs, start, Math.min(pairs.length, start + PAIRS_WITHOUT_OVERFLOW));
  }
  let sum1 = exchangeBytes(sums.sum1);
  let sum2 = exchangeBytes(sums.sum2);
  for (let i = 4 * pairs.length; i < length; i += 2) {
    const low = i + 1 < length ? bytes[i + 1] : 0;
    sum1 = foldTo16Bits(sum1 + ((bytes[i] << 8) | low));
    sum2 = foldTo16Bits(sum2 + sum1);
  }
  return ((foldTo16Bits(sum2) << 16) | foldTo16Bits(sum1)) >>> 0;
}

/**
 * Adds the pairs `start` to `end` (exclusive). A function of its own: code that V8 optimizes within a single long loop is discarded at
 * the end of the loop, in each call.
 */
function addPairs(sums: Sums, pairs: Uint32Array, start: number, end: number): void {
  let { sum1, sum2 } = sums;
  for (let i = start; i < end; i++) {
    const pair = pairs[i];
    sum1 = (sum1 + (pair & 0xffff)) | 0;
    sum2 = (sum2 + sum1) | 0;
    sum1 = (sum1 + (pair >>> 16)) | 0;
    sum2 = (sum2 + sum1) | 0;
  }
  sums.sum1 = foldTo16Bits(sum1);
  sums.sum2 = foldTo16Bits(sum2);
}
