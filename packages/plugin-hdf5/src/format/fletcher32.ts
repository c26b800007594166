// Number of 16-bit words that can be added before sum2 exceeds 32 bits.
const WORDS_WITHOUT_OVERFLOW = 360;

function foldTo16Bits(sum: number): number {
  return (sum & 0xffff) + (sum >>> 16);
}

/** Computes the Fletcher-32 checksum of big-endian 16-bit words, as HDF5 filter 3 (`H5_checksum_fletcher32`). */
export function fletcher32(bytes: Uint8Array): number {
  let sum1 = 0;
  let sum2 = 0;
  let position = 0;
  for (let words = bytes.length >> 1; words > 0;) {
    const block = Math.min(words, WORDS_WITHOUT_OVERFLOW);
    words -= block;
    for (let i = 0; i < block; i++, position += 2) {
      sum1 += (bytes[position] << 8) | bytes[position + 1];
      sum2 += sum1;
    }
    sum1 = foldTo16Bits(sum1);
    sum2 = foldTo16Bits(sum2);
  }
  if (bytes.length & 1) {
    sum1 = foldTo16Bits(sum1 + (bytes[position] << 8));
    sum2 = foldTo16Bits(sum2 + sum1);
  }
  return ((foldTo16Bits(sum2) << 16) | foldTo16Bits(sum1)) >>> 0;
}
