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
  let to = 0;
  for (let byte = 0; byte < rowBytes; byte++) {
    for (let row = 0, from = byte; row < nRows; row++, from += rowBytes) shuffled[to++] = rows[from];
  }
  shuffled.set(rows.subarray(to), to);
  return shuffled;
}

/** Inverse of {@link shuffle}. */
export function unshuffle(shuffled: Uint8Array, rowBytes: number): Uint8Array {
  const rows = new Uint8Array(shuffled.length);
  const nRows = Math.floor(shuffled.length / rowBytes);
  let from = 0;
  for (let byte = 0; byte < rowBytes; byte++) {
    for (let row = 0, to = byte; row < nRows; row++, to += rowBytes) rows[to] = shuffled[from++];
  }
  rows.set(shuffled.subarray(from), from);
  return rows;
}
