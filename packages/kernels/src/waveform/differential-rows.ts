import { hotKernels } from './hot-kernels.js';
import { decodeRows } from './scalar-kernels.js';

/**
 * Decodes rows of integers that are stored as the differences between neighbours, each a signed varint; every row
 * begins at zero. Written by `put_vector_of_uint16_scount_differential`, or the one for 32 bits.
 *
 * @param bytes - what the rows are stored in
 * @param begin - where they begin
 * @param rows - result, rows of `nPerRow`; values are cut to its type as they are in C
 * @returns where they end, or -1 where the bytes end before them or are no varint of 32 bits
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
