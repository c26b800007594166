/**
 * Decodes rows of integers that are stored as the differences between neighbours, each a signed varint; every row
 * begins at zero. Written by `put_vector_of_uint16_scount_differential`, or the one for 32 bits.
 *
 * Nearly all differences are one byte long, so four bytes are looked at together.
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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length;
  const total = rows.length;
  let position = begin;
  let i = 0;
  while (i < total) {
    const rowEnd = i + nPerRow;
    let value = 0;
    while (i < rowEnd) {
      if (i + 4 <= rowEnd && position + 4 <= end) {
        const four = view.getUint32(position, true);
        if ((four & 0x80808080) === 0) {
          value += ((four >>> 1) & 0x3f) ^ -(four & 1);
          rows[i] = value;
          value += ((four >>> 9) & 0x3f) ^ -((four >>> 8) & 1);
          rows[i + 1] = value;
          value += ((four >>> 17) & 0x3f) ^ -((four >>> 16) & 1);
          rows[i + 2] = value;
          value += (four >>> 25) ^ -((four >>> 24) & 1);
          rows[i + 3] = value;
          i += 4;
          position += 4;
          continue;
        }
      }
      if (position >= end) return -1;
      const first = bytes[position];
      if (first < 0x80) {
        value += (first >>> 1) ^ -(first & 1);
        position += 1;
      } else if (first < 0xc0) {
        if (position + 2 > end) return -1;
        const zigzag = ((first & 0x3f) << 8) | bytes[position + 1];
        value += (zigzag >>> 1) ^ -(zigzag & 1);
        position += 2;
      } else {
        const more = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (first >= 0xf8 || position + more >= end) return -1;
        // Of five bytes the 34 bits are cut to 33 before the lowest becomes the sign, as in C.
        let zigzag = first & (0x7f >> more);
        for (let k = 1; k <= more; k++) zigzag = zigzag * 256 + bytes[position + k];
        const magnitude = Math.floor(zigzag / 2) | 0;
        value = (value + (zigzag % 2 === 0 ? magnitude : ~magnitude)) | 0;
        position += more + 1;
      }
      rows[i] = value;
      i += 1;
    }
  }
  return position;
}
