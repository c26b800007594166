/** Bytes of the longest varint that is written: differences of 32-bit numbers have 33 bits, and the sign takes one. */
const MAX_VARINT = 5;

/** Bytes that are enough for any `count` values. */
export function maxEncodedSize(count: number): number {
  return MAX_VARINT * count;
}

/**
 * Encodes rows of integers as the differences between neighbours, each a signed varint; every row begins at zero. What
 * `decodeDifferentialRows` reads, and `put_vector_of_uint16_scount_differential` writes.
 *
 * @param rows - rows of `nPerRow`
 * @param out - where the bytes go; has to have room, see {@link maxEncodedSize}
 * @param begin - where they begin there
 * @returns where they end
 */
export function encodeDifferentialRows(
  rows: Uint16Array | Uint32Array,
  nPerRow: number,
  out: Uint8Array,
  begin: number,
): number {
  let at = begin;
  for (let row = 0; row < rows.length; row += nPerRow) {
    let previous = 0;
    for (let i = row; i < row + nPerRow; i++) {
      const difference = rows[i] - previous;
      previous = rows[i];
      const zigzag = difference < 0 ? -2 * difference - 1 : 2 * difference;
      if (zigzag < 0x80) {
        out[at++] = zigzag;
      } else if (zigzag < 0x4000) {
        out[at++] = 0x80 | (zigzag >>> 8);
        out[at++] = zigzag & 0xff;
      } else if (zigzag < 0x20_0000) {
        out[at++] = 0xc0 | (zigzag >>> 16);
        out[at++] = (zigzag >>> 8) & 0xff;
        out[at++] = zigzag & 0xff;
      } else if (zigzag < 0x1000_0000) {
        out[at++] = 0xe0 | (zigzag >>> 24);
        out[at++] = (zigzag >>> 16) & 0xff;
        out[at++] = (zigzag >>> 8) & 0xff;
        out[at++] = zigzag & 0xff;
      } else {
        out[at++] = 0xf0 | Math.floor(zigzag / 2 ** 32);
        out[at++] = (zigzag >>> 24) & 0xff;
        out[at++] = (zigzag >>> 16) & 0xff;
        out[at++] = (zigzag >>> 8) & 0xff;
        out[at++] = zigzag & 0xff;
      }
    }
  }
  return at;
}
