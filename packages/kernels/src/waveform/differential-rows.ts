import { hotKernels } from './hot-kernels.js';
import { decodeRows } from './scalar-kernels.js';

/**
 * Decodes rows of integers that are stored as differences between consecutive values, each a signed varint; every row
 * starts from zero. Written by `put_vector_of_uint16_scount_differential` of sim_telarray, or its 32-bit version.
 *
 * @param bytes - encoded rows
 * @param begin - offset of the first row in `bytes`
 * @param rows - result, rows of `nPerRow`; values wrap to its type as in C
 * @returns offset of the end, or -1 if the bytes are truncated or contain no valid 32-bit varint
 */
export function decodeDifferentialRows(
  bytes: Uint8Array,
  begin: number,
  nPerRow: number,
  rows: Uint16Array | Uint32Array,
): number {
  if (rows instanceof Uint32Array) return decodeRows(bytes, begin, nPerRow, rows);
  return hotKernels().decodeRows(bytes, begin, nPerRow, rows);
}

/** Size of the longest varint written: differences of 32-bit integers have 33 bits, and the sign takes another one. */
const MAX_VARINT = 5;

/** Maximum encoded size of `count` values, in bytes. */
export function maxEncodedSize(count: number): number {
  return MAX_VARINT * count;
}

/**
 * Encodes rows of integers as differences between consecutive values: the inverse of {@link decodeDifferentialRows}.
 *
 * @param rows - rows of `nPerRow`
 * @param out - result, with space for {@link maxEncodedSize} bytes
 * @param begin - offset of the first row in `out`
 * @returns offset of the end
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
