import { unshuffleWords } from './unshuffle-words.js';

/**
 * Byte shuffle: all first bytes of the rows, then all second bytes, and so on; an incomplete last row is appended
 * unchanged. Similar bytes become neighbours, which compresses better. HDF5's filter 2, and the filter within blosc.
 *
 * @param shuffled - the result, of the size of the rows
 */
export function shuffle(
  rows: Uint8Array,
  rowBytes: number,
  shuffled: Uint8Array = new Uint8Array(rows.length),
): Uint8Array {
  const nRows = Math.floor(rows.length / rowBytes);
  if (rowBytes === 4) shuffleWords(rows, nRows, shuffled);
  else {
    for (let byte = 0, to = 0; byte < rowBytes; byte++) {
      for (let row = 0, from = byte; row < nRows; row++, from += rowBytes) shuffled[to++] = rows[from];
    }
  }
  shuffled.set(rows.subarray(nRows * rowBytes), nRows * rowBytes);
  return shuffled;
}

/** The first and third byte of a word. */
const EVEN_BYTES = 0x00ff_00ff;

/** Shuffles rows of four bytes, of which images consist: transposes four at a time. */
function shuffleWords(rows: Uint8Array, nRows: number, shuffled: Uint8Array): void {
  const from = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
  const to = new DataView(shuffled.buffer, shuffled.byteOffset, shuffled.byteLength);
  let row = 0;
  for (; row + 4 <= nRows; row += 4) {
    const at = 4 * row;
    const a = from.getInt32(at, true);
    const b = from.getInt32(at + 4, true);
    const c = from.getInt32(at + 8, true);
    const d = from.getInt32(at + 12, true);
    // Bytes 0 and 2, and bytes 1 and 3, of two rows.
    const evenOfAB = (a & EVEN_BYTES) | ((b & EVEN_BYTES) << 8);
    const oddOfAB = ((a >>> 8) & EVEN_BYTES) | (b & ~EVEN_BYTES);
    const evenOfCD = (c & EVEN_BYTES) | ((d & EVEN_BYTES) << 8);
    const oddOfCD = ((c >>> 8) & EVEN_BYTES) | (d & ~EVEN_BYTES);
    to.setInt32(row, (evenOfAB & 0xffff) | (evenOfCD << 16), true);
    to.setInt32(nRows + row, (oddOfAB & 0xffff) | (oddOfCD << 16), true);
    to.setInt32(2 * nRows + row, (evenOfAB >>> 16) | (evenOfCD & ~0xffff), true);
    to.setInt32(3 * nRows + row, (oddOfAB >>> 16) | (oddOfCD & ~0xffff), true);
  }
  for (; row < nRows; row++) {
    for (let byte = 0; byte < 4; byte++) shuffled[byte * nRows + row] = rows[4 * row + byte];
  }
}

/**
 * Inverse of {@link shuffle}.
 *
 * @param rows - the result, of the size of `shuffled`
 */
export function unshuffle(
  shuffled: Uint8Array,
  rowBytes: number,
  rows: Uint8Array = new Uint8Array(shuffled.length),
): Uint8Array {
  const nRows = Math.floor(shuffled.length / rowBytes);
  if (rowBytes !== 4 || !unshuffleWords(shuffled, nRows, rows)) {
    for (let byte = 0, from = 0; byte < rowBytes; byte++) {
      for (let row = 0, to = byte; row < nRows; row++, to += rowBytes) rows[to] = shuffled[from++];
    }
  }
  rows.set(shuffled.subarray(nRows * rowBytes), nRows * rowBytes);
  return rows;
}
